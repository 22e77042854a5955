use std::time::{Duration, SystemTime, UNIX_EPOCH};

use external_auth_core::Timestamp;
use tokio::sync::watch;

/// The only source of time: the machine's clock, which tests can move forward.
///
/// Timeouts wait on this clock too. A test that advances it by ten seconds
/// sees a timeout of ten seconds at once.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    offset_ms: watch::Sender<i64>,
}

impl Clock {
    /// The current instant.
    pub(crate) fn now(&self) -> Timestamp {
        let since_epoch = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let real_ms = i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_unix_ms(real_ms).plus_ms(*self.offset_ms.borrow())
    }

    /// Moves the clock forward, and wakes what waits for an instant that is now past.
    pub(crate) fn advance(&self, ms: i64) {
        self.offset_ms
            .send_modify(|offset| *offset = offset.saturating_add(ms));
    }

    /// Sets the clock to the machine's time.
    pub(crate) fn reset(&self) {
        self.offset_ms.send_replace(0);
    }

    /// Waits until `instant`.
    pub(crate) async fn sleep_until(&self, instant: Timestamp) {
        // Subscribes before it reads the clock, so that no move is missed.
        let mut moves = self.offset_ms.subscribe();
        loop {
            let left_ms = u64::try_from(instant.ms_since(self.now())).unwrap_or_default();
            if left_ms == 0 {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(left_ms)) => {}
                _ = moves.changed() => {}
            }
        }
    }

    /// The output of `future`; none when it takes longer than `ms`.
    pub(crate) async fn within<T>(&self, ms: i64, future: impl Future<Output = T>) -> Option<T> {
        self.before(self.now().plus_ms(ms), future).await
    }

    /// The output of `future`; none when it is not ready at `deadline`.
    pub(crate) async fn before<T>(
        &self,
        deadline: Timestamp,
        future: impl Future<Output = T>,
    ) -> Option<T> {
        tokio::select! {
            // An output that is ready at the deadline is in time.
            biased;
            value = future => Some(value),
            () = self.sleep_until(deadline) => None,
        }
    }
}
