//! Searching a long list, checking all providers, and the warning about a
//! failed revocation.

use external_auth_core::wire::{Account, Expiry, ExternalAuth, Installation, Link, Provider};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::sample::{
    account, github, gitlab, in_hours, link, list, live, live_refused, provider,
};
use crate::support::{
    Answer, CHECK_GITHUB, CHECK_GITLAB, CURRENT_USER, CsrfTag, Fakes, LIST, Mounted, Part, Query,
    UNLINK_GITLAB, fire_on_window, open_page, seconds, settle,
};

/// A list of eight providers that are not linked, and GitLab, which is linked.
fn nine() -> Answer {
    let mut providers: Vec<Provider> = (1..=8)
        .map(|number| provider(&format!("forge-{number}"), &format!("Forge {number}")))
        .collect();
    providers.push(gitlab());
    list(&providers, &[link("gitlab")])
}

fn field(page: &Part) -> Part {
    page.select("[type=search]").remove(0)
}

/// Types words into a field, as with the keyboard.
async fn fill(field: &Part, words: &str) {
    let value = wasm_bindgen::JsValue::from(words);
    js_sys::Reflect::set(&field.0, &"value".into(), &value).unwrap();
    field.fire("input").await;
}

#[wasm_bindgen_test]
async fn a_short_list_has_no_search() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab(), github()], &[]));
    let page = open_page().await;

    assert_eq!(page.select("[type=search]"), []);
}

#[wasm_bindgen_test]
async fn a_long_list_is_searched_and_filtered_and_the_address_keeps_both() {
    let fakes = Fakes::install();
    let _query = Query::set("?x=1");
    fakes.answer(LIST, nine());
    let page = open_page().await;
    assert_eq!(page.cards().len(), 9);

    fill(&field(&page), "forge 7").await;
    assert_eq!(page.cards(), ["Forge 7"]);
    assert!(page.says("1 of 9 shown"));
    assert_eq!(Query::now(), "?x=1&q=forge+7");
    fakes.advance(seconds(1)).await;
    assert!(page.announcements().contains("1 of 9 shown"));

    fill(&field(&page), "").await;
    page.button("Linked 1").press().await;
    assert_eq!(page.cards(), ["GitLab"]);
    assert_eq!(Query::now(), "?x=1&show=linked");
    fill(&field(&page), "forge").await;
    assert!(page.says("No matching providers"));
    page.button("Clear search and filter").press().await;
    assert_eq!(page.cards().len(), 9);
    assert!(field(&page).has_focus());
    assert_eq!(Query::now(), "?x=1");
}

/// Presses Escape in an element, and returns whether a capturing listener of the
/// document, such as that of a dialog, hears it.
async fn is_escape_heard(part: &Part) -> bool {
    let press = js_sys::Function::new_with_args(
        "target",
        "let heard = false;
        const hear = () => (heard = true);
        document.addEventListener('keydown', hear, true);
        const options = { key: 'Escape', bubbles: true, cancelable: true, composed: true };
        target.dispatchEvent(new KeyboardEvent('keydown', options));
        document.removeEventListener('keydown', hear, true);
        return heard;",
    );
    let heard = press.call1(&wasm_bindgen::JsValue::NULL, &part.0).unwrap();
    settle().await;
    heard.is_truthy()
}

#[wasm_bindgen_test]
async fn an_escape_that_clears_the_search_is_heard_by_nobody_else() {
    let fakes = Fakes::install();
    let _query = Query::set("");
    fakes.answer(LIST, nine());
    let page = open_page().await;
    let field = field(&page);
    assert!(is_escape_heard(&field).await, "nothing to clear");

    fill(&field, "forge 7").await;
    assert!(is_escape_heard(&page.button("Refresh")).await, "elsewhere");
    assert_eq!(page.cards(), ["Forge 7"]);
    assert!(!is_escape_heard(&field).await);
    assert_eq!(page.cards().len(), 9);
    assert!(is_escape_heard(&field).await, "nothing to clear any longer");
}

#[wasm_bindgen_test]
async fn a_search_keeps_the_rest_of_the_address() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let _query = Query::set("?a=(1),+%7e&flag&q=lab#/accounts;x");
    let state = wasm_bindgen::JsValue::from_str("of a router");
    Query::set_history_state(&state);

    let page = open_page().await;
    fill(&field(&page), "git").await;

    assert_eq!(Query::now(), "?a=(1),+%7e&flag&q=git#/accounts;x");
    assert_eq!(Query::history_state(), state);
}

#[wasm_bindgen_test]
async fn the_search_is_read_from_the_address() {
    let fakes = Fakes::install();
    let _query = Query::set("?q=forge&show=not-linked");
    fakes.answer(LIST, nine());

    let page = open_page().await;

    assert_eq!(page.cards().len(), 8);
    assert!(!page.cards().contains(&"GitLab".to_owned()));
    let filter = page.button("Not linked 8");
    assert_eq!(filter.attribute("aria-pressed").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn all_linked_providers_are_checked_a_few_at_a_time() {
    let fakes = Fakes::install();
    let providers: Vec<Provider> = (1..=6)
        .map(|number| provider(&format!("forge-{number}"), &format!("Forge {number}")))
        .collect();
    let links: Vec<_> = (1..=6)
        .map(|number| link(&format!("forge-{number}")))
        .collect();
    fakes.answer(LIST, list(&providers, &links));
    let held: Vec<_> = (1..=5)
        .map(|number| fakes.hold(&format!("GET /api/v2/external-auth/forge-{number}")))
        .collect();
    let page = open_page().await;

    page.button("Check all").press().await;
    assert_eq!(fakes.requests().len(), 1 + 4);
    assert!(page.says("Checked 0 of 6"));
    held[0].answer(Answer::json(&live())).await;
    assert!(page.says("Checked 1 of 6"));
    assert_eq!(fakes.requests().len(), 1 + 5);

    page.button("Stop checking").press().await;
    assert!(page.button("Check all").has_focus());
    assert!(page.announcements().contains("Checking stopped."));
    assert!(
        fakes
            .network
            .sent("GET /api/v2/external-auth/forge-2")
            .is_aborted()
    );
    assert_eq!(fakes.requests().len(), 1 + 5, "nothing more is asked");
    assert!(!page.card("Forge 2").is_busy());
}

#[wasm_bindgen_test]
async fn a_stop_is_announced_at_once_while_the_final_list_is_loading() {
    let fakes = Fakes::install();
    let renewable = |id: &str| Link {
        has_refresh_token: true,
        expires: Expiry::At(in_hours(-1)),
        ..link(id)
    };
    let gitea = provider("gitea", "Gitea");
    let links = [renewable("gitlab"), renewable("gitea")];
    fakes.answer(LIST, list(&[gitlab(), gitea], &links));
    fakes.answer(CHECK_GITLAB, Answer::json(&live_refused()));
    let check_gitea = "GET /api/v2/external-auth/gitea";
    fakes.answer(check_gitea, Answer::json(&live_refused()));
    let page = open_page().await;
    let held = fakes.hold(LIST);
    page.button("Check all").press().await;
    assert!(held.is_asked());
    assert!(page.says("Checked 2 of 2"));

    page.button("Stop checking").press().await;

    let said = page.announcements();
    assert!(said.contains("Checking stopped."), "{said}");
    assert!(page.button("Check all").has_focus());
    drop(held);
}

#[wasm_bindgen_test]
async fn checking_all_stops_at_the_rate_limit() {
    let fakes = Fakes::install();
    let gitea = provider("gitea", "Gitea");
    let links = [link("gitlab"), link("gitea")];
    fakes.answer(LIST, list(&[gitlab(), gitea], &links));
    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    let limited = Answer::error(429, "slow down");
    fakes.answer("GET /api/v2/external-auth/gitea", limited);
    let page = open_page().await;

    page.button("Check all").press().await;

    let said = page.announcements();
    assert!(
        said.contains("Checked 1 of 2: 1 needs attention. Coder is limiting requests"),
        "{said}"
    );
    assert!(page.card("Gitea").says("Coder is limiting requests"));
}

async fn unlink_gitlab(page: &Mounted) {
    page.button("Unlink GitLab").press().await;
    page.dialog("Unlink GitLab?").button("Unlink").press().await;
}

fn user(id: &str) -> Answer {
    Answer::json(&json!({ "id": id }))
}

#[wasm_bindgen_test]
async fn a_warning_is_shown_only_to_the_person_it_is_for() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let answer = json!({ "token_revoked": false, "token_revocation_error": "503" });
    fakes.answer(UNLINK_GITLAB, Answer::json(&answer));
    fakes.answer(CURRENT_USER, user("ada"));
    let page = open_page().await;
    unlink_gitlab(&page).await;
    let words = "may still be valid";
    assert!(page.card("GitLab").says(words));
    let url = page
        .link("Authorized applications at gitlab.com")
        .attribute("href");
    let expected = "https://gitlab.com/-/user_settings/applications";
    assert_eq!(url.as_deref(), Some(expected));
    page.unmount().await;

    for (id, shown) in [("bob", false), ("ada", true)] {
        fakes.answer(LIST, list(&[gitlab()], &[]));
        fakes.answer(CURRENT_USER, user(id));
        let page = open_page().await;
        assert_eq!(page.card("GitLab").says(words), shown, "{id}");
        page.unmount().await;
    }

    // The provider is removed from the deployment, but the token may still be
    // valid.
    fakes.answer(LIST, list(&[github()], &[]));
    fakes.answer(CURRENT_USER, user("ada"));
    let page = open_page().await;
    assert!(page.says(words));
    page.button("Dismiss warning about GitLab").press().await;
    assert!(!page.says(words));
    page.unmount().await;

    fakes.answer(LIST, list(&[gitlab()], &[]));
    let page = open_page().await;
    assert!(!page.says(words), "nobody has to be asked who it is");
}

#[wasm_bindgen_test]
async fn a_success_stays_while_it_is_read() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    fakes.answer(
        UNLINK_GITLAB,
        Answer::json(&json!({ "token_revoked": true })),
    );
    let page = open_page().await;
    unlink_gitlab(&page).await;
    let words = "GitLab is unlinked, and the token is revoked.";
    let notice = page.card("GitLab").select(".notice").remove(0);

    notice.fire("mouseenter").await;
    fakes.advance(seconds(60)).await;
    assert!(page.card("GitLab").says(words));
    notice.fire("mouseleave").await;
    fakes.advance(seconds(14)).await;
    assert!(page.card("GitLab").says(words));
    fakes.advance(seconds(2)).await;
    assert!(!page.card("GitLab").says(words));
}

fn installed(count: u32) -> ExternalAuth {
    let installations = (1..=count).map(|number| Installation {
        id: number.into(),
        account: Some(account(&format!("org-{number}"))),
        configure_url: format!("https://github.example/orgs/{number}"),
    });
    ExternalAuth {
        app_installable: true,
        app_install_url: "https://github.example/apps/x".into(),
        installations: installations.collect(),
        ..live()
    }
}

async fn with_installations(fakes: &Fakes, count: u32) -> Mounted {
    fakes.answer(LIST, list(&[github()], &[link("github")]));
    fakes.answer(CHECK_GITHUB, Answer::json(&installed(count)));
    open_page().await
}

fn installations(page: &Part) -> usize {
    page.select(".installation-list li").len()
}

#[wasm_bindgen_test]
async fn many_installations_are_folded_and_can_be_searched() {
    for (count, folds, searches) in [(6, false, false), (9, true, false), (27, true, true)] {
        let fakes = Fakes::install();
        let page = with_installations(&fakes, count).await;
        page.open_row("GitHub").await;
        assert_eq!(installations(&page), 6);
        if !folds {
            assert!(!page.says("Show all"));
            continue;
        }
        page.button(&format!("Show all {count} accounts at GitHub"))
            .press()
            .await;
        assert_eq!(installations(&page), count as usize);
        assert_eq!(page.select("[type=search]").len(), usize::from(searches));
        if searches {
            fill(&field(&page), "org-27").await;
            assert_eq!(installations(&page), 1);
            fill(&field(&page), "nobody").await;
            assert!(page.says("No matching accounts"));
        }
        let fewer = page.button("Show fewer accounts at GitHub");
        assert_eq!(fewer.attribute("aria-expanded").as_deref(), Some("true"));
        fewer.press().await;
        assert_eq!(installations(&page), 6);
    }
}

#[wasm_bindgen_test]
async fn thirty_installations_are_shown_as_at_least_thirty() {
    let fakes = Fakes::install();
    let page = with_installations(&fakes, 30).await;
    page.open_row("GitHub").await;
    assert!(page.says("App installed for 30 or more accounts"));
    assert!(!page.says("Show all"), "{}", page.text());

    page.button("Show the first 30 accounts at GitHub")
        .press()
        .await;
    assert_eq!(installations(&page), 30);
    let search = field(&page);
    let name = search.attribute("aria-label");
    assert_eq!(name.as_deref(), Some("Search the first 30 accounts"));
    fill(&search, "nobody").await;
    assert!(page.says("None of the first 30 accounts matches. There may be more."));
}

#[wasm_bindgen_test]
async fn an_installed_app_is_noticed_when_the_person_returns() {
    let fakes = Fakes::install();
    let page = with_installations(&fakes, 0).await;
    let card = page.card("GitHub");
    assert!(card.says("App not installed"));
    fire_on_window("focus").await;
    assert_eq!(
        fakes.count(CHECK_GITHUB),
        1,
        "not before they have gone there"
    );

    let install = card.link("Install the app GitHub");
    install.0.set_attribute("href", "#").unwrap();
    install.0.remove_attribute("target").unwrap();
    install.press().await;
    fakes.answer(CHECK_GITHUB, Answer::json(&installed(1)));
    fire_on_window("focus").await;

    assert!(card.says("The GitHub app is installed."), "{}", card.text());
    card.open_row("GitHub").await;
    assert!(card.says("org-1"));
    fire_on_window("focus").await;
    assert_eq!(fakes.count(CHECK_GITHUB), 2, "and not for ever");
    settle().await;
}

#[wasm_bindgen_test]
async fn an_account_without_a_picture_shows_its_first_letter() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[github()], &[link("github")]));
    let nameless = Installation {
        account: Some(Account::default()),
        ..Installation::default()
    };
    let answer = ExternalAuth {
        installations: vec![nameless, installed(1).installations.remove(0)],
        ..live()
    };
    fakes.answer(CHECK_GITHUB, Answer::json(&answer));

    let page = open_page().await;

    page.open_row("GitHub").await;
    let avatars = page.select(".installation-list .avatar");
    let letters: Vec<_> = avatars.iter().map(Part::text).collect();
    assert_eq!(letters, ["", "O"]);
}
