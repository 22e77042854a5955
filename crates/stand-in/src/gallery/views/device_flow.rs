//! The device flow in its dialog.

use axum::http::StatusCode;
use external_auth_core::Timestamp;

use crate::gallery::{
    answers::Answers::{DeviceFlow, Script as Scripted},
    card::{Card, account, ada, device_code, empty_device_code, installations},
    group::Group,
    reply::Reply,
    script::{Script, list},
    view::View,
};

/// Seconds for which a code is valid.
const LIFETIME_S: u64 = 900;
const USER_CODE: &str = "WDJB-MJHT";

/// The dialog before the first poll.
const DIALOG: View = View {
    steps: &["Link Internal Git"],
    ..View::DEFAULT
};

/// The dialog after the first poll, before which it shows the code.
const POLLED: View = View {
    first: USER_CODE,
    ..DIALOG
};

pub(super) const GROUP: Group = Group {
    title: "Linking by a code",
    by_hand: false,
    views: &[
        View {
            name: "device-requesting",
            title: "A code is asked for",
            ready: "Asking Internal Git for a code",
            answers: DeviceFlow(|| card("git-requesting"), || Reply::Never, pending),
            ..DIALOG
        },
        View {
            name: "device-waiting",
            title: "Waiting",
            ready: USER_CODE,
            answers: DeviceFlow(
                || card("git-waiting"),
                || device_code(LIFETIME_S, 5),
                pending,
            ),
            ..DIALOG
        },
        View {
            name: "device-ends-soon",
            title: "The code ends soon",
            ready: USER_CODE,
            answers: DeviceFlow(|| card("git-ends-soon"), || device_code(58, 5), pending),
            ..DIALOG
        },
        View {
            name: "device-slowed-down",
            title: "Slowed down",
            ready: "asked us to check less often",
            answers: DeviceFlow(
                || card("git-slowed-down"),
                code_with_early_poll,
                || Reply::no_token("slow_down"),
            ),
            ..POLLED
        },
        View {
            name: "device-troubled",
            title: "The connection has trouble",
            ready: "The connection has trouble",
            answers: DeviceFlow(
                || card("git-troubled"),
                code_with_early_poll,
                || Reply::Page(StatusCode::BAD_GATEWAY),
            ),
            ..POLLED
        },
        View {
            name: "device-denied",
            title: "Denied at the provider",
            ready: "Get a new code",
            answers: DeviceFlow(
                || card("git-denied"),
                code_with_early_poll,
                || Reply::no_token("access_denied"),
            ),
            ..POLLED
        },
        View {
            name: "device-expired",
            title: "The code has ended",
            ready: "Get a new code",
            answers: DeviceFlow(|| card("git-expired"), || device_code(1, 5), pending),
            ..POLLED
        },
        View {
            name: "device-failed",
            title: "Failed, with a long reason",
            ready: "Try again",
            answers: DeviceFlow(|| card("git-failed"), code_with_early_poll, refused),
            ..POLLED
        },
        View {
            name: "device-no-code",
            title: "There is no code to be had",
            ready: "Try again",
            answers: DeviceFlow(|| card("git-no-code"), rate_limited, pending),
            ..DIALOG
        },
        View {
            name: "device-empty",
            title: "The provider gives no code",
            ready: "didn't give a code",
            answers: DeviceFlow(|| card("git-empty"), empty_device_code, pending),
            ..DIALOG
        },
        View {
            name: "device-linked",
            title: "Linked",
            ready: "@ada",
            answers: Scripted(linked),
            ..POLLED
        },
        View {
            name: "device-other-login",
            title: "Linked again, as someone else",
            // The check shows who was linked before.
            steps: &[
                "Details Internal Git",
                "Check Internal Git",
                "Re-authenticate Internal Git",
            ],
            ready: "@grace",
            answers: Scripted(other_login),
            ..POLLED
        },
    ],
};

fn card(id: &str) -> Card {
    Card::new(id, "github", "Internal Git")
        .revocable()
        .by_device()
}

fn code_with_early_poll() -> Reply {
    device_code(LIFETIME_S, 1)
}

fn pending() -> Reply {
    Reply::no_token("authorization_pending")
}

fn rate_limited() -> Reply {
    Reply::error(
        StatusCode::INTERNAL_SERVER_ERROR,
        "The provider gave no device code.",
        "The provider's rate limit is reached. It may be asked again in 30 seconds.",
    )
}

/// The deployment's answer when the provider answers as RFC 6749 §5.2 says.
fn refused() -> Reply {
    let page = "<p>This client is not allowed to use this grant type.</p>".repeat(30);
    Reply::no_token(&format!(
        "POST https://git.example/oauth/token?client_id=internal-git-client&device_code=0123456789abcdef: \
         unexpected status 400: {{\"error\":\"unauthorized_client\",\"page\":\"{page}\"}}"
    ))
}

fn linked(now: Timestamp) -> Script {
    let before = card("git-linked");
    let after = card("git-linked")
        .linked(now, 0)
        .installed(ada(), installations(1));
    Script::of([after.clone()])
        .on("GET external-auth", list(&[before]))
        .on("GET external-auth", list(&[after]))
        .on_device_flow(code_with_early_poll(), Reply::Empty)
}

fn other_login(now: Timestamp) -> Script {
    let id = "git-other-login";
    let before = card(id).linked(now, 30).installed(ada(), installations(1));
    let grace = account(1906, "grace", "Grace Hopper");
    let after = card(id).linked(now, 0).installed(grace, installations(1));
    Script::of([before])
        .on_device_flow(code_with_early_poll(), Reply::Empty)
        .then(
            &format!("POST external-auth/{id}/device"),
            Script::of([after]),
        )
}
