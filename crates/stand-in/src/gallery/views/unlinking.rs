//! The question before an unlink, and the outcomes of an unlink.

use axum::http::StatusCode;
use external_auth_core::Timestamp;
use serde_json::json;

use crate::{
    gallery::{
        answers::Answers::{Cards, Replies},
        card::{Card, HOUR_MS, ada, installations},
        group::Group,
        reply::Reply,
        script::list,
        view::View,
    },
    provider::ERROR_PAGE,
};

const LIST: &str = "GET external-auth";
const UNLINK_GITLAB: &str = "DELETE external-auth/gitlab";

/// The question about GitLab.
const QUESTION: View = View {
    steps: &["Unlink GitLab"],
    ready: "Unlink GitLab?",
    ..View::DEFAULT
};

/// The outcome of the unlink of GitLab.
const OUTCOME: View = View {
    steps: &["Unlink GitLab", "Unlink"],
    ready: "Not linked",
    ..View::DEFAULT
};

pub(super) const GROUP: Group = Group {
    title: "Unlinking",
    by_hand: false,
    views: &[
        View {
            name: "unlink-github",
            title: "The question: the whole grant ends",
            steps: &["Unlink GitHub"],
            ready: "Unlink GitHub?",
            answers: Cards(github),
            ..View::DEFAULT
        },
        View {
            name: "unlink-revocable",
            title: "The question: the token is revoked",
            answers: Cards(revocable),
            ..QUESTION
        },
        View {
            name: "unlink-not-revocable",
            title: "The question: nothing is revoked",
            answers: Cards(not_revocable),
            ..QUESTION
        },
        View {
            name: "unlink-orphan",
            title: "The question: no longer configured",
            steps: &["No longer configured 1", "Unlink old-gitlab"],
            ready: "Unlink old-gitlab?",
            answers: Cards(orphan),
            ..View::DEFAULT
        },
        View {
            name: "unlinked-revoked",
            title: "Unlinked and revoked",
            answers: Cards(revocable),
            ..OUTCOME
        },
        View {
            name: "unlinked-not-configured",
            title: "Unlinked, nothing to revoke with",
            answers: Replies(not_revocable, &[(UNLINK_GITLAB, nothing_said)]),
            ..OUTCOME
        },
        View {
            name: "unlinked-not-revoked",
            title: "Unlinked, but not revoked",
            answers: Replies(revocable, &[(UNLINK_GITLAB, not_revoked)]),
            ..OUTCOME
        },
        View {
            name: "unlinked-not-said",
            title: "Unlinked, and nothing said of the token",
            answers: Replies(revocable, &[(UNLINK_GITLAB, nothing_said)]),
            ..OUTCOME
        },
        View {
            name: "unlinked-before",
            title: "Was unlinked already",
            answers: Replies(
                unlinked,
                &[
                    (LIST, |now| list(&revocable(now))),
                    (LIST, |now| list(&unlinked(now))),
                    (UNLINK_GITLAB, |_| Reply::unknown()),
                ],
            ),
            ..OUTCOME
        },
        View {
            name: "unlink-refused",
            title: "Not unlinked: refused",
            ready: "wasn't removed",
            answers: Replies(revocable, &[(UNLINK_GITLAB, refused)]),
            ..OUTCOME
        },
        View {
            name: "unlink-unknown",
            title: "The deployment failed, and the link is still there",
            ready: "still linked",
            answers: Replies(revocable, &[(UNLINK_GITLAB, failed)]),
            ..OUTCOME
        },
        View {
            name: "unlinked-unknown",
            title: "The deployment failed, and the link is gone",
            answers: Replies(
                unlinked,
                &[
                    (LIST, |now| list(&revocable(now))),
                    (LIST, |now| list(&unlinked(now))),
                    (UNLINK_GITLAB, failed),
                ],
            ),
            ..OUTCOME
        },
        View {
            name: "unlink-orphan-failed",
            title: "An orphan cannot be unlinked",
            steps: &["No longer configured 1", "Unlink old-gitlab", "Unlink"],
            ready: "no longer has",
            answers: Replies(
                orphan,
                &[("DELETE external-auth/old-gitlab", |_| Reply::unknown())],
            ),
            ..View::DEFAULT
        },
    ],
};

fn github(now: Timestamp) -> Vec<Card> {
    vec![
        Card::new("github", "github", "GitHub")
            .revocable()
            .linked(now, 212)
            .installed(ada(), installations(1)),
    ]
}

fn not_revocable(now: Timestamp) -> Vec<Card> {
    vec![
        Card::new("gitlab", "gitlab", "GitLab")
            .linked(now, 34)
            .expires_in(now, HOUR_MS)
            .renewable(),
    ]
}

fn revocable(now: Timestamp) -> Vec<Card> {
    not_revocable(now)
        .into_iter()
        .map(Card::revocable)
        .collect()
}

fn unlinked(_: Timestamp) -> Vec<Card> {
    vec![Card::new("gitlab", "gitlab", "GitLab").revocable()]
}

fn orphan(now: Timestamp) -> Vec<Card> {
    vec![
        Card::new("old-gitlab", "gitlab", "")
            .linked(now, 900)
            .orphan(),
    ]
}

fn nothing_said(_: Timestamp) -> Reply {
    Reply::ok(&json!({ "token_revoked": false }))
}

fn not_revoked(_: Timestamp) -> Reply {
    let reason = format!(
        "revoke token: Post \"https://git.example/oauth/revoke?client_id=gitlab-client\": status 502: body: {ERROR_PAGE}"
    );
    Reply::ok(&json!({ "token_revoked": false, "token_revocation_error": reason }))
}

fn refused(_: Timestamp) -> Reply {
    Reply::error(
        StatusCode::FORBIDDEN,
        "You may not do this.",
        "Links of this user are managed by someone else.",
    )
}

fn failed(_: Timestamp) -> Reply {
    Reply::error(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Failed to remove the link.",
        "The database did not answer in time.",
    )
}
