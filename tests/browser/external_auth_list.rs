//! The list while it loads, when it fails, when it is empty, and when it is out
//! of date.

use coder_external_auth::Config;
use external_auth_core::wire::Provider;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::sample::{broken_link, github, gitlab, link, list, live, provider};
use crate::support::{
    Answer, CHECK_GITHUB, Fakes, LIST, Part, Query, open_list, open_page, open_page_with, seconds,
    settle,
};

const TITLE: &str = "External authentication";
const SLOW: &str = "Still checking.";

/// Whether the page shows the skeleton.
fn has_skeleton(page: &Part) -> bool {
    let found = page.select(".list-skeleton");
    // The skeleton is hidden from screen readers; `aria-busy` tells them.
    let hidden = |part: &Part| part.attribute("aria-hidden").as_deref() == Some("true");
    assert!(found.iter().all(hidden));
    found.iter().any(Part::is_visible)
}

fn is_busy(page: &Part) -> bool {
    page.select("section")[0].is_busy()
}

#[wasm_bindgen_test]
async fn the_first_load_shows_a_skeleton() {
    let fakes = Fakes::install();
    let held = fakes.hold(LIST);

    let page = open_page().await;
    assert_eq!(page.text(), TITLE);
    assert!(has_skeleton(&page));
    assert!(is_busy(&page));
    assert_eq!(page.buttons(), [""; 0]);

    held.answer(list(&[gitlab()], &[])).await;
    assert!(!has_skeleton(&page));
    assert!(!is_busy(&page));
    assert_eq!(page.cards(), ["GitLab"]);
    assert_eq!(page.alerts(), "");
}

#[wasm_bindgen_test]
async fn a_slow_load_is_explained_after_five_seconds() {
    let fakes = Fakes::install();
    let held = fakes.hold(LIST);
    let page = open_page().await;

    fakes.advance(std::time::Duration::from_millis(4_999)).await;
    assert!(!page.says(SLOW));
    fakes.advance(std::time::Duration::from_millis(1)).await;
    assert!(page.says(SLOW));
    assert!(page.announcements().contains(SLOW));
    assert!(has_skeleton(&page));

    held.answer(list(&[], &[])).await;
    assert!(!page.says(SLOW));
}

#[wasm_bindgen_test]
async fn each_slow_load_is_explained() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[]));
    let page = open_page().await;
    fakes.advance(seconds(60)).await;
    assert!(!page.says(SLOW));

    let held = fakes.hold(LIST);
    page.button("Refresh").press().await;
    fakes.advance(seconds(5)).await;
    assert!(page.says(SLOW));
    held.fail().await;
    assert!(!page.says(SLOW));
}

#[wasm_bindgen_test]
async fn an_empty_list_links_to_the_documentation() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[], &[]));
    let config = Config {
        docs_url: "https://wiki.example/git".into(),
        ..Config::default()
    };

    let page = open_page_with(config).await;

    assert_eq!(page.headings(), [TITLE, "No providers are configured"]);
    let docs = page.link("How to configure external authentication");
    let url = docs.attribute("href");
    assert_eq!(url.as_deref(), Some("https://wiki.example/git"));
    assert_eq!(
        docs.attribute("rel").as_deref(),
        Some("noopener noreferrer")
    );
    assert_eq!(page.alerts(), "");
    assert!(!has_skeleton(&page));
    assert!(!page.says("0 of 0"), "{}", page.text());
    let lists = page.select("[role=list]");
    assert!(!lists.iter().any(Part::is_visible), "no empty list");
}

#[wasm_bindgen_test]
async fn providers_that_are_added_later_replace_the_empty_list() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[], &[]));
    let page = open_page().await;

    fakes.answer(LIST, list(&[gitlab()], &[]));
    page.button("Refresh").press().await;

    assert_eq!(page.headings(), [TITLE, "Available 1", "GitLab"]);
}

#[wasm_bindgen_test]
async fn a_404_of_the_list_is_not_a_missing_provider() {
    let fakes = Fakes::install();
    fakes.answer(LIST, Answer::html(404, "<h1>Not found</h1>"));
    let page = open_page().await;

    let words = "The list couldn't be loaded. This isn't the address of Coder";
    assert!(page.alerts().starts_with(words), "{}", page.alerts());
}

#[wasm_bindgen_test]
async fn a_failed_first_load_shows_why_and_offers_to_try_again() {
    let fakes = Fakes::install();
    fakes.answer(LIST, Answer::html(502, "<h1>Bad <b>Gateway</b></h1>"));
    let page = open_page().await;

    assert!(
        page.alerts()
            .starts_with("The list couldn't be loaded. Coder or a proxy returned an error (502).")
    );
    assert!(!has_skeleton(&page));
    assert!(!page.says("Bad"), "the answer itself is folded away");
    page.unfold("Details").await;
    assert!(page.says("GET /api/v2/external-auth answered 502: a web page: <h1>Bad <b>Gateway"));
    assert_eq!(page.headings(), [TITLE]);

    fakes.answer(LIST, list(&[gitlab()], &[]));
    page.button("Try again").press().await;
    assert_eq!(page.cards(), ["GitLab"]);
    assert_eq!(page.alerts(), "");
}

#[wasm_bindgen_test]
async fn each_kind_of_failure_has_a_sentence() {
    let unreadable = Answer::html(200, "<html>Sign in to the proxy</html>");
    let limited = Answer::error(429, "slow down").header("Retry-After", "7");
    for (answer, words) in [
        (Some(unreadable), "The answer isn't from Coder."),
        (Some(limited), "Try again in 7 seconds"),
        (Some(Answer::error(403, "no")), "You don't have permission"),
        (None, "Coder couldn't be reached."),
    ] {
        let fakes = Fakes::install();
        match answer {
            Some(answer) => fakes.answer(LIST, answer),
            None => fakes.fail(LIST),
        }
        let page = open_page().await;
        assert!(page.alerts().contains(words), "{}", page.alerts());
    }
}

#[wasm_bindgen_test]
async fn a_list_that_takes_too_long_fails() {
    let fakes = Fakes::install();
    fakes.hold(LIST);
    let page = open_page().await;

    fakes.advance(seconds(180)).await;

    assert!(page.alerts().contains("took too long to answer"));
    assert!(page.button("Try again").is_visible());
    assert!(!page.says(SLOW));
}

#[wasm_bindgen_test]
async fn a_failed_refresh_keeps_the_list_and_says_that_it_is_old() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let page = open_page().await;
    let card = page.card("GitLab");

    fakes.fail(LIST);
    page.button("Refresh").press().await;

    let old = "The list couldn't be refreshed. Showing the last loaded list.";
    assert!(page.alerts().starts_with(old), "{}", page.alerts());
    assert_eq!(page.card("GitLab"), card);
    assert!(card.says("Linked"));
    assert!(page.says("1 of 1 linked"));

    fakes.answer(LIST, list(&[gitlab()], &[]));
    page.button("Try again").press().await;
    assert_eq!(page.alerts(), "");
    assert!(page.says("0 of 1 linked"));
}

#[wasm_bindgen_test]
async fn a_failed_retry_keeps_the_focus() {
    let fakes = Fakes::install();
    fakes.fail(LIST);
    let page = open_page().await;
    let held = fakes.hold(LIST);

    let again = page.button("Try again");
    again.press().await;
    assert!(again.has_focus());
    held.fail().await;

    assert!(page.button("Try again").has_focus());
}

#[wasm_bindgen_test]
async fn a_successful_retry_keeps_the_focus_on_the_page() {
    let fakes = Fakes::install();
    fakes.fail(LIST);
    let page = open_page().await;
    fakes.answer(LIST, list(&[gitlab()], &[]));

    page.button("Try again").press().await;

    assert!(has_focus_within(&page));
}

/// Whether an element of the page has the focus, not the body.
fn has_focus_within(page: &Part) -> bool {
    let active = leptos::prelude::document().active_element();
    active.is_some_and(|active| page.0.contains(Some(&active)))
}

#[wasm_bindgen_test]
async fn a_refresh_shows_that_it_runs_and_announces_its_end() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[]));
    let page = open_page().await;
    let held = fakes.hold(LIST);

    let refresh = page.button("Refresh");
    refresh.press().await;
    assert_eq!(page.button("Loading…"), refresh);
    assert!(refresh.is_disabled());
    assert!(refresh.has_focus());
    assert!(is_busy(&page));
    assert!(!has_skeleton(&page), "the rows stay");
    assert_eq!(page.cards(), ["GitLab"]);
    // A second press sends no request.
    refresh.press().await;
    assert_eq!(fakes.count(LIST), 2);

    held.answer(list(&[gitlab()], &[])).await;
    assert_eq!(page.button("Refresh"), refresh);
    assert!(!refresh.is_disabled());
    assert!(refresh.has_focus());
    assert_eq!(page.announcements(), "The list is up to date.");
}

#[wasm_bindgen_test]
async fn the_first_load_is_not_announced() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[]));

    let page = open_page().await;

    assert_eq!(page.announcements(), "");
}

#[wasm_bindgen_test]
async fn providers_that_need_attention_come_first_and_the_summary_counts_all() {
    let fakes = Fakes::install();
    let providers = [
        provider("a", "Not linked A"),
        provider("b", "Linked B"),
        provider("c", "Broken C"),
        provider("d", "Not linked D"),
        provider("e", "Linked E"),
        provider("f", "Limited F"),
    ];
    let links = [
        link("gone"),
        link("b"),
        broken_link("c", "token failed to validate"),
        link("e"),
        broken_link("f", "validate external auth token: status 429: body: x"),
    ];
    fakes.answer(LIST, list(&providers, &links));

    let page = open_page().await;
    let headings = [
        "Needs attention 2",
        "Linked 2",
        "Available 2",
        "No longer configured 1",
    ];
    let shown = page.select(".row-group__heading");
    assert_eq!(shown.iter().map(Part::text).collect::<Vec<_>>(), headings);
    assert_eq!(page.cards().len(), 6, "the last group is folded");
    page.unfold_removed().await;

    let expected = [
        "Broken C",
        "Limited F",
        "Linked B",
        "Linked E",
        "Not linked A",
        "Not linked D",
        "gone",
    ];
    assert_eq!(page.cards(), expected);
    assert!(page.says("4 of 6 linked, 2 need attention."));
}

#[wasm_bindgen_test]
async fn the_summary_includes_the_result_of_a_live_check() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[github()], &[link("github")]));
    let held = fakes.hold(CHECK_GITHUB);
    let page = open_page().await;
    assert!(page.says("1 of 1 linked") && !page.says("attention"));

    held.answer(Answer::error(500, "Failed to validate token."))
        .await;

    assert!(page.says("1 of 1 linked, 1 needs attention"));
}

#[wasm_bindgen_test]
async fn providers_with_the_same_name_show_their_ids() {
    let fakes = Fakes::install();
    let nameless = Provider {
        kind: String::new(),
        ..provider("internal", "")
    };
    let providers = [github(), provider("github-work", "GitHub"), nameless];
    fakes.answer(LIST, list(&providers, &[]));

    let page = open_page().await;

    let expected = ["GitHub (github)", "GitHub (github-work)", "internal"];
    assert_eq!(page.cards(), expected);
    let work = page.card("GitHub (github-work)");
    assert_eq!(work.actions(), ["Link GitHub (github-work)"]);
}

#[wasm_bindgen_test]
async fn an_orphan_and_a_provider_with_the_same_name_show_their_ids() {
    let fakes = Fakes::install();
    let nameless = provider("github-new", "");
    let nameless = Provider {
        kind: "github".into(),
        ..nameless
    };
    fakes.answer(LIST, list(&[nameless], &[link("github")]));

    let page = open_page().await;
    page.unfold_removed().await;

    let cards = page.cards();
    assert_eq!(cards.len(), 2);
    assert_ne!(cards[0], cards[1]);
}

#[wasm_bindgen_test]
async fn the_end_of_the_session_is_shown_once_with_a_sign_in_link() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let page = open_page().await;
    fakes.answer(LIST, Answer::error(401, "no"));
    let _query = Query::set("?view=accounts");

    page.button("Refresh").press().await;

    let said = "Your session has ended. Showing the last loaded list; sign in to continue.";
    assert_eq!(page.alerts(), format!("{said} Sign in"));
    let url = page.link("Sign in").attribute("href").unwrap();
    assert_eq!(url, "/login?redirect=%2F%3Fview%3Daccounts");
    assert!(page.card("GitLab").says("Linked"));
}

#[wasm_bindgen_test]
async fn a_session_that_ended_before_the_first_list_is_shown() {
    let fakes = Fakes::install();
    fakes.answer(LIST, Answer::error(401, "no"));

    let page = open_page().await;

    assert!(page.alerts().contains("Your session has ended."));
    assert!(page.link("Sign in").is_visible());
    assert!(!has_skeleton(&page));
    assert_eq!(page.cards(), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_check_that_finds_the_session_ended_shows_this_once() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let page = open_page().await;
    fakes.answer("GET /api/v2/external-auth/gitlab", Answer::error(401, "no"));

    page.button("Check GitLab").press().await;

    let times = page.text().matches("session has ended").count();
    assert_eq!(times, 1);
    assert!(page.alerts().contains("session has ended"));
}

#[wasm_bindgen_test]
async fn a_return_from_linking_shows_the_result() {
    for (links, words) in [
        (vec![link("gitlab")], "GitLab is linked."),
        (
            vec![],
            "Linking GitLab wasn't finished. You can try again any time.",
        ),
    ] {
        let fakes = Fakes::install();
        fakes.answer(LIST, list(&[gitlab()], &links));
        let query = Query::come_back("gitlab", "?view=accounts");

        let page = open_page().await;

        let card = page.card("GitLab");
        assert!(card.says(words), "{}", card.text());
        assert_eq!(page.announcements(), words);
        // A reload does not show it again.
        assert_eq!(Query::now(), "?view=accounts");
        drop(query);
    }
}

#[wasm_bindgen_test]
async fn a_return_from_linking_focuses_the_card() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let _query = Query::come_back("gitlab", "");

    let page = open_page().await;

    assert!(page.card("GitLab").has_focus());
}

#[wasm_bindgen_test]
async fn a_return_for_an_unknown_provider_shows_the_list() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[]));
    let _query = Query::come_back("<img>", "");

    let page = open_page().await;

    assert_eq!(page.cards(), ["GitLab"]);
    assert_eq!(page.announcements(), "");
    assert!(!page.says("<img>"));
}

#[wasm_bindgen_test]
async fn parameters_of_the_embedding_page_stay_in_the_address() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let _query = Query::set("?linked=gitlab&a=(1),+%7e&flag#/accounts;x");

    let page = open_page().await;

    assert_eq!(Query::now(), "?linked=gitlab&a=(1),+%7e&flag#/accounts;x");
    assert!(!page.says("GitLab is linked."), "nobody linked it");
}

#[wasm_bindgen_test]
async fn a_return_from_linking_restores_the_query_and_fragment() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let _query = Query::come_back("gitlab", "?linked=yes&a=+;b,c#/accounts/mine?x");
    let state = JsValue::from_str("of a router");
    Query::set_history_state(&state);

    let page = open_page().await;

    assert!(page.card("GitLab").says("GitLab is linked."));
    assert_eq!(Query::now(), "?linked=yes&a=+;b,c#/accounts/mine?x");
    assert_eq!(Query::history_state(), state);
}

#[wasm_bindgen_test]
async fn the_sign_in_link_keeps_the_fragment() {
    let fakes = Fakes::install();
    fakes.answer(LIST, Answer::error(401, "no"));
    let _query = Query::set("?a=b#/settings/accounts");

    let page = open_page().await;

    let url = page.link("Sign in").attribute("href").unwrap();
    assert!(url.ends_with("%3Fa%3Db%23%2Fsettings%2Faccounts"), "{url}");
}

#[wasm_bindgen_test]
async fn a_live_answer_changes_only_its_card() {
    let fakes = Fakes::install();
    let links = [link("github"), link("gitlab")];
    fakes.answer(LIST, list(&[github(), gitlab()], &links));
    let held = fakes.hold(CHECK_GITHUB);
    let open = open_list();
    open.load().await;
    assert!(!open.page.says("@ada"));

    held.answer(Answer::json(&live())).await;
    settle().await;

    assert!(open.page.card("GitHub").says("@ada"));
    assert!(!open.page.card("GitLab").says("@ada"));
}

#[wasm_bindgen_test]
async fn a_deployment_at_another_origin_gets_the_requests_and_the_sign_in() {
    let fakes = Fakes::install();
    let request = "GET https://coder.example/api/v2/external-auth";
    fakes.answer(request, list(&[gitlab()], &[]));
    let config = Config {
        base_url: "https://coder.example".into(),
        ..Config::default()
    };
    let page = open_page_with(config).await;
    assert_eq!(page.cards(), ["GitLab"]);

    fakes.answer(request, Answer::error(401, "no"));
    page.button("Refresh").press().await;

    let url = page.link("Sign in").attribute("href").unwrap();
    assert!(
        url.starts_with("https://coder.example/login?redirect="),
        "{url}"
    );
}

#[wasm_bindgen_test]
async fn a_deployment_that_is_not_an_address_is_said_by_the_name_of_its_setting() {
    let fakes = Fakes::install();
    let config = Config {
        base_url: Config::base("javascript:alert(1)"),
        refused_setting: Some("data-base-url"),
        ..Config::default()
    };

    let page = open_page_with(config).await;

    let words = "data-base-url isn't an address that can be used here";
    assert!(page.alerts().starts_with(words), "{}", page.alerts());
    assert!(!page.says("couldn't be reached"));
    assert_eq!(page.buttons(), [""; 0]);
    assert_eq!(fakes.requests(), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_documentation_address_that_is_none_is_said_beside_the_list() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[]));
    let config = Config {
        refused_setting: Some("data-docs-url"),
        ..Config::default()
    };

    let page = open_page_with(config).await;

    assert!(page.alerts().starts_with("data-docs-url isn't an address"));
    assert_eq!(page.cards(), ["GitLab"]);
}

/// A name from right to left would reorder the words around it.
#[wasm_bindgen_test]
async fn names_are_isolated_in_headings_and_labels() {
    const ISOLATED: &str = "\u{2068}\u{5d0}\u{5d1}. Linked\u{2069}";
    let fakes = Fakes::install();
    let hostile = provider("hebrew", "\u{5d0}\u{5d1}.\n Linked\u{202c}");
    let shown = ISOLATED.replace('\u{2069}', "\\u{202c}\u{2069}");
    fakes.answer(LIST, list(&[hostile], &[]));

    let page = open_page().await;

    assert_eq!(page.headings(), [TITLE, "Available 1", &shown]);
    assert_eq!(page.cards(), [&*shown]);
    assert_eq!(page.select(".provider-icon")[0].text(), "\u{5d0}");
    let link = page.select("[data-action=link]");
    assert_eq!(
        link[0].attribute("aria-label"),
        Some(format!("Link {shown}"))
    );
}

#[wasm_bindgen_test]
async fn a_row_stays_in_its_group_until_the_person_asks_for_a_new_order() {
    let fakes = Fakes::install();
    let links = [link("gitlab"), link("github")];
    fakes.answer(LIST, list(&[github(), gitlab()], &links));
    let held = fakes.hold(CHECK_GITHUB);
    let open = open_list();
    open.load().await;
    let page = &open.page;
    assert_eq!(page.headings(), [TITLE, "Linked 2", "GitHub", "GitLab"]);
    assert!(
        !page
            .buttons()
            .contains(&"1 more needs attention".to_owned())
    );

    held.answer(Answer::error(500, "Failed to validate token."))
        .await;

    // Nothing moves under the pointer.
    assert_eq!(page.headings(), [TITLE, "Linked 2", "GitHub", "GitLab"]);
    page.button("1 more needs attention").press().await;
    settle().await;

    let headings = [TITLE, "Needs attention 1", "GitHub", "Linked 1", "GitLab"];
    assert_eq!(page.headings(), headings);
    assert!(page.card("GitHub").has_focus());
    assert!(!page.says("more needs attention"));
}
