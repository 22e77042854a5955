//! The list as a whole.

use external_auth_core::Timestamp;

use crate::gallery::{
    answers::Answers::{Cards, Replies},
    card::{Card, HOUR_MS, ada, installations},
    group::Group,
    reply::Reply,
    script::list,
    view::View,
};

const LIST: &str = "GET external-auth";
const CHECK_GITLAB: &str = "GET external-auth/gitlab";

pub(super) const GROUP: Group = Group {
    title: "The list",
    by_hand: false,
    views: &[
        View {
            name: "loading",
            title: "The first list is loading",
            ready: "External authentication",
            answers: Replies(none, &[(LIST, |_| Reply::Never)]),
            ..View::DEFAULT
        },
        View {
            name: "loading-slowly",
            title: "The first list takes long",
            first: "External authentication",
            ready: "Still checking",
            answers: Replies(none, &[(LIST, |_| Reply::Never)]),
            ..View::DEFAULT
        },
        View {
            name: "failed",
            title: "The first list failed",
            ready: "Try again",
            answers: Replies(none, &[(LIST, |_| Reply::failure())]),
            ..View::DEFAULT
        },
        View {
            name: "refresh-failed",
            title: "A later list failed",
            steps: &["Refresh"],
            ready: "Try again",
            answers: Replies(
                few,
                &[(LIST, |now| list(&few(now))), (LIST, |_| Reply::failure())],
            ),
            ..View::DEFAULT
        },
        View {
            name: "signed-out",
            title: "The session has ended, and no list is there",
            ready: "Sign in",
            answers: Replies(none, &[(LIST, |_| Reply::signed_out())]),
            ..View::DEFAULT
        },
        View {
            name: "session-ended",
            title: "The session has ended since",
            steps: &["Check GitLab"],
            ready: "Sign in",
            answers: Replies(few, &[(CHECK_GITLAB, |_| Reply::signed_out())]),
            ..View::DEFAULT
        },
        View {
            name: "empty",
            title: "Nothing is configured",
            ready: "No providers are configured",
            ..View::DEFAULT
        },
        View {
            name: "checking",
            title: "All are being checked, and one takes its time",
            steps: &["Check all"],
            ready: "Checked 1 of 2",
            answers: Replies(few, &[(CHECK_GITLAB, |_| Reply::Never)]),
            ..View::DEFAULT
        },
        View {
            name: "check-failed",
            title: "A check failed",
            steps: &["Check GitLab"],
            ready: "Couldn't check",
            answers: Replies(few, &[(CHECK_GITLAB, |_| Reply::failure())]),
            ..View::DEFAULT
        },
        View {
            name: "long-list",
            title: "Thirty providers",
            ready: "Team 30",
            answers: Cards(thirty),
            ..View::DEFAULT
        },
        View {
            name: "searched",
            title: "Some of thirty, by a search and a filter",
            page: "?q=team+1&show=linked",
            ready: "Team 10",
            answers: Cards(thirty),
            ..View::DEFAULT
        },
        View {
            name: "nothing-found",
            title: "None of thirty fits",
            page: "?q=none+like+this",
            ready: "No matching providers",
            answers: Cards(thirty),
            ..View::DEFAULT
        },
    ],
};

fn none(_: Timestamp) -> Vec<Card> {
    Vec::new()
}

fn few(now: Timestamp) -> Vec<Card> {
    vec![
        Card::new("github", "github", "GitHub")
            .revocable()
            .linked(now, 212)
            .installed(ada(), installations(2)),
        Card::new("gitlab", "gitlab", "GitLab")
            .revocable()
            .linked(now, 34)
            .expires_in(now, HOUR_MS)
            .renewable(),
        Card::new("gitea", "gitea", "Gitea"),
    ]
}

fn thirty(now: Timestamp) -> Vec<Card> {
    const KINDS: [(&str, &str); 5] = [
        ("gitlab", "GitLab"),
        ("gitea", "Gitea"),
        ("bitbucket-cloud", "Bitbucket"),
        ("slack", "Slack"),
        ("azure-devops", "Azure DevOps"),
    ];
    (1..=30)
        .zip(KINDS.iter().cycle())
        .map(|(number, (kind, name))| {
            let card = Card::new(
                &format!("{kind}-{number}"),
                kind,
                &format!("{name} Team {number}"),
            );
            match number % 6 {
                0 | 3 => card.linked(now, number * 7),
                4 => card.linked(now, number).broken("token failed to validate"),
                _ => card,
            }
        })
        .collect()
}
