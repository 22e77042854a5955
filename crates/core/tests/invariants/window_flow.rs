//! What is true of every flow in a window. The property tests and the fuzz targets
//! use it.

use std::time::Duration;

use external_auth_core::{
    LinkVerdict, WindowEffect, WindowEvent, WindowFlow, WindowFlowKind, WindowPage,
};

/// Each byte is something that happens. A flow reads one answer at a time, asks for
/// the access URL once, and does nothing after its end.
///
/// # Panics
///
/// If that is not so.
pub fn checks_one_at_a_time(events: &[u8]) {
    let (kind, has_opened) = match events.first() {
        Some(0..64) => (WindowFlowKind::Reauthentication, true),
        Some(64..80) => (WindowFlowKind::NewLink, false),
        _ => (WindowFlowKind::NewLink, true),
    };
    let mut now = Duration::ZERO;
    let mut flow = WindowFlow::start("gitlab".into(), kind, has_opened, now);
    let mut reading = false;
    let mut addresses = 0;
    let mut has_ended = false;
    for byte in events {
        let flag = byte & 0x80 != 0;
        let event = match byte % 14 {
            0..4 => {
                now += Duration::from_secs(u64::from(byte / 14));
                WindowEvent::Tick {
                    visible: !flag,
                    seems_closed: byte % 14 == 3,
                }
            }
            4 => WindowEvent::At(WindowPage {
                path: if flag {
                    "/login"
                } else {
                    "/external-auth/gitlab"
                }
                .into(),
                json: flag.then(|| r#"{"message":"no"}"#.into()),
            }),
            5 => WindowEvent::Returned,
            6 => WindowEvent::Hinted,
            7 => WindowEvent::Focused { seems_closed: flag },
            8 => WindowEvent::CheckNow,
            9 if flag => WindowEvent::Read(LinkVerdict::NotLinked),
            9 => WindowEvent::Read(LinkVerdict::NotKnown),
            10 if flag => WindowEvent::Read(LinkVerdict::Works),
            10 => WindowEvent::Read(LinkVerdict::Linked),
            11 => WindowEvent::ReadElsewhere(None),
            12 => WindowEvent::KeepWaiting,
            _ if flag => WindowEvent::SessionEnded,
            _ => WindowEvent::Cancel,
        };
        if matches!(event, WindowEvent::Read(_)) && !std::mem::take(&mut reading) {
            continue;
        }
        let effect = flow.handle(event, now);
        assert!(
            effect.is_none() || !has_ended,
            "{effect:?} after the end: {events:?}"
        );
        match effect {
            Some(WindowEffect::ReadLive(_) | WindowEffect::ReadList(_)) => {
                assert!(!reading, "two reads at once: {events:?}");
                reading = true;
            }
            Some(WindowEffect::ReadAccessUrl) => addresses += 1,
            Some(WindowEffect::End(_)) => has_ended = true,
            None => {}
        }
        assert_eq!(has_ended, flow.view().is_none(), "{events:?}");
    }
    assert!(addresses <= 1, "{events:?}");
}
