//! The device flow in its dialog, and the redirect flow in a window.

use axum::http::StatusCode;
use external_auth_core::Timestamp;

use crate::gallery::{
    card::{Card, account, ada, device_code, installations, no_device_code},
    reply::Reply,
    script::{Script, list},
    view::{Group, View},
};

/// How long a code lives that nobody waits for.
const LIFETIME: u64 = 900;

pub(super) const GROUP: Group = Group {
    title: "Linking by a code",
    by_hand: false,
    views: &[
        View {
            name: "device-requesting",
            title: "A code is asked for",
            page: "",
            steps: &["Link Internal Git"],
            first: "",
            ready: "Asking Internal Git for a code",
            script: |_| dialog("git-requesting", Reply::Never, not_yet()),
        },
        View {
            name: "device-waiting",
            title: "Waiting",
            page: "",
            steps: &["Link Internal Git"],
            first: "",
            ready: "WDJB-MJHT",
            script: |_| dialog("git-waiting", device_code(LIFETIME, 5), not_yet()),
        },
        View {
            name: "device-ends-soon",
            title: "The code ends soon",
            page: "",
            steps: &["Link Internal Git"],
            first: "",
            ready: "WDJB-MJHT",
            script: |_| dialog("git-ends-soon", device_code(58, 5), not_yet()),
        },
        View {
            name: "device-slowed-down",
            title: "Slowed down",
            page: "",
            steps: &["Link Internal Git"],
            first: "WDJB-MJHT",
            ready: "asked for longer pauses",
            script: |_| {
                let slow_down = Reply::not_yet("slow_down");
                dialog("git-slowed-down", device_code(LIFETIME, 1), slow_down)
            },
        },
        View {
            name: "device-troubled",
            title: "The connection has trouble",
            page: "",
            steps: &["Link Internal Git"],
            first: "WDJB-MJHT",
            ready: "The connection has trouble",
            script: |_| {
                let trouble = Reply::Page(StatusCode::BAD_GATEWAY);
                dialog("git-troubled", device_code(LIFETIME, 1), trouble)
            },
        },
        View {
            name: "device-denied",
            title: "Denied at the provider",
            page: "",
            steps: &["Link Internal Git"],
            first: "WDJB-MJHT",
            ready: "Get a new code",
            script: |_| {
                let denied = Reply::not_yet("access_denied");
                dialog("git-denied", device_code(LIFETIME, 1), denied)
            },
        },
        View {
            name: "device-expired",
            title: "The code has ended",
            page: "",
            steps: &["Link Internal Git"],
            first: "WDJB-MJHT",
            ready: "Get a new code",
            script: |_| dialog("git-expired", device_code(1, 5), not_yet()),
        },
        View {
            name: "device-failed",
            title: "Failed, with a long reason",
            page: "",
            steps: &["Link Internal Git"],
            first: "WDJB-MJHT",
            ready: "Try again",
            script: |_| dialog("git-failed", device_code(LIFETIME, 1), refused()),
        },
        View {
            name: "device-no-code",
            title: "There is no code to be had",
            page: "",
            steps: &["Link Internal Git"],
            first: "",
            ready: "Try again",
            script: |_| {
                let limited = Reply::error(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "The provider gave no device code.",
                    "The provider's rate limit is reached. It may be asked again in 30 seconds.",
                );
                dialog("git-no-code", limited, not_yet())
            },
        },
        View {
            name: "device-empty",
            title: "The provider gives no code",
            page: "",
            steps: &["Link Internal Git"],
            first: "",
            ready: "didn't give a code",
            script: |_| dialog("git-empty", no_device_code(), not_yet()),
        },
        View {
            name: "device-linked",
            title: "Linked",
            page: "",
            steps: &["Link Internal Git"],
            first: "WDJB-MJHT",
            ready: "Ada Lovelace",
            script: |now| {
                let before = card("git-linked");
                let after = card("git-linked")
                    .linked(now, 0)
                    .installed(ada(), installations(1));
                Script::of([after.clone()])
                    .on_list([list(&[before]), list(&[after])])
                    .on_device("git-linked", device_code(LIFETIME, 1), [Reply::Empty])
            },
        },
        View {
            name: "device-other-login",
            title: "Linked again, as someone else",
            page: "",
            // Only when it is known who was linked can it be seen that it is another.
            steps: &["Check Internal Git", "Re-authenticate Internal Git"],
            first: "WDJB-MJHT",
            ready: "@grace",
            script: other_login,
        },
    ],
};

pub(super) const WINDOW_GROUP: Group = Group {
    title: "Linking in a window",
    by_hand: true,
    views: &[
        View {
            name: "window-waiting",
            title: "A window is open",
            page: "",
            steps: &["Link GitLab"],
            first: "",
            ready: "Bring to front",
            script: |_| Script::of(redirecting()),
        },
        View {
            name: "window-conflict",
            title: "Another one shall be linked meanwhile",
            page: "",
            steps: &["Link GitLab", "Link Gitea"],
            first: "",
            ready: "Gitea instead",
            script: |_| Script::of(redirecting()),
        },
        View {
            name: "window-failed",
            title: "The deployment reports a failure",
            page: "",
            steps: &["Link GitLab"],
            first: "",
            ready: "did not work",
            script: |_| {
                let failure = Reply::error(
                    StatusCode::BAD_REQUEST,
                    "The state of the request does not match.",
                    "The cookie is missing.",
                );
                Script::of(redirecting()).on("GET external-auth/gitlab/callback", [failure])
            },
        },
    ],
};

fn redirecting() -> [Card; 2] {
    [
        Card::new("gitlab", "gitlab", "GitLab").revocable(),
        Card::new("gitea", "gitea", "Gitea"),
    ]
}

fn card(id: &str) -> Card {
    Card::new(id, "github", "Internal Git")
        .revocable()
        .by_device()
}

/// The provider is not linked, and its dialog can be opened.
fn dialog(id: &str, code: Reply, poll: Reply) -> Script {
    Script::of([card(id)]).on_device(id, code, [poll])
}

fn not_yet() -> Reply {
    Reply::not_yet("authorization_pending")
}

/// What a deployment says when the provider answers in the way of the standards.
fn refused() -> Reply {
    let page = "<p>This client is not allowed to use this grant type.</p>".repeat(30);
    Reply::not_yet(&format!(
        "POST https://git.example/oauth/token?client_id=internal-git-client&device_code=0123456789abcdef: \
         unexpected status 400: {{\"error\":\"unauthorized_client\",\"page\":\"{page}\"}}"
    ))
}

fn other_login(now: Timestamp) -> Script {
    let id = "git-other-login";
    let before = card(id).linked(now, 30).installed(ada(), installations(1));
    let grace = account(1906, "grace", "Grace Hopper");
    let after = card(id).linked(now, 0).installed(grace, installations(1));
    Script::of([before])
        .on_device(id, device_code(LIFETIME, 1), [Reply::Empty])
        .then(
            &format!("POST external-auth/{id}/device"),
            Script::of([after]),
        )
}
