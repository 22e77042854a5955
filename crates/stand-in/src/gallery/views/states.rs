//! The states of a provider.

use axum::http::StatusCode;
use external_auth_core::Timestamp;

use crate::{
    gallery::{
        answers::Answers::Cards,
        card::{Card, DAY_MS, HOUR_MS, MINUTE_MS, ada, installations},
        group::Group,
        reply::Reply,
        view::View,
    },
    wire::{Expiry, ExternalAuth},
};

pub(super) const GROUP: Group = Group {
    title: "States of a provider",
    by_hand: false,
    views: &[
        View {
            name: "states",
            title: "One of each",
            ready: "Not linked",
            answers: Cards(one_of_each),
            ..View::DEFAULT
        },
        View {
            name: "states-attention",
            title: "Needs attention, app not installed",
            ready: "Needs attention",
            answers: Cards(needs_attention),
            ..View::DEFAULT
        },
        View {
            name: "states-unsure",
            title: "Couldn't check",
            ready: "Couldn't check",
            answers: Cards(transient_failures),
            ..View::DEFAULT
        },
        View {
            name: "states-unknown",
            title: "Couldn't check, for a reason that may not pass",
            ready: "Couldn't check",
            answers: Cards(unknown_failures),
            ..View::DEFAULT
        },
        View {
            name: "states-linked",
            title: "Linked, in every way that there is",
            ready: "@ada",
            answers: Cards(linked),
            ..View::DEFAULT
        },
        View {
            name: "states-not-linked",
            steps: &["No longer configured 1"],
            title: "Not linked, no longer configured",
            ready: "No longer configured",
            answers: Cards(|now| not_linked(now, "states-not-linked-device")),
            ..View::DEFAULT
        },
    ],
};

fn one_of_each(now: Timestamp) -> Vec<Card> {
    [
        needs_attention(now),
        transient_failures(now),
        linked(now),
        not_linked(now, "states-device"),
    ]
    .concat()
}

fn needs_attention(now: Timestamp) -> Vec<Card> {
    vec![
        Card::new("expired", "bitbucket-cloud", "Expired without refresh token")
            .linked(now, 30)
            .expires_in(now, -2 * HOUR_MS)
            .broken("token expired, refreshing is either disabled or refreshing failed and will not be retried"),
        Card::new("refresh-refused", "azure-devops", "Refreshing refused")
            .revocable()
            .linked(now, 160)
            .expires_in(now, -95 * DAY_MS)
            .renewable()
            .broken("token expired and refreshing failed 2 hours ago with: oauth2: \"invalid_grant\" \"The refresh token has expired due to inactivity.\""),
        Card::new("revoked", "gitea", "Revoked at the provider")
            .revocable()
            .linked(now, 51)
            .broken("token failed to validate"),
        Card::new("unexplained", "slack", "Broken without a reason")
            .linked(now, 8)
            .broken(""),
        Card::new("not-installed", "github", "App installed nowhere")
            .revocable()
            .linked(now, 12)
            .installed(ada(), Vec::new()),
    ]
}

fn transient_failures(now: Timestamp) -> Vec<Card> {
    let broken = |id: &str, kind: &str, name: &str, reason: &str| {
        Card::new(id, kind, name)
            .linked(now, 20)
            .broken(&format!("validate external auth token: {reason}"))
    };
    vec![
        broken(
            "rate-limited",
            "slack",
            "Asked too often",
            "status 429: body: {\"ok\":false,\"error\":\"ratelimited\"}",
        ),
        broken(
            "unavailable",
            "gitlab",
            "Provider is down",
            "status 503: body: <html><h1>503 Service Unavailable</h1></html>",
        ),
        broken(
            "timed-out",
            "gitea",
            "Provider is slow",
            "Get \"https://git.example/api/v1/user\": context deadline exceeded",
        ),
        broken(
            "unreachable",
            "bitbucket-server",
            "Provider cannot be reached",
            "Get \"https://git.example/rest/user\": dial tcp 192.0.2.7:443: connect: connection refused",
        ),
        // The live check cannot be read. The list has no such error.
        Card::new("unreadable", "github", "Answer cannot be read")
            .linked(now, 20)
            .live(Reply::Page(StatusCode::OK)),
    ]
}

fn unknown_failures(now: Timestamp) -> Vec<Card> {
    vec![
        Card::new("forbidden", "azure-devops", "Provider refuses to answer")
            .linked(now, 20)
            .broken("validate external auth token: status 403: body: <html><h1>403 Forbidden</h1></html>"),
        Card::new("unknown", "jfrog", "Reason is not known")
            .linked(now, 20)
            .broken("the token was not looked at: the quota of the month is used up"),
    ]
}

fn linked(now: Timestamp) -> Vec<Card> {
    vec![
        Card::new("with-user", "github", "Linked with a user")
            .revocable()
            .linked(now, 212)
            .installed(ada(), installations(2)),
        Card::new("no-address", "github", "App without an address")
            .linked(now, 12)
            .installed_nowhere(ada(), ""),
        Card::new("renews", "gitlab", "Renews by itself")
            .revocable()
            .with(|provider| provider.code_challenge_methods_supported = vec!["S256".to_owned()])
            .linked(now, 34)
            .expires_in(now, 100 * MINUTE_MS)
            .renewable(),
        Card::new("renewing", "github", "Ended, and is renewed")
            .linked(now, 34)
            .expires_in(now, -MINUTE_MS)
            .renewable()
            .live(Reply::ok(&ExternalAuth::default())),
        Card::new("ends-soon", "bitbucket-cloud", "Ends in three days")
            .linked(now, 4)
            .expires_in(now, 3 * DAY_MS + HOUR_MS),
        Card::new("never-ends", "gitea", "Never expires").linked(now, 700),
        Card::new("not-verified", "jfrog", "Cannot be verified")
            .with(|provider| provider.allow_validate = false)
            .linked(now, 77),
        Card::new("end-unknown", "", "")
            .linked(now, 1)
            .expiry(Expiry::Null),
    ]
}

fn not_linked(now: Timestamp, device: &str) -> Vec<Card> {
    vec![
        Card::new("redirecting", "bitbucket-server", "Linked in a window"),
        Card::new(device, "internal-git", "Linked by a code").by_device(),
        Card::new("old-gitlab", "gitlab", "")
            .linked(now, 900)
            .orphan(),
    ]
}
