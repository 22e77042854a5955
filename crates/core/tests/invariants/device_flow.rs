//! What is true of every device flow. The property tests and the fuzz targets use
//! it.

use std::time::Duration;

use external_auth_core::wire::DeviceAuthorization;
use external_auth_core::{
    DeviceAnswer, DeviceEffect, DeviceEvent, DeviceFlow, DeviceView, LinkEvidence, LinkVerdict,
    LockNews, Moment, Timestamp,
};

/// Each byte is something that happens. A flow polls one request at a time, not
/// before the interval of the provider has passed (RFC 8628 §3.5), never without
/// the lock, and nothing is requested after the dialog was closed.
///
/// # Panics
///
/// If that is not so.
pub fn polls_as_allowed(events: &[u8]) {
    let (mut flow, _) = DeviceFlow::start();
    let mut now = Moment {
        wall: Timestamp::from_unix_ms(1_780_000_000_000),
        monotonic: Duration::ZERO,
    };
    let mut may_poll_at = Duration::ZERO;
    let mut interval = 5;
    let mut polling = false;
    let mut has_lock = false;
    let mut is_closed = false;
    for byte in events {
        let event = match byte % 24 {
            0..8 => {
                let span = Duration::from_millis(u64::from(*byte) * 100);
                now.monotonic += span;
                now.wall = now.wall.plus_ms(i64::from(*byte) * 100);
                DeviceEvent::Tick
            }
            8 => DeviceEvent::Lock(LockNews::Granted),
            9 => DeviceEvent::Lock(LockNews::HeldElsewhere),
            10 => DeviceEvent::Lock(LockNews::Free),
            11 | 12 => {
                let code = authorization(u64::from(byte / 24));
                DeviceEvent::CodeReceived(code)
            }
            13 => DeviceEvent::PollAnswered(DeviceAnswer::AuthorizationPending),
            14 => DeviceEvent::PollAnswered(DeviceAnswer::SlowDown),
            15 => DeviceEvent::PollAnswered(DeviceAnswer::Transient(None)),
            16 => DeviceEvent::PollAnswered(DeviceAnswer::Linked),
            17 => DeviceEvent::PollAnswered(DeviceAnswer::ExpiredToken),
            18 => DeviceEvent::Confirmed(LinkVerdict::NotLinked),
            19 => DeviceEvent::Hinted(LinkEvidence::None),
            20 => DeviceEvent::HintRead(LinkVerdict::NotLinked),
            21 => DeviceEvent::Renew,
            22 => DeviceEvent::TakeOver,
            _ => DeviceEvent::Close,
        };
        match &event {
            DeviceEvent::Lock(news) => has_lock = *news == LockNews::Granted,
            DeviceEvent::PollAnswered(_) if !polling => continue,
            DeviceEvent::PollAnswered(answer) => {
                polling = false;
                if *answer == DeviceAnswer::SlowDown {
                    interval += 5;
                }
                may_poll_at = now.monotonic + Duration::from_secs(interval);
            }
            DeviceEvent::CodeReceived(code) => {
                // A flow that does not wait for a code does not take it.
                if matches!(flow.view(), DeviceView::Requesting) {
                    interval = if code.interval == 0 { 5 } else { code.interval };
                    may_poll_at = now.monotonic + Duration::from_secs(interval);
                    polling = false;
                }
            }
            DeviceEvent::Close => is_closed = true,
            _ => {}
        }
        let effect = flow.handle(event, now);
        if is_closed {
            let is_over = matches!(
                effect,
                None | Some(DeviceEffect::ReleaseLock | DeviceEffect::FinishLate)
            );
            assert!(
                is_over,
                "{effect:?} after the dialog was closed: {events:?}"
            );
        }
        if let Some(DeviceEffect::Poll { device_code }) = effect {
            assert_eq!(device_code, "secret");
            assert!(!polling, "two polls at once: {events:?}");
            assert!(has_lock, "a poll without the lock: {events:?}");
            assert!(now.monotonic >= may_poll_at, "an early poll: {events:?}");
            polling = true;
        }
    }
}

fn authorization(interval: u64) -> DeviceAuthorization {
    DeviceAuthorization {
        device_code: "secret".into(),
        user_code: "ABCD-1234".into(),
        verification_uri: "https://git.example/device".into(),
        expires_in: 900,
        interval,
    }
}
