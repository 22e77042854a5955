//! One card: its state, its text, and its actions.

use external_auth_core::Timestamp;
use external_auth_core::wire::{Account, Expiry, ExternalAuth, Installation, Link, Provider};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::sample::{
    account, broken_link, github, gitlab, in_hours, link, list, live, live_refused, provider,
};
use crate::support::{
    Answer, CHECK_GITHUB, CHECK_GITLAB, Fakes, LIST, OpenView, Part, START, open_list, seconds,
};

/// A page with one card.
struct Card {
    part: Part,
    open: OpenView,
}

impl Card {
    /// The card of a provider that is not asked live automatically.
    async fn of(fakes: &Fakes, provider: &Provider, link: Option<&Link>) -> Self {
        let providers = std::slice::from_ref(provider);
        Self::of_answer(
            fakes,
            list(providers, link.map_or(&[], std::slice::from_ref)),
        )
        .await
    }

    /// The card of `github`, which is asked live automatically, with this
    /// answer.
    async fn of_github(fakes: &Fakes, live: &ExternalAuth) -> Self {
        fakes.answer(CHECK_GITHUB, Answer::json(live));
        Self::of(fakes, &github(), Some(&link("github"))).await
    }

    async fn of_answer(fakes: &Fakes, answer: Answer) -> Self {
        fakes.answer(LIST, answer);
        let open = open_list();
        open.load().await;
        open.page.unfold_removed().await;
        let cards = open.page.cards();
        assert_eq!(cards.len(), 1, "{cards:?}");
        Self {
            part: open.page.card(&cards[0]),
            open,
        }
    }

    /// The state beside the name.
    fn state(&self) -> String {
        let badge = self.part.select(".state-badge");
        assert_eq!(badge.len(), 1, "one state and no other");
        badge[0].text()
    }

    /// The action that has words in the line.
    fn main_action(&self) -> Option<Part> {
        let mut main = self.part.select(".provider-actions > :not(.button--icon)");
        assert!(main.len() <= 1, "one action has words at the most");
        main.pop()
    }

    /// Opens the row.
    async fn open_row(&self) {
        self.part
            .select("[data-action=details]")
            .remove(0)
            .press()
            .await;
    }

    /// The links among the actions.
    fn action_links(&self) -> Vec<String> {
        let actions = self.part.select(".provider-actions");
        actions[0].links()
    }

    /// The text about the end of the access, in the opened row.
    fn expiry(&self) -> Option<String> {
        let facts = self.part.select(".provider-fact dd > span");
        let facts = facts.iter().map(Part::text);
        facts.into_iter().find(|fact| {
            ["Ends", "Ended", "Renews", "Does not"]
                .iter()
                .any(|word| fact.starts_with(word))
        })
    }
}

fn installable() -> ExternalAuth {
    ExternalAuth {
        app_installable: true,
        app_install_url: "https://github.example/apps/coder/installations/new".into(),
        ..live()
    }
}

fn installation(login: &str) -> Installation {
    Installation {
        id: 7,
        account: Some(account(login)),
        configure_url: format!("https://github.example/orgs/{login}/settings"),
    }
}

/// What a closed row shows and offers.
#[derive(Debug, PartialEq)]
struct Offer {
    state: String,
    /// The words of the main action, and whether it is filled.
    main: Option<(String, bool)>,
    actions: Vec<String>,
}

fn offer(card: &Card) -> Offer {
    let main = card.main_action();
    let is_filled = |main: &Part| main.0.class_list().contains("button--main");
    Offer {
        state: card.state(),
        main: main.map(|main| (main.text(), is_filled(&main))),
        actions: card.part.actions(),
    }
}

fn offered(state: &str, main: Option<(&str, bool)>, actions: &[&str]) -> Offer {
    Offer {
        state: state.into(),
        main: main.map(|(words, is_filled)| (words.into(), is_filled)),
        actions: actions.iter().map(|&action| action.into()).collect(),
    }
}

const QUIET: [&str; 2] = ["Unlink GitLab", "Check GitLab"];
/// The actions after a check that failed.
const FAILED: [&str; 2] = ["Unlink GitLab", "Check again GitLab"];
/// The actions in the panel of a linked provider that needs nothing.
const IN_PANEL: [&str; 3] = ["Check GitLab", "Re-authenticate GitLab", "Unlink GitLab"];

#[wasm_bindgen_test]
async fn state_no_longer_configured() {
    let fakes = Fakes::install();
    let card = Card::of_answer(&fakes, list(&[], &[link("gone")])).await;

    let expected = offered(
        "No longer configured",
        Some(("Unlink", false)),
        &["Unlink gone"],
    );
    assert_eq!(offer(&card), expected);
    assert!(card.part.says("This provider was removed."));
    card.open_row().await;
    assert_eq!(card.expiry(), None);
}

#[wasm_bindgen_test]
async fn state_not_linked() {
    let fakes = Fakes::install();
    let card = Card::of(&fakes, &gitlab(), None).await;

    let expected = offered("Not linked", Some(("Link", false)), &["Link GitLab"]);
    assert_eq!(offer(&card), expected);
    card.open_row().await;
    assert_eq!(card.expiry(), None);
}

#[wasm_bindgen_test]
async fn state_could_not_check() {
    let fakes = Fakes::install();
    let error = "validate external auth token: status 503: body: <html>sorry</html>";
    let card = Card::of(&fakes, &gitlab(), Some(&broken_link("gitlab", error))).await;

    let expected = offered("Couldn't check", Some(("Check again", false)), &FAILED);
    assert_eq!(offer(&card), expected);
    assert!(card.part.says("Your link is unchanged"));
    assert!(!card.part.says("sorry"), "the answer itself is folded away");
}

#[wasm_bindgen_test]
async fn an_unknown_reason_is_called_unknown_and_its_detail_is_shown() {
    let fakes = Fakes::install();
    let error = "the token is expired, revoked and invalid, says something new";
    let card = Card::of(&fakes, &gitlab(), Some(&broken_link("gitlab", error))).await;

    let expected = offered("Couldn't check", Some(("Check again", false)), &FAILED);
    assert_eq!(offer(&card), expected);
    let words = "Coder gave a reason that this page doesn't know.";
    assert!(card.part.says(words), "{}", card.part.text());
    assert!(!card.part.says("Re-authenticate to"));
    card.open_row().await;
    assert!(card.part.says(&format!("Last answer {error}")));
}

#[wasm_bindgen_test]
async fn state_needs_attention() {
    let fakes = Fakes::install();
    let error = "token failed to validate";
    let card = Card::of(&fakes, &gitlab(), Some(&broken_link("gitlab", error))).await;

    let main = Some(("Re-authenticate", true));
    let actions = ["Unlink GitLab", "Check GitLab", "Re-authenticate GitLab"];
    let expected = offered("Access revoked", main, &actions);
    assert_eq!(offer(&card), expected);
    assert!(card.part.says("GitLab no longer accepts this link"));
    card.open_row().await;
    assert_eq!(
        card.expiry(),
        None,
        "a link that does not work ends no more"
    );
}

#[wasm_bindgen_test]
async fn state_linked_renewing() {
    let fakes = Fakes::install();
    let renewable = Link {
        has_refresh_token: true,
        expires: Expiry::At(in_hours(-1)),
        ..link("gitlab")
    };
    let card = Card::of(&fakes, &gitlab(), Some(&renewable)).await;
    fakes.answer(CHECK_GITLAB, Answer::json(&live_refused()));
    let held = fakes.hold(LIST);
    card.part.button("Check GitLab").press().await;

    assert_eq!(card.state(), "Linked, renewing");
    assert_eq!(card.part.actions(), ["Unlink GitLab", "Checking… GitLab"]);
    card.open_row().await;
    assert_eq!(card.expiry().as_deref(), Some("Renews automatically"));
    card.open_row().await;
    // The list brings the new token.
    let renewed = Link {
        expires: Expiry::At(in_hours(8)),
        ..renewable
    };
    held.answer(list(&[gitlab()], &[renewed])).await;
    assert_eq!(offer(&card), offered("Linked", None, &QUIET));
}

#[wasm_bindgen_test]
async fn state_app_not_installed() {
    let fakes = Fakes::install();
    let card = Card::of_github(&fakes, &installable()).await;

    let actions = ["Unlink GitHub", "Check GitHub", "Install the app GitHub"];
    let main = Some(("Install the app", true));
    let expected = offered("App not installed", main, &actions);
    assert_eq!(offer(&card), expected);
    assert!(card.part.says("private repositories are out of reach"));
    let install = card.part.link("Install the app GitHub");
    let url = install.attribute("href");
    let expected = "https://github.example/apps/coder/installations/new";
    assert_eq!(url.as_deref(), Some(expected));
    let rel = install.attribute("rel");
    assert_eq!(rel.as_deref(), Some("noopener noreferrer"));
}

#[wasm_bindgen_test]
async fn state_linked_not_verified() {
    let fakes = Fakes::install();
    let unverifiable = Provider {
        allow_validate: false,
        ..gitlab()
    };
    let card = Card::of(&fakes, &unverifiable, Some(&link("gitlab"))).await;

    let expected = offered("Linked, not verified", None, &["Unlink GitLab"]);
    assert_eq!(offer(&card), expected);
    assert!(card.part.says("Coder has no way to check this link"));
    card.open_row().await;
    let words = "Coder has no way to check whether the GitLab link works.";
    assert!(card.part.says(words), "in full: {}", card.part.text());
}

#[wasm_bindgen_test]
async fn state_linked() {
    let fakes = Fakes::install();
    let card = Card::of(&fakes, &gitlab(), Some(&link("gitlab"))).await;

    assert_eq!(offer(&card), offered("Linked", None, &QUIET));
    card.open_row().await;
    assert_eq!(card.part.select(".provider-card__advice").len(), 0);
    assert_eq!(card.part.actions(), IN_PANEL);
}

#[wasm_bindgen_test]
async fn an_app_with_an_installation_needs_no_action() {
    let fakes = Fakes::install();
    let installed = ExternalAuth {
        installations: vec![installation("ada"), installation("acme")],
        ..installable()
    };
    let card = Card::of_github(&fakes, &installed).await;

    assert_eq!(card.state(), "Linked");
    assert_eq!(card.action_links(), [""; 0]);
    assert!(!card.part.says("App installed for"));
    card.open_row().await;
    assert!(card.part.says("App installed for"));
    let more = "Install for another account at GitHub";
    let manage = "Manage at github.example";
    let links = ["Configure ada", "Configure acme", more, manage];
    assert_eq!(card.part.links(), links);
    let url = card.part.link("Configure acme").attribute("href");
    assert_eq!(
        url.as_deref(),
        Some("https://github.example/orgs/acme/settings")
    );
}

#[wasm_bindgen_test]
async fn the_linked_account_has_a_link_to_its_profile() {
    let fakes = Fakes::install();
    let who = ExternalAuth {
        user: Some(Account {
            name: "Ada Lovelace".into(),
            profile_url: "https://github.example/ada".into(),
            ..account("ada")
        }),
        ..live()
    };
    let card = Card::of_github(&fakes, &who).await;

    assert!(card.part.says("@ada"), "in the line");
    card.open_row().await;
    let profile = card.part.link("Ada Lovelace (@ada)");
    let url = profile.attribute("href");
    assert_eq!(url.as_deref(), Some("https://github.example/ada"));
    let rel = profile.attribute("rel");
    assert_eq!(rel.as_deref(), Some("noopener noreferrer"));
}

#[wasm_bindgen_test]
async fn names_from_the_server_are_text_and_never_markup() {
    const MARKUP: &str = "<img src=x onerror=window.broken=1><b>bold</b>";
    let fakes = Fakes::install();
    let provider = Provider {
        display_name: MARKUP.into(),
        ..github()
    };
    let everywhere = Account {
        login: MARKUP.into(),
        name: MARKUP.into(),
        ..Account::default()
    };
    let answer = ExternalAuth {
        user: Some(everywhere.clone()),
        installations: vec![Installation {
            account: Some(everywhere),
            ..installation("x")
        }],
        ..live()
    };
    fakes.answer(CHECK_GITHUB, Answer::json(&answer));
    let broken = broken_link("github", MARKUP);
    let card = Card::of_answer(&fakes, list(&[provider], &[broken])).await;
    card.open_row().await;
    card.part.button(&format!("Unlink {MARKUP}")).press().await;

    assert!(card.part.text().matches(MARKUP).count() >= 4);
    let page = &card.open.page;
    assert!(page.dialog(&format!("Unlink {MARKUP}?")).is_visible());
    assert_eq!(page.select("b, img, [onerror]").len(), 0);
}

#[wasm_bindgen_test]
async fn only_safe_addresses_from_the_server_become_links() {
    for unsafe_url in [
        "javascript:window.broken=1",
        " javascript:window.broken=1",
        "data:text/html,<script>1</script>",
        "https://github.com@evil.example/",
        "//evil.example/x",
        "vbscript:1",
    ] {
        let fakes = Fakes::install();
        let unsafe_account = Account {
            avatar_url: unsafe_url.into(),
            profile_url: unsafe_url.into(),
            ..account("ada")
        };
        let provider = Provider {
            display_icon: unsafe_url.into(),
            // Distinguished from the public one, of which more is known.
            display_name: "GitHub Enterprise".into(),
            ..github()
        };
        let answer = ExternalAuth {
            user: Some(unsafe_account.clone()),
            app_installable: true,
            app_install_url: unsafe_url.into(),
            installations: vec![Installation {
                account: Some(unsafe_account),
                configure_url: unsafe_url.into(),
                ..Installation::default()
            }],
            ..live()
        };
        fakes.answer(CHECK_GITHUB, Answer::json(&answer));
        let link = link("github");
        let card = Card::of_answer(&fakes, list(&[provider], &[link])).await;

        card.open_row().await;
        assert!(card.part.says("@ada"), "the words are there all the same");
        let addresses = "a, [href], [src], [srcset], [action], [formaction]";
        assert_eq!(card.part.select(addresses), [], "{unsafe_url}");
    }
}

/// A request for a picture on our own origin would carry the session.
#[wasm_bindgen_test]
async fn no_avatar_is_loaded_from_the_origin_of_the_page() {
    let origin = leptos::prelude::location().origin().unwrap();
    for (avatar_url, pictures) in [
        (format!("{origin}/api/v2/external-auth"), 0),
        (origin.to_uppercase(), 0),
        ("/external-auth/github/callback".to_owned(), 0),
        (PICTURE.to_owned(), 2),
    ] {
        let fakes = Fakes::install();
        let ada = Account {
            avatar_url: avatar_url.clone(),
            ..account("ada")
        };
        let answer = ExternalAuth {
            user: Some(ada.clone()),
            installations: vec![Installation {
                account: Some(ada),
                ..Installation::default()
            }],
            ..live()
        };
        fakes.answer(CHECK_GITHUB, Answer::json(&answer));
        let card = Card::of_answer(&fakes, list(&[github()], &[link("github")])).await;

        card.open_row().await;

        assert!(card.part.says("@ada"));
        let shown = card.part.select(".avatar img").len();
        assert_eq!(shown, pictures, "{avatar_url}");
    }
}

#[wasm_bindgen_test]
async fn an_app_without_a_safe_address_is_a_warning_without_a_link() {
    for url in ["", "javascript:window.broken=1"] {
        let fakes = Fakes::install();
        let answer = ExternalAuth {
            app_install_url: url.into(),
            ..installable()
        };
        let card = Card::of_github(&fakes, &answer).await;

        assert_eq!(card.state(), "Linked");
        assert_eq!(card.action_links(), [""; 0]);
        let words = "ask your administrator to install the app";
        assert!(card.part.says(words), "{}", card.part.text());
        card.open_row().await;
        let in_full = "The GitHub app isn't installed on any account";
        assert!(card.part.says(in_full), "{}", card.part.text());
        card.open_row().await;

        // A link that stops working has another reason to be checked.
        fakes.answer(CHECK_GITHUB, Answer::json(&live_refused()));
        card.part.button("Check GitHub").press().await;
        assert_eq!(card.state(), "Access revoked");
        assert!(!card.part.says(words));
    }
}

#[wasm_bindgen_test]
async fn the_case_of_a_provider_type_is_ignored() {
    let fakes = Fakes::install();
    let provider = Provider {
        kind: "GitHub".into(),
        ..github()
    };
    fakes.answer(CHECK_GITHUB, Answer::json(&installable()));
    let card = Card::of_answer(&fakes, list(&[provider], &[link("github")])).await;

    assert_eq!(card.state(), "App not installed");
    card.open_row().await;
    assert!(card.part.says("@ada"));
}

/// One pixel.
const PICTURE: &str =
    "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

fn icon(card: &Card) -> Part {
    card.part.select(".provider-icon").remove(0)
}

#[wasm_bindgen_test]
async fn the_icon_is_shown_or_else_the_first_letter() {
    let fakes = Fakes::install();
    let with_icon = Provider {
        display_icon: PICTURE.into(),
        ..gitlab()
    };
    let card = Card::of(&fakes, &with_icon, None).await;
    let picture = icon(&card).select("img").remove(0);
    assert_eq!(picture.attribute("src").as_deref(), Some(PICTURE));
    // The name is beside it.
    assert_eq!(picture.attribute("alt").as_deref(), Some(""));
    drop(card);

    let card = Card::of(&fakes, &gitlab(), None).await;
    assert_eq!(icon(&card).text(), "G");
}

async fn with_broken_icon(fakes: &Fakes) -> Card {
    let with_icon = Provider {
        display_icon: PICTURE.into(),
        ..gitlab()
    };
    let card = Card::of(fakes, &with_icon, Some(&link("gitlab"))).await;
    icon(&card).select("img").remove(0).fire("error").await;
    card
}

#[wasm_bindgen_test]
async fn an_icon_that_does_not_load_is_replaced_by_the_first_letter() {
    let fakes = Fakes::install();
    let card = with_broken_icon(&fakes).await;

    assert_eq!(icon(&card).text(), "G");
    assert_eq!(icon(&card).select("img"), []);
}

#[wasm_bindgen_test]
async fn an_icon_that_does_not_load_is_not_loaded_again_with_every_answer() {
    let fakes = Fakes::install();
    let card = with_broken_icon(&fakes).await;

    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    card.part.button("Check GitLab").press().await;

    assert_eq!(icon(&card).select("img"), []);
}

#[wasm_bindgen_test]
async fn the_end_of_the_access_is_shown_in_words() {
    let ends_in = |hours| Link {
        expires: Expiry::At(in_hours(hours)),
        ..link("gitlab")
    };
    let again = "no refresh token: you will have to link again";
    for (link, words) in [
        (link("gitlab"), Some("Does not expire".to_owned())),
        (
            Link {
                has_refresh_token: true,
                ..ends_in(8)
            },
            Some("Renews automatically".to_owned()),
        ),
        (ends_in(72), Some(format!("Ends in 3 days, {again}"))),
        (ends_in(1), Some(format!("Ends in 1 hour, {again}"))),
        (ends_in(-2), Some("Ended 2 hours ago".to_owned())),
        (
            Link {
                expires: Expiry::Unknown,
                ..link("gitlab")
            },
            None,
        ),
    ] {
        let fakes = Fakes::install();
        let card = Card::of(&fakes, &gitlab(), Some(&link)).await;
        if let Some(words) = &words {
            let short = words.split(',').next().unwrap_or_default();
            assert!(card.part.says(short), "in the line: {}", card.part.text());
        }
        card.open_row().await;
        assert_eq!(card.expiry(), words);
    }
}

/// The text about a refresh token that the deployment may not use.
async fn expiry_of_unusable_refresh_token(fakes: &Fakes) -> String {
    let provider = Provider {
        allow_refresh: false,
        ..gitlab()
    };
    let link = Link {
        has_refresh_token: true,
        expires: Expiry::At(in_hours(72)),
        ..link("gitlab")
    };
    let card = Card::of(fakes, &provider, Some(&link)).await;
    card.open_row().await;
    card.expiry().expect("how it ends")
}

#[wasm_bindgen_test]
async fn a_refresh_token_does_not_help_if_the_deployment_may_not_refresh() {
    let fakes = Fakes::install();
    let said = expiry_of_unusable_refresh_token(&fakes).await;

    assert!(said.starts_with("Ends in 3 days"), "{said}");
}

#[wasm_bindgen_test]
async fn an_existing_refresh_token_is_not_called_missing() {
    let fakes = Fakes::install();
    let said = expiry_of_unusable_refresh_token(&fakes).await;

    assert!(!said.contains("no refresh token"), "{said}");
}

#[wasm_bindgen_test]
async fn relative_times_are_updated_and_have_the_exact_time_beside_them() {
    let fakes = Fakes::install();
    let link = Link {
        created_at: Some(in_hours(-48)),
        ..link("gitlab")
    };
    let card = Card::of(&fakes, &gitlab(), Some(&link)).await;
    assert!(card.part.says("Linked 2 days ago"), "{}", card.part.text());
    assert!(card.part.says("Checked just now"));

    fakes.advance(seconds(5 * 60)).await;

    assert!(card.part.says("Checked 5 minutes ago"));
    card.open_row().await;
    let times = card.part.select("time");
    let instant = times[0].attribute("datetime").unwrap();
    assert_eq!(Timestamp::parse(&instant), Some(in_hours(-48)));
    let exact = times[0].text();
    assert!(exact.contains("2026") && exact.contains(':'), "{exact}");
    fakes.advance(seconds(5 * 60)).await;
    let facts = card.part.select(".provider-facts")[0].text();
    assert!(facts.contains("Last checked 10 minutes ago"), "{facts}");
}

#[wasm_bindgen_test]
async fn a_link_that_expires_while_the_page_is_open_changes_its_state() {
    let fakes = Fakes::install();
    let link = Link {
        expires: Expiry::At(START.plus_ms(60_000)),
        ..link("gitlab")
    };
    let card = Card::of(&fakes, &gitlab(), Some(&link)).await;

    fakes.advance(seconds(3 * 60)).await;

    card.open_row().await;
    assert_eq!(card.expiry().as_deref(), Some("Ended 2 minutes ago"));
    assert_eq!(card.state(), "Sign-in expired");
    assert!(
        card.part.says("Your sign-in expired and doesn't renew."),
        "{}",
        card.part.text()
    );
}

#[wasm_bindgen_test]
async fn a_check_shows_that_it_runs_and_what_it_found() {
    let fakes = Fakes::install();
    let card = Card::of(&fakes, &gitlab(), Some(&link("gitlab"))).await;
    let held = fakes.hold(CHECK_GITLAB);
    let check = card.part.button("Check GitLab");

    check.press().await;
    assert_eq!(card.part.button("Checking… GitLab"), check);
    assert!(check.is_disabled() && check.is_busy());
    assert!(!card.part.button("Unlink GitLab").is_disabled());
    assert!(card.part.is_busy());
    assert_eq!(card.state(), "Linked", "known from before");
    check.press().await;

    fakes.advance(seconds(10)).await;
    held.answer(Answer::json(&live())).await;
    assert_eq!(card.part.button("Check GitLab"), check);
    assert!(!check.is_disabled() && !check.is_busy());
    assert!(!card.part.is_busy());
    assert_eq!(card.open.page.announcements(), "GitLab: Linked.");
    assert_eq!(fakes.count(CHECK_GITLAB), 1);
}

#[wasm_bindgen_test]
async fn a_second_check_with_the_same_result_is_announced_again() {
    let fakes = Fakes::install();
    let card = Card::of(&fakes, &gitlab(), Some(&link("gitlab"))).await;
    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    card.part.button("Check GitLab").press().await;
    assert_eq!(card.open.page.announcements(), "GitLab: Linked.");

    // A live region is read out when it changes.
    let region = || -> Vec<_> {
        let regions = card.open.page.select("[role=status]");
        regions.iter().map(|part| part.0.inner_html()).collect()
    };
    let before = region();
    let held = fakes.hold(CHECK_GITLAB);
    card.part.button("Check GitLab").press().await;
    let meanwhile = region();
    held.answer(Answer::json(&live())).await;

    assert_eq!(card.open.page.announcements(), "GitLab: Linked.");
    assert!(meanwhile != before || region() != before);
}

#[wasm_bindgen_test]
async fn the_focus_stays_on_check_while_the_card_around_it_changes() {
    let fakes = Fakes::install();
    let card = Card::of(&fakes, &gitlab(), Some(&link("gitlab"))).await;
    let check = card.part.button("Check GitLab");

    for (answer, state) in [
        (Answer::json(&live_refused()), "Access revoked"),
        (Answer::error(500, "no"), "Couldn't check"),
        (Answer::json(&live()), "Linked"),
    ] {
        let held = fakes.hold(CHECK_GITLAB);
        check.press().await;
        assert!(check.has_focus());
        held.answer(answer).await;
        assert_eq!(card.state(), state);
        assert!(check.is_visible());
        assert!(check.has_focus(), "{state}");
    }
}

#[wasm_bindgen_test]
async fn the_card_receives_the_focus_if_check_is_no_longer_offered() {
    let fakes = Fakes::install();
    let renewable = Link {
        has_refresh_token: true,
        expires: Expiry::At(in_hours(-1)),
        ..link("gitlab")
    };
    let card = Card::of(&fakes, &gitlab(), Some(&renewable)).await;
    fakes.answer(CHECK_GITLAB, Answer::json(&live_refused()));
    // Unlinked elsewhere.
    fakes.answer(LIST, list(&[gitlab()], &[]));

    card.part.button("Check GitLab").press().await;

    assert_eq!(card.state(), "Not linked");
    assert!(card.part.has_focus());
}

#[wasm_bindgen_test]
async fn the_focus_is_not_moved_after_the_person_has_removed_it() {
    let fakes = Fakes::install();
    let card = Card::of(&fakes, &gitlab(), Some(&link("gitlab"))).await;
    let held = fakes.hold(CHECK_GITLAB);
    let check = card.part.button("Check GitLab");
    check.press().await;
    // A click outside of every control.
    check.call("blur");

    held.answer(Answer::json(&live())).await;

    assert!(!card.part.has_focus());
}

#[wasm_bindgen_test]
async fn a_check_without_a_result_does_not_change_the_link() {
    let limited = Answer::error(429, "slow down").header("Retry-After", "60");
    let failed = Answer::error(500, "Failed to validate token.");
    let unreadable = Answer::json(&"OK");
    for answer in [Some(limited), Some(failed), Some(unreadable), None] {
        let fakes = Fakes::install();
        let card = Card::of(&fakes, &gitlab(), Some(&link("gitlab"))).await;
        match answer {
            Some(answer) => fakes.answer(CHECK_GITLAB, answer),
            None => fakes.fail(CHECK_GITLAB),
        }

        card.part.button("Check GitLab").press().await;

        let main = Some(("Check again", false));
        let expected = offered("Couldn't check", main, &FAILED);
        assert_eq!(offer(&card), expected);
        assert!(card.part.says("Your link is unchanged"));
        let said = card.open.page.announcements();
        assert_eq!(said, "GitLab: Couldn't check.");
    }
}

#[wasm_bindgen_test]
async fn the_sign_in_page_of_a_proxy_does_not_change_the_link() {
    for answer in [
        Answer::html(200, "<html>Sign in to the proxy</html>"),
        Answer::opaque_redirect(),
    ] {
        let fakes = Fakes::install();
        let card = Card::of(&fakes, &gitlab(), Some(&link("gitlab"))).await;
        fakes.answer(CHECK_GITLAB, answer);

        card.part.button("Check GitLab").press().await;

        assert_eq!(card.state(), "Linked");
        let alerts = card.open.page.alerts();
        assert!(alerts.contains("signed out at a proxy"), "{alerts}");
        assert!(!card.part.is_busy());
    }
}

#[wasm_bindgen_test]
async fn a_check_ends_without_a_result_after_its_time_limit() {
    let fakes = Fakes::install();
    let card = Card::of(&fakes, &gitlab(), Some(&link("gitlab"))).await;
    fakes.hold(CHECK_GITLAB);
    card.part.button("Check GitLab").press().await;

    fakes.advance(seconds(30)).await;

    assert_eq!(card.state(), "Couldn't check");
    assert!(card.part.says("took too long to answer"));
    assert_eq!(card.part.actions(), FAILED);
}

#[wasm_bindgen_test]
async fn a_lost_connection_is_not_attributed_to_the_provider() {
    let fakes = Fakes::install();
    let card = Card::of(&fakes, &gitlab(), Some(&link("gitlab"))).await;
    fakes.fail(CHECK_GITLAB);

    card.part.button("Check GitLab").press().await;

    assert!(!card.part.says("GitLab couldn't be reached"));
}

#[wasm_bindgen_test]
async fn a_refused_check_shows_the_reason_until_it_is_dismissed() {
    let fakes = Fakes::install();
    let card = Card::of(&fakes, &gitlab(), Some(&link("gitlab"))).await;
    fakes.answer(CHECK_GITLAB, Answer::error(404, "no"));
    card.part.button("Check GitLab").press().await;

    let words = "The check failed. Coder doesn't have this provider.";
    assert!(card.part.says(words), "{}", card.part.text());
    assert_eq!(card.state(), "Linked");
    card.part.button("Dismiss").press().await;
    assert!(!card.part.says(words));
}

#[wasm_bindgen_test]
async fn dismissing_a_notice_keeps_the_focus_on_the_card() {
    let fakes = Fakes::install();
    let card = Card::of(&fakes, &gitlab(), Some(&link("gitlab"))).await;
    fakes.answer(CHECK_GITLAB, Answer::error(404, "no"));
    card.part.button("Check GitLab").press().await;

    card.part.button("Dismiss").press().await;

    let active = leptos::prelude::document().active_element();
    assert!(active.is_some_and(|active| card.part.0.contains(Some(&active))));
}

#[wasm_bindgen_test]
async fn a_new_check_removes_the_old_notice() {
    let fakes = Fakes::install();
    let card = Card::of(&fakes, &gitlab(), Some(&link("gitlab"))).await;
    fakes.answer(CHECK_GITLAB, Answer::error(404, "no"));
    card.part.button("Check GitLab").press().await;
    assert!(card.part.says("The check failed."));

    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    card.part.button("Check GitLab").press().await;

    assert!(!card.part.says("The check failed."));
}

#[wasm_bindgen_test]
async fn details_contain_what_an_operator_needs() {
    let fakes = Fakes::install();
    let provider = Provider {
        kind: "gitlab".into(),
        code_challenge_methods_supported: vec!["S256".into()],
        ..provider("work", "GitLab")
    };
    let page = "<p>sorry</p>".repeat(1_000);
    let error = format!("validate external auth token: status 503: body: {page}");
    let card = Card::of(&fakes, &provider, Some(&broken_link("work", &error))).await;
    assert!(!card.part.says("S256"));

    card.open_row().await;

    let details = card.part.text();
    for words in ["Provider ID work", "Type gitlab", "PKCE S256"] {
        assert!(details.contains(words), "{words} in {details}");
    }
    assert!(details.contains("Last answer validate external auth token: status 503"));
    assert!(details.chars().count() < 900, "cut");
}

#[wasm_bindgen_test]
async fn missing_pkce_is_called_not_used() {
    for (methods, words) in [
        (vec![], "PKCE Not used"),
        (vec!["none"], "PKCE Not used"),
        (vec!["None", ""], "PKCE Not used"),
        (vec!["none", "S256", "plain"], "PKCE S256, plain"),
    ] {
        let fakes = Fakes::install();
        let provider = Provider {
            code_challenge_methods_supported: methods.into_iter().map(Into::into).collect(),
            ..gitlab()
        };
        let card = Card::of(&fakes, &provider, Some(&link("gitlab"))).await;
        card.open_row().await;
        assert!(card.part.says(words), "{}", card.part.text());
    }
}

#[wasm_bindgen_test]
async fn an_old_failure_is_not_shown_beside_a_link_that_works() {
    let fakes = Fakes::install();
    let card = Card::of(&fakes, &gitlab(), Some(&link("gitlab"))).await;
    fakes.answer(CHECK_GITLAB, Answer::error(500, "a passing thing"));
    card.part.button("Check GitLab").press().await;
    card.open_row().await;
    assert!(card.part.says("a passing thing"));

    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    card.part.button("Check again GitLab").press().await;

    assert_eq!(card.state(), "Linked");
    assert!(!card.part.says("a passing thing"), "{}", card.part.text());
}

#[wasm_bindgen_test]
async fn a_sign_in_that_ended_says_so_and_what_to_do() {
    for (error, line, in_full) in [
        (
            "token expired and refreshing failed 2 days ago with: invalid_grant",
            "GitLab wouldn't renew it. Re-authenticate to keep using it.",
            "Your sign-in expired and GitLab wouldn't renew it.",
        ),
        (
            "token expired, refreshing is either disabled or refreshing failed",
            "Re-authenticate to keep using it.",
            "Your sign-in expired and ",
        ),
    ] {
        let fakes = Fakes::install();
        let card = Card::of(&fakes, &gitlab(), Some(&broken_link("gitlab", error))).await;
        assert_eq!(card.state(), "Sign-in expired", "{error}");
        assert!(card.part.says(line), "{}", card.part.text());
        assert!(!card.part.says(in_full), "the panel has the whole sentence");
        card.open_row().await;
        assert!(card.part.says(in_full), "{}", card.part.text());
    }
}

#[wasm_bindgen_test]
async fn an_end_that_is_near_is_the_state_and_is_updated() {
    let fakes = Fakes::install();
    let link = Link {
        expires: Expiry::At(in_hours(3)),
        ..link("gitlab")
    };
    let card = Card::of(&fakes, &gitlab(), Some(&link)).await;

    assert_eq!(card.state(), "Ends in 3 hours");
    let main = card.main_action().expect("an action");
    assert_eq!(main.text(), "Re-authenticate");
    assert!(!main.0.class_list().contains("button--main"), "outlined");
    assert!(
        card.part
            .says("It doesn't renew. Re-authenticate to keep using it.")
    );
    fakes.advance(seconds(3_600)).await;
    assert_eq!(card.state(), "Ends in 2 hours");
}

#[wasm_bindgen_test]
async fn a_provider_without_a_link_is_told_from_others_by_what_is_known() {
    for (provider, line) in [
        (gitlab(), "gitlab"),
        (provider("work", "GitLab"), "work"),
        (
            Provider {
                device: true,
                ..provider("work", "GitLab")
            },
            "work · with a code",
        ),
        (
            Provider {
                device: true,
                ..provider("internal-git", "")
            },
            "With a code",
        ),
    ] {
        let fakes = Fakes::install();
        let provider = Provider {
            kind: String::new(),
            ..provider
        };
        let card = Card::of(&fakes, &provider, None).await;
        let fact = card.part.select(".provider-card__fact");
        assert_eq!(fact[0].text(), line);
    }
}

#[wasm_bindgen_test]
async fn the_panel_has_each_fact_with_its_name_and_its_exact_time() {
    let fakes = Fakes::install();
    let link = Link {
        created_at: Some(in_hours(-48)),
        expires: Expiry::At(in_hours(72)),
        ..link("gitlab")
    };
    let card = Card::of(&fakes, &gitlab(), Some(&link)).await;
    card.open_row().await;

    let facts = card.part.select(".provider-fact");
    let facts: Vec<_> = facts.iter().map(Part::text).collect();
    let ended = "Access Ends in 3 days, no refresh token: you will have to link again";
    for (start, has_time) in [
        (ended, true),
        ("Linked since 2 days ago", true),
        ("Last checked just now", true),
        ("Provider ID gitlab", false),
        ("PKCE ", false),
    ] {
        let fact = facts.iter().find(|fact| {
            let fact = fact.to_lowercase();
            fact.starts_with(&start.to_lowercase())
        });
        let fact = fact.unwrap_or_else(|| panic!("{start} in {facts:?}"));
        assert_eq!(fact.contains("2026"), has_time, "{fact}");
    }
}
