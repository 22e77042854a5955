//! The page of one provider, and the page that a window returns to.

use axum::http::StatusCode;
use external_auth_core::Timestamp;

use crate::gallery::{
    answers::Answers::{Cards, DeviceFlow, Replies},
    card::{Card, ada, device_code, installations},
    group::Group,
    reply::Reply,
    view::View,
};

pub(super) const GROUP: Group = Group {
    title: "The page of one provider",
    by_hand: false,
    views: &[
        View {
            name: "provider-unknown",
            title: "There is no such provider",
            page: "external-auth/nowhere",
            ready: "no such provider",
            ..View::DEFAULT
        },
        View {
            name: "provider-failed",
            title: "The provider could not be asked",
            page: "external-auth/gitlab",
            ready: "Try again",
            answers: Replies(
                |_| Vec::new(),
                &[("GET external-auth/gitlab", not_validated)],
            ),
            ..View::DEFAULT
        },
        View {
            name: "provider-not-linked",
            title: "Not linked: a code is waited for",
            page: "external-auth/git-of-a-page",
            ready: "WDJB-MJHT",
            answers: DeviceFlow(
                || Card::new("git-of-a-page", "gitea", "Internal Git").by_device(),
                || device_code(900, 5),
                || Reply::no_token("authorization_pending"),
            ),
            ..View::DEFAULT
        },
        View {
            name: "provider-linked",
            title: "Linked",
            page: "external-auth/github",
            ready: "Ada Lovelace",
            answers: Cards(github),
            ..View::DEFAULT
        },
        View {
            name: "provider-redirected",
            title: "Sent back without a link",
            page: "external-auth/gitlab?redirected=true",
            ready: "sent you back",
            answers: Cards(|_| vec![Card::new("gitlab", "gitlab", "GitLab").revocable()]),
            ..View::DEFAULT
        },
        View {
            name: "returned",
            title: "A window has come back",
            page: "?linked=nowhere&window=1",
            ready: "You're back",
            ..View::DEFAULT
        },
    ],
};

fn github(now: Timestamp) -> Vec<Card> {
    vec![
        Card::new("github", "github", "GitHub")
            .revocable()
            .linked(now, 212)
            .installed(ada(), installations(2)),
    ]
}

fn not_validated(_: Timestamp) -> Reply {
    Reply::error(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Failed to validate token.",
        "status 503: body: <html><h1>503 Service Unavailable</h1></html>",
    )
}
