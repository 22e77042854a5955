//! The redirect flow in a window.

use axum::http::StatusCode;
use external_auth_core::Timestamp;

use crate::gallery::{
    answers::Answers::{Cards, Replies},
    card::Card,
    group::Group,
    reply::Reply,
    view::View,
};

pub(super) const GROUP: Group = Group {
    title: "Linking in a window",
    by_hand: true,
    views: &[
        View {
            name: "window-waiting",
            title: "A window is open",
            steps: &["Link GitLab"],
            ready: "Bring to front",
            answers: Cards(not_linked),
            ..View::DEFAULT
        },
        View {
            name: "window-conflict",
            title: "Another one shall be linked meanwhile",
            steps: &["Link GitLab", "Link Gitea"],
            ready: "Gitea instead",
            answers: Cards(not_linked),
            ..View::DEFAULT
        },
        View {
            name: "window-failed",
            title: "The deployment reports a failure",
            steps: &["Link GitLab"],
            ready: "couldn't link",
            answers: Replies(
                not_linked,
                &[("GET external-auth/gitlab/callback", wrong_state)],
            ),
            ..View::DEFAULT
        },
    ],
};

fn not_linked(_: Timestamp) -> Vec<Card> {
    vec![
        Card::new("gitlab", "gitlab", "GitLab").revocable(),
        Card::new("gitea", "gitea", "Gitea"),
    ]
}

fn wrong_state(_: Timestamp) -> Reply {
    Reply::error(
        StatusCode::BAD_REQUEST,
        "The state of the request does not match.",
        "The cookie is missing.",
    )
}
