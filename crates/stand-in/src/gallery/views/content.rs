//! What providers and operators may put into the page.

use external_auth_core::Timestamp;

use crate::{
    gallery::{
        card::{Card, DAY_MS, account, ada, installations},
        script::Script,
        view::{Group, View},
    },
    wire::Account,
};

pub(super) const GROUP: Group = Group {
    title: "What comes from outside",
    by_hand: false,
    views: &[
        View {
            name: "installations-1",
            title: "Installed in one place",
            page: "",
            steps: &[],
            first: "",
            ready: "Ada Lovelace",
            script: |now| installed(now, 1),
        },
        View {
            name: "installations-9",
            title: "Installed in nine places",
            page: "",
            steps: &[],
            first: "",
            ready: "Ada Lovelace",
            script: |now| installed(now, 9),
        },
        View {
            name: "installations-27",
            title: "Installed in 27 places",
            page: "",
            steps: &[],
            first: "",
            ready: "Ada Lovelace",
            script: |now| installed(now, 27),
        },
        View {
            name: "installations-unfolded",
            title: "Installed in 30 places or more, the first 30 shown",
            page: "",
            steps: &["Show the first 30 GitHub"],
            first: "",
            ready: "Show fewer",
            script: |now| installed(now, 30),
        },
        View {
            name: "long-names",
            title: "Long names, with and without places to break",
            page: "",
            steps: &[],
            first: "",
            ready: "Adalovelace",
            script: |now| {
                let unbroken = "Supercalifragilistic".repeat(8);
                let mut who = account(1, &"ada-".repeat(12), &"Adalovelace".repeat(8));
                who.avatar_url = String::new();
                let places = installations(3)
                    .into_iter()
                    .map(|mut place| {
                        if let Some(account) = &mut place.account {
                            account.login =
                                format!("{}{}", account.login, "organisation".repeat(8));
                        }
                        place
                    })
                    .collect();
                Script::of([
                    Card::new(
                        "long-words",
                        "gitlab",
                        &"The version control of the department ".repeat(5),
                    )
                    .revocable()
                    .linked(now, 34),
                    Card::new(&unbroken.to_lowercase(), "github", &unbroken)
                        .revocable()
                        .linked(now, 34)
                        .installed(who, places),
                ])
            },
        },
        View {
            name: "long-name-dialog",
            title: "A long name in a question",
            page: "",
            steps: &[
                "Unlink Pneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopicsilicovolcanoconiosis",
            ],
            first: "",
            ready: "Unlink Pneumono",
            script: |now| {
                let name = "Pneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopicsilicovolcanoconiosis";
                Script::of([Card::new("long", "gitea", name).revocable().linked(now, 3)])
            },
        },
        View {
            name: "long-error",
            title: "An error of 3 KB",
            page: "",
            steps: &[],
            first: "",
            ready: "Needs attention",
            script: |now| {
                let unbroken = "0123456789abcdef".repeat(60);
                let page = "<div class=\"error\"><b>Forbidden</b> by policy</div>".repeat(40);
                Script::of([Card::new("gitea", "gitea", "Gitea").linked(now, 51).broken(&format!(
                    "validate external auth token: status 401: body: <html>{unbroken}{page}</html>"
                ))])
            },
        },
        View {
            name: "markup",
            title: "Names that are markup",
            page: "",
            steps: &[],
            first: "",
            ready: "<b>Ada</b>",
            script: |now| {
                let who = Account {
                    avatar_url: "javascript:alert(1)".to_owned(),
                    profile_url: "javascript:alert(2)".to_owned(),
                    ..account(1, "<i>ada</i>", "<b>Ada</b>")
                };
                Script::of([
                    Card::new("markup", "github", "<img src=x onerror=alert(3)>")
                        .with(|provider| provider.display_icon = "javascript:alert(4)".into())
                        .linked(now, 2)
                        .installed(who, installations(1)),
                    Card::new("script", "<script>", "</li><script>alert(5)</script>")
                        .linked(now, 2)
                        .broken("token failed to validate: <script>alert(6)</script>"),
                ])
            },
        },
        View {
            name: "right-to-left",
            title: "Names that are written from right to left",
            page: "",
            steps: &[],
            first: "",
            ready: "آدا",
            script: |now| {
                Script::of([
                    Card::new("arabic", "github", "مستودع الشيفرة")
                        .linked(now, 2)
                        .installed(account(1, "ada", "آدا لوفلايس"), installations(1)),
                    Card::new("hebrew", "gitea", "שרת Git (פנימי)")
                        .linked(now, 9)
                        .ends(now, 3 * DAY_MS),
                    Card::new("both", "gitlab", "GitLab של המחלקה"),
                ])
            },
        },
        View {
            name: "same-names",
            title: "Two of the same name, and none at all",
            page: "",
            steps: &[],
            first: "",
            ready: "github-work",
            script: |now| {
                Script::of([
                    Card::new("github", "github", "GitHub")
                        .linked(now, 4)
                        .installed(ada(), installations(1)),
                    Card::new("github-work", "github", "GitHub"),
                    Card::new("codeberg", "", "")
                        .with(|provider| provider.display_icon = String::new()),
                ])
            },
        },
    ],
};

/// GitHub, with its app installed in so many places.
fn installed(now: Timestamp, places: u64) -> Script {
    Script::of([Card::new("github", "github", "GitHub")
        .linked(now, 212)
        .installed(ada(), installations(places))])
}
