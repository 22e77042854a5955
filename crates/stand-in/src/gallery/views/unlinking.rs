//! The question before unlinking, and what became of the link.

use axum::http::StatusCode;
use external_auth_core::Timestamp;
use serde_json::json;

use crate::{
    gallery::{
        card::{Card, HOUR_MS, ada, installations},
        reply::Reply,
        script::{Script, list},
        view::{Group, View},
    },
    provider::ERROR_PAGE,
};

/// The buttons that unlink.
const UNLINK: &[&str] = &["Unlink GitLab", "Unlink"];

pub(super) const GROUP: Group = Group {
    title: "Unlinking",
    by_hand: false,
    views: &[
        View {
            name: "unlink-github",
            title: "The question: the whole grant ends",
            page: "",
            steps: &["Unlink GitHub"],
            first: "",
            ready: "Unlink GitHub?",
            script: |now| {
                Script::of([Card::new("github", "github", "GitHub")
                    .revocable()
                    .linked(now, 212)
                    .installed(ada(), installations(1))])
            },
        },
        View {
            name: "unlink-revocable",
            title: "The question: the token is revoked",
            page: "",
            steps: &["Unlink GitLab"],
            first: "",
            ready: "Unlink GitLab?",
            script: |now| Script::of([gitlab(now).revocable()]),
        },
        View {
            name: "unlink-not-revocable",
            title: "The question: nothing is revoked",
            page: "",
            steps: &["Unlink GitLab"],
            first: "",
            ready: "Unlink GitLab?",
            script: |now| Script::of([gitlab(now)]),
        },
        View {
            name: "unlink-orphan",
            title: "The question: no longer configured",
            page: "",
            steps: &["Unlink old-gitlab"],
            first: "",
            ready: "Unlink old-gitlab?",
            script: |now| Script::of([orphan(now)]),
        },
        View {
            name: "unlinked-revoked",
            title: "Unlinked and revoked",
            page: "",
            steps: UNLINK,
            first: "",
            ready: "Not linked",
            script: |now| Script::of([gitlab(now).revocable()]),
        },
        View {
            name: "unlinked-not-configured",
            title: "Unlinked, nothing to revoke with",
            page: "",
            steps: UNLINK,
            first: "",
            ready: "Not linked",
            script: |now| {
                Script::of([gitlab(now)])
                    .on_unlink("gitlab", Reply::ok(&json!({ "token_revoked": false })))
            },
        },
        View {
            name: "unlinked-not-revoked",
            title: "Unlinked, but not revoked",
            page: "",
            steps: UNLINK,
            first: "",
            ready: "Not linked",
            script: |now| Script::of([gitlab(now).revocable()]).on_unlink("gitlab", not_revoked()),
        },
        View {
            name: "unlinked-not-said",
            title: "Unlinked, and nothing said of the token",
            page: "",
            steps: UNLINK,
            first: "",
            ready: "Not linked",
            script: |now| {
                Script::of([gitlab(now).revocable()])
                    .on_unlink("gitlab", Reply::ok(&json!({ "token_revoked": false })))
            },
        },
        View {
            name: "unlinked-before",
            title: "Was unlinked already",
            page: "",
            steps: UNLINK,
            first: "",
            ready: "Not linked",
            script: |now| {
                let after = Card::new("gitlab", "gitlab", "GitLab").revocable();
                Script::of([after.clone()])
                    .on_list([list(&[gitlab(now).revocable()]), list(&[after])])
                    .on_unlink("gitlab", Reply::unknown())
            },
        },
        View {
            name: "unlink-refused",
            title: "Not unlinked: refused",
            page: "",
            steps: UNLINK,
            first: "",
            ready: "was not removed",
            script: |now| {
                let refusal = Reply::error(
                    StatusCode::FORBIDDEN,
                    "You may not do this.",
                    "Links of this user are managed by someone else.",
                );
                Script::of([gitlab(now).revocable()]).on_unlink("gitlab", refusal)
            },
        },
        View {
            name: "unlink-unknown",
            title: "The deployment failed, and the link is still there",
            page: "",
            steps: UNLINK,
            first: "",
            ready: "still linked",
            script: |now| Script::of([gitlab(now).revocable()]).on_unlink("gitlab", failed()),
        },
        View {
            name: "unlinked-unknown",
            title: "The deployment failed, and the link is gone",
            page: "",
            steps: UNLINK,
            first: "",
            ready: "Not linked",
            script: |now| {
                let after = Card::new("gitlab", "gitlab", "GitLab").revocable();
                Script::of([after.clone()])
                    .on_list([list(&[gitlab(now).revocable()]), list(&[after])])
                    .on_unlink("gitlab", failed())
            },
        },
        View {
            name: "unlink-orphan-failed",
            title: "An orphan cannot be unlinked",
            page: "",
            steps: &["Unlink old-gitlab", "Unlink"],
            first: "",
            ready: "no longer knows",
            script: |now| Script::of([orphan(now)]).on_unlink("old-gitlab", Reply::unknown()),
        },
    ],
};

fn gitlab(now: Timestamp) -> Card {
    Card::new("gitlab", "gitlab", "GitLab")
        .linked(now, 34)
        .ends(now, HOUR_MS)
        .renewable()
}

fn orphan(now: Timestamp) -> Card {
    Card::new("old-gitlab", "gitlab", "")
        .linked(now, 900)
        .orphan()
}

fn failed() -> Reply {
    Reply::error(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Failed to remove the link.",
        "The database did not answer in time.",
    )
}

fn not_revoked() -> Reply {
    let reason = format!(
        "revoke token: Post \"https://git.example/oauth/revoke?client_id=gitlab-client\": status 502: body: {ERROR_PAGE}"
    );
    Reply::ok(&json!({ "token_revoked": false, "token_revocation_error": reason }))
}
