use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard},
};

use axum::{
    http::{HeaderName, HeaderValue, Method},
    response::Response,
};
use tokio::sync::watch;

use super::{Fault, Origin, Stage, cut::cut};
use crate::lock::lock;

/// The faults that are armed, oldest first, and the holds.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    armed: Mutex<Vec<Fault>>,
    holds: Mutex<BTreeMap<String, watch::Sender<bool>>>,
}

impl Faults {
    /// Arms a fault, and closes the hold that it names.
    ///
    /// # Errors
    ///
    /// A sentence for the caller when no HTTP answer can be made of the fault.
    pub(crate) fn arm(&self, fault: Fault) -> Result<(), String> {
        if let Some(refusal) = fault.refusal() {
            return Err(refusal);
        }
        if let Some(name) = &fault.hold {
            self.holds()
                .entry(name.clone())
                .or_default()
                .send_if_modified(std::mem::take);
        }
        self.armed().push(fault);
        Ok(())
    }

    /// Disarms every fault, and releases every request that is held.
    pub(crate) fn clear(&self) {
        self.armed().clear();
        self.holds().clear();
    }

    /// Releases the requests that are held under `name`, and those to come.
    /// Returns how many were waiting; none when there is no hold of that name.
    pub(crate) fn release(&self, name: &str) -> Option<usize> {
        let holds = self.holds();
        let hold = holds.get(name)?;
        let waiting = hold.receiver_count();
        hold.send_replace(true);
        Some(waiting)
    }

    /// The faults that are armed.
    pub(crate) fn list(&self) -> Vec<Fault> {
        self.armed().clone()
    }

    /// The number of waiting requests by the name of the hold, without holds
    /// that are released.
    pub(crate) fn waiting(&self) -> BTreeMap<String, usize> {
        self.holds()
            .iter()
            .filter(|(_, hold)| !*hold.borrow())
            .map(|(name, hold)| (name.clone(), hold.receiver_count()))
            .collect()
    }

    /// Answers a request: with the real answer, or with what a fault makes of
    /// it. None when the connection is to be reset.
    pub(crate) async fn answer(
        &self,
        origin: Origin,
        method: &Method,
        path: &str,
        real: impl Future<Output = Response>,
    ) -> Option<Response> {
        let Some(fault) = self.take(origin, method, path) else {
            return Some(real.await);
        };
        self.wait(&fault, Stage::Before).await;
        if fault.reset == Some(Stage::Before) {
            return None;
        }
        let mut response = match fault.status {
            Some(status) => fault.answer(status),
            None => real.await,
        };
        for (name, value) in &fault.headers {
            if let (Ok(name), Ok(value)) = (
                HeaderName::try_from(name.as_str()),
                HeaderValue::from_str(value),
            ) {
                response.headers_mut().insert(name, value);
            }
        }
        self.wait(&fault, Stage::After).await;
        if fault.reset.is_some() {
            return None;
        }
        Some(if fault.cut {
            cut(response).await
        } else {
            response
        })
    }

    /// The oldest fault that applies to the request. Counts it as used.
    fn take(&self, origin: Origin, method: &Method, path: &str) -> Option<Fault> {
        let mut armed = self.armed();
        let at = armed
            .iter()
            .position(|fault| fault.applies_to(origin, method, path))?;
        let fault = armed.get_mut(at)?;
        let taken = fault.clone();
        if let Some(times) = &mut fault.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                armed.remove(at);
            }
        }
        Some(taken)
    }

    async fn wait(&self, fault: &Fault, at: Stage) {
        let Some(name) = fault.hold.as_deref().filter(|_| fault.hold_at == at) else {
            return;
        };
        let hold = self.holds().get(name).map(watch::Sender::subscribe);
        if let Some(mut hold) = hold {
            // An error means that the faults were cleared, and the hold with them.
            let _ = hold.wait_for(|open| *open).await;
        }
    }

    fn armed(&self) -> MutexGuard<'_, Vec<Fault>> {
        lock(&self.armed)
    }

    fn holds(&self) -> MutexGuard<'_, BTreeMap<String, watch::Sender<bool>>> {
        lock(&self.holds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_that_cannot_be_sent_is_refused() {
        let faults = Faults::default();
        let fault = || Fault {
            path: "/a".to_owned(),
            ..Fault::default()
        };
        assert!(faults.arm(fault()).is_ok());
        assert!(
            faults
                .arm(Fault {
                    path: String::new(),
                    ..fault()
                })
                .is_err()
        );
        assert!(
            faults
                .arm(Fault {
                    status: Some(101),
                    ..fault()
                })
                .is_err()
        );
        assert!(
            faults
                .arm(Fault {
                    body: Some("x".into()),
                    ..fault()
                })
                .is_err()
        );
        let headers = BTreeMap::from([("a".to_owned(), "\n".to_owned())]);
        assert!(faults.arm(Fault { headers, ..fault() }).is_err());
    }
}
