//! What concerns the whole list.

use external_auth_core::Timestamp;

use crate::gallery::{
    card::{Card, HOUR_MS, ada, installations},
    reply::Reply,
    script::{Script, list},
    view::{Group, View},
};

pub(super) const GROUP: Group = Group {
    title: "The list",
    by_hand: false,
    views: &[
        View {
            name: "loading",
            title: "The first list is loading",
            page: "",
            steps: &[],
            first: "",
            ready: "External authentication",
            script: |_| Script::default().on_list([Reply::Never]),
        },
        View {
            name: "loading-slowly",
            title: "The first list takes long",
            page: "",
            steps: &[],
            first: "External authentication",
            ready: "Still asking the providers",
            script: |_| Script::default().on_list([Reply::Never]),
        },
        View {
            name: "failed",
            title: "The first list failed",
            page: "",
            steps: &[],
            first: "",
            ready: "Try again",
            script: |_| Script::default().on_list([Reply::failure()]),
        },
        View {
            name: "refresh-failed",
            title: "A later list failed",
            page: "",
            steps: &["Refresh"],
            first: "",
            ready: "Try again",
            script: |now| Script::of(few(now)).on_list([list(&few(now)), Reply::failure()]),
        },
        View {
            name: "signed-out",
            title: "The session has ended, and no list is there",
            page: "",
            steps: &[],
            first: "",
            ready: "Sign in",
            script: |_| Script::default().on_list([Reply::signed_out()]),
        },
        View {
            name: "session-ended",
            title: "The session has ended since",
            page: "",
            steps: &["Check GitLab"],
            first: "",
            ready: "Sign in",
            script: |now| {
                Script::of(few(now)).on("GET external-auth/gitlab", [Reply::signed_out()])
            },
        },
        View {
            name: "empty",
            title: "Nothing is configured",
            page: "",
            steps: &[],
            first: "",
            ready: "No providers are configured",
            script: |_| Script::default(),
        },
        View {
            name: "checking",
            title: "All are being checked, and one takes its time",
            page: "",
            steps: &["Check all"],
            first: "",
            ready: "Checked 1 of 2",
            script: |now| Script::of(few(now)).on("GET external-auth/gitlab", [Reply::Never]),
        },
        View {
            name: "check-failed",
            title: "A check failed",
            page: "",
            steps: &["Check GitLab"],
            first: "",
            ready: "Could not check",
            script: |now| Script::of(few(now)).on("GET external-auth/gitlab", [Reply::failure()]),
        },
        View {
            name: "long-list",
            title: "Thirty providers",
            page: "",
            steps: &[],
            first: "",
            ready: "Team 30",
            script: |now| Script::of(thirty(now)),
        },
        View {
            name: "searched",
            title: "Some of thirty, by a search and a filter",
            page: "?q=team+1&show=linked",
            steps: &[],
            first: "",
            ready: "Team 10",
            script: |now| Script::of(thirty(now)),
        },
        View {
            name: "nothing-found",
            title: "None of thirty fits",
            page: "?q=none+like+this",
            steps: &[],
            first: "",
            ready: "No provider fits",
            script: |now| Script::of(thirty(now)),
        },
    ],
};

fn few(now: Timestamp) -> [Card; 3] {
    [
        Card::new("github", "github", "GitHub")
            .revocable()
            .linked(now, 212)
            .installed(ada(), installations(2)),
        Card::new("gitlab", "gitlab", "GitLab")
            .revocable()
            .linked(now, 34)
            .ends(now, HOUR_MS)
            .renewable(),
        Card::new("gitea", "gitea", "Gitea"),
    ]
}

fn thirty(now: Timestamp) -> impl Iterator<Item = Card> {
    const KINDS: [(&str, &str); 5] = [
        ("gitlab", "GitLab"),
        ("gitea", "Gitea"),
        ("bitbucket-cloud", "Bitbucket"),
        ("slack", "Slack"),
        ("azure-devops", "Azure DevOps"),
    ];
    (1..=30)
        .zip(KINDS.iter().cycle())
        .map(move |(number, (kind, name))| {
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
}
