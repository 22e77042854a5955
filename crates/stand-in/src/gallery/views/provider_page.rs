//! The page of one provider, and the one that a window comes back to.

use axum::http::StatusCode;

use crate::gallery::{
    card::{Card, ada, device_code, installations},
    reply::Reply,
    script::Script,
    view::{Group, View},
};

pub(super) const GROUP: Group = Group {
    title: "The page of one provider",
    by_hand: false,
    views: &[
        View {
            name: "provider-unknown",
            title: "There is no such provider",
            page: "external-auth/nowhere",
            steps: &[],
            first: "",
            ready: "no such provider",
            script: |_| Script::default(),
        },
        View {
            name: "provider-failed",
            title: "The provider could not be asked",
            page: "external-auth/gitlab",
            steps: &[],
            first: "",
            ready: "Try again",
            script: |_| {
                let failure = Reply::error(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Failed to validate token.",
                    "status 503: body: <html><h1>503 Service Unavailable</h1></html>",
                );
                Script::default().on("GET external-auth/gitlab", [failure])
            },
        },
        View {
            name: "provider-not-linked",
            title: "Not linked: a code is waited for",
            page: "external-auth/git-of-a-page",
            steps: &[],
            first: "",
            ready: "WDJB-MJHT",
            script: |_| {
                let card = Card::new("git-of-a-page", "gitea", "Internal Git").by_device();
                Script::of([card]).on_device(
                    "git-of-a-page",
                    device_code(900, 5),
                    [Reply::not_yet("authorization_pending")],
                )
            },
        },
        View {
            name: "provider-linked",
            title: "Linked",
            page: "external-auth/github",
            steps: &[],
            first: "",
            ready: "Ada Lovelace",
            script: |now| {
                Script::of([Card::new("github", "github", "GitHub")
                    .revocable()
                    .linked(now, 212)
                    .installed(ada(), installations(2))])
            },
        },
        View {
            name: "provider-redirected",
            title: "Sent back without a link",
            page: "external-auth/gitlab?redirected=true",
            steps: &[],
            first: "",
            ready: "sent you back",
            script: |_| Script::of([Card::new("gitlab", "gitlab", "GitLab").revocable()]),
        },
        View {
            name: "returned",
            title: "A window has come back",
            page: "?linked=nowhere&window=1",
            steps: &[],
            first: "",
            ready: "You are back",
            script: |_| Script::default(),
        },
    ],
};
