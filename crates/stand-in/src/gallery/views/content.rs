//! Text and addresses that providers and operators put into the page.

use external_auth_core::Timestamp;

use crate::{
    gallery::{
        answers::Answers::Cards,
        card::{Card, DAY_MS, account, ada, installations},
        group::Group,
        view::View,
    },
    wire::Account,
};

/// A name without places to break.
const LONG_NAME: &str =
    "Pneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopicsilicovolcanoconiosis";

pub(super) const GROUP: Group = Group {
    title: "What comes from outside",
    by_hand: false,
    views: &[
        View {
            name: "installations-1",
            title: "Installed in one place",
            steps: &["Details GitHub"],
            ready: "App installed for 1 account",
            answers: Cards(|now| installed(now, 1)),
            ..View::DEFAULT
        },
        View {
            name: "installations-9",
            title: "Installed in nine places",
            steps: &["Details GitHub"],
            ready: "App installed for 9 accounts",
            answers: Cards(|now| installed(now, 9)),
            ..View::DEFAULT
        },
        View {
            name: "installations-27",
            title: "Installed in 27 places",
            steps: &["Details GitHub"],
            ready: "App installed for 27 accounts",
            answers: Cards(|now| installed(now, 27)),
            ..View::DEFAULT
        },
        View {
            name: "installations-unfolded",
            title: "Installed in 30 places or more, the first 30 shown",
            steps: &["Details GitHub", "Show the first 30 accounts at GitHub"],
            ready: "Show fewer",
            answers: Cards(|now| installed(now, 30)),
            ..View::DEFAULT
        },
        View {
            name: "long-names",
            title: "Long names, with and without places to break",
            ready: "@ada-ada",
            answers: Cards(long_names),
            ..View::DEFAULT
        },
        View {
            name: "long-name-dialog",
            title: "A long name in a question",
            steps: &[
                "Unlink Pneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopicsilicovolcanoconiosis",
            ],
            ready: "Unlink Pneumono",
            answers: Cards(|now| {
                vec![
                    Card::new("long", "gitea", LONG_NAME)
                        .revocable()
                        .linked(now, 3),
                ]
            }),
            ..View::DEFAULT
        },
        View {
            name: "long-error",
            title: "An error of 3 KB",
            steps: &["Details Gitea"],
            ready: "Last answer",
            answers: Cards(long_error),
            ..View::DEFAULT
        },
        View {
            name: "markup",
            title: "Names that are markup",
            ready: "@<i>ada</i>",
            answers: Cards(markup),
            ..View::DEFAULT
        },
        View {
            name: "right-to-left",
            title: "Names that are written from right to left",
            steps: &["Details \u{2068}مستودع الشيفرة\u{2069}"],
            ready: "آدا",
            answers: Cards(right_to_left),
            ..View::DEFAULT
        },
        View {
            name: "same-names",
            title: "Two of the same name, and none at all",
            ready: "github-work",
            answers: Cards(same_names),
            ..View::DEFAULT
        },
    ],
};

/// GitHub, whose app has this number of installations.
fn installed(now: Timestamp, count: u64) -> Vec<Card> {
    vec![
        Card::new("github", "github", "GitHub")
            .linked(now, 212)
            .installed(ada(), installations(count)),
    ]
}

fn long_names(now: Timestamp) -> Vec<Card> {
    let unbroken = "Supercalifragilistic".repeat(8);
    let mut user = account(1, &"ada-".repeat(12), &"Adalovelace".repeat(8));
    user.avatar_url = String::new();
    let mut places = installations(3);
    for account in places.iter_mut().filter_map(|place| place.account.as_mut()) {
        account.login.push_str(&"organisation".repeat(8));
    }
    let words = "The version control of the department ".repeat(5);
    vec![
        Card::new("long-words", "gitlab", &words)
            .revocable()
            .linked(now, 34),
        Card::new(&unbroken.to_lowercase(), "github", &unbroken)
            .revocable()
            .linked(now, 34)
            .installed(user, places),
    ]
}

fn long_error(now: Timestamp) -> Vec<Card> {
    let unbroken = "0123456789abcdef".repeat(60);
    let page = "<div class=\"error\"><b>Forbidden</b> by policy</div>".repeat(40);
    let error =
        format!("validate external auth token: status 401: body: <html>{unbroken}{page}</html>");
    vec![
        Card::new("gitea", "gitea", "Gitea")
            .linked(now, 51)
            .broken(&error),
    ]
}

fn markup(now: Timestamp) -> Vec<Card> {
    let user = Account {
        avatar_url: "javascript:alert(1)".to_owned(),
        profile_url: "javascript:alert(2)".to_owned(),
        ..account(1, "<i>ada</i>", "<b>Ada</b>")
    };
    vec![
        Card::new("markup", "github", "<img src=x onerror=alert(3)>")
            .with(|provider| provider.display_icon = "javascript:alert(4)".into())
            .linked(now, 2)
            .installed(user, installations(1)),
        Card::new("script", "<script>", "</li><script>alert(5)</script>")
            .linked(now, 2)
            .broken("token failed to validate: <script>alert(6)</script>"),
    ]
}

fn right_to_left(now: Timestamp) -> Vec<Card> {
    vec![
        Card::new("arabic", "github", "مستودع الشيفرة")
            .linked(now, 2)
            .installed(account(1, "ada", "آدا لوفلايس"), installations(1)),
        Card::new("hebrew", "gitea", "שרת Git (פנימי)")
            .linked(now, 9)
            .expires_in(now, 3 * DAY_MS),
        Card::new("both", "gitlab", "GitLab של המחלקה"),
    ]
}

fn same_names(now: Timestamp) -> Vec<Card> {
    vec![
        Card::new("github", "github", "GitHub")
            .linked(now, 4)
            .installed(ada(), installations(1)),
        Card::new("github-work", "github", "GitHub"),
        Card::new("codeberg", "", "").with(|provider| provider.display_icon = String::new()),
    ]
}
