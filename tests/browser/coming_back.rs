//! Coming back to the tab after a while: one list, without a word.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::sample::{broken_link, build_info, github, gitlab, link, list, live};
use crate::support::{
    Answer, BUILD_INFO, CHECK_GITHUB, Fakes, LIST, Mounted, Navigations, Popups, fire_on_window,
    open_page, seconds, settle,
};

async fn opened(fakes: &Fakes, links: &[external_auth_core::wire::Link]) -> Mounted {
    fakes.answer(LIST, list(&[gitlab()], links));
    open_page().await
}

/// The person is elsewhere for some seconds.
async fn away(fakes: &Fakes, for_seconds: u64) {
    fire_on_window("blur").await;
    fakes.advance(seconds(for_seconds)).await;
    fire_on_window("focus").await;
    settle().await;
}

#[wasm_bindgen_test]
async fn after_five_minutes_away_the_list_is_read_once() {
    let fakes = Fakes::install();
    let page = opened(&fakes, &[link("gitlab")]).await;
    away(&fakes, 299).await;
    assert_eq!(fakes.count(LIST), 1);

    fakes.answer(LIST, list(&[gitlab()], &[]));
    away(&fakes, 300).await;
    // Some browsers tell of a return twice.
    fire_on_window("focus").await;

    assert_eq!(fakes.count(LIST), 2);
    assert!(page.card("GitLab").says("Not linked"));
    assert_eq!(page.announcements(), "GitLab: Not linked.");
}

#[wasm_bindgen_test]
async fn after_a_sleep_too() {
    let fakes = Fakes::install();
    let _page = opened(&fakes, &[link("gitlab")]).await;
    fakes.answer(LIST, list(&[gitlab()], &[]));
    fire_on_window("blur").await;
    fakes.sleep(seconds(3_600)).await;
    fire_on_window("focus").await;
    settle().await;
    assert_eq!(fakes.count(LIST), 2);
}

#[wasm_bindgen_test]
async fn one_minute_is_enough_where_a_provider_needs_attention() {
    let fakes = Fakes::install();
    let page = opened(&fakes, &[broken_link("gitlab", "token failed to validate")]).await;
    away(&fakes, 59).await;
    assert_eq!(fakes.count(LIST), 1);

    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    away(&fakes, 60).await;

    assert_eq!(fakes.count(LIST), 2);
    assert_eq!(page.announcements(), "GitLab: Linked.");
}

#[wasm_bindgen_test]
async fn nothing_is_said_where_nothing_has_changed() {
    let fakes = Fakes::install();
    let page = opened(&fakes, &[link("gitlab")]).await;
    let held = fakes.hold(LIST);
    away(&fakes, 300).await;
    assert!(held.is_asked());

    // Nor while it runs, however long.
    fakes.advance(seconds(6)).await;
    assert_eq!(page.announcements(), "");
    assert!(page.button("Refresh").is_visible());
    assert!(page.select("[aria-busy=true]").is_empty());
    assert!(page.select(".list-skeleton").is_empty());

    held.answer(list(&[gitlab()], &[link("gitlab")])).await;
    assert_eq!(page.announcements(), "");
    assert_eq!(page.alerts(), "");
}

#[wasm_bindgen_test]
async fn a_failure_is_not_told_because_nobody_asked() {
    let fakes = Fakes::install();
    let page = opened(&fakes, &[link("gitlab")]).await;
    fakes.answer(LIST, Answer::error(502, "no"));
    away(&fakes, 300).await;
    assert_eq!(fakes.count(LIST), 2);
    assert_eq!(page.alerts(), "");
    assert!(page.card("GitLab").says("Linked"));
}

#[wasm_bindgen_test]
async fn that_the_session_has_ended_is_told_and_nothing_more_is_asked() {
    let fakes = Fakes::install();
    let page = opened(&fakes, &[link("gitlab")]).await;
    fakes.answer(LIST, Answer::error(401, "no"));
    away(&fakes, 300).await;
    assert!(page.alerts().contains("session has ended"));

    away(&fakes, 3_600).await;
    assert_eq!(fakes.count(LIST), 2);
}

#[wasm_bindgen_test]
async fn who_asks_while_it_runs_is_told_how_it_goes() {
    let fakes = Fakes::install();
    let page = opened(&fakes, &[link("gitlab")]).await;
    let held = fakes.hold(LIST);
    away(&fakes, 300).await;

    page.button("Refresh").press().await;
    assert!(page.button("Loading…").is_visible());
    held.answer(Answer::error(502, "no")).await;

    assert_eq!(fakes.count(LIST), 2);
    assert!(page.alerts().contains("502"), "{}", page.alerts());
}

#[wasm_bindgen_test]
async fn never_while_a_list_runs() {
    let fakes = Fakes::install();
    let page = opened(&fakes, &[link("gitlab")]).await;
    let held = fakes.hold(LIST);
    page.button("Refresh").press().await;
    // Still within its time.
    away(&fakes, 100).await;
    assert_eq!(fakes.count(LIST), 2);
    held.answer(list(
        &[gitlab()],
        &[broken_link("gitlab", "token failed to validate")],
    ))
    .await;

    let held = fakes.hold(LIST);
    page.button("Refresh").press().await;
    away(&fakes, 100).await;
    assert_eq!(fakes.count(LIST), 3);
    drop(held);
}

#[wasm_bindgen_test]
async fn who_is_linking_an_account_costs_no_second_list() {
    let fakes = Fakes::install();
    let page = opened(&fakes, &[link("gitlab")]).await;
    let (_popups, _navigations) = (Popups::allowed(), Navigations::hold_back());
    page.button("Re-authenticate GitLab").press().await;

    // After its patience the flow asks where it can come back to; and it reads
    // the list when the person comes back.
    fakes.answer(BUILD_INFO, build_info(""));
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    away(&fakes, 300).await;

    assert_eq!(fakes.count(LIST), 2);
    page.button("Cancel").press().await;
}

#[wasm_bindgen_test]
async fn what_is_asked_live_after_it_says_nothing_either() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[github()], &[link("github")]));
    fakes.answer(CHECK_GITHUB, Answer::json(&live()));
    let page = open_page().await;
    fakes.answer(LIST, list(&[github()], &[link("github")]));
    fakes.answer_if_asked(CHECK_GITHUB, Answer::json(&live()));
    away(&fakes, 300).await;
    assert_eq!(fakes.count(LIST), 2);
    assert_eq!(page.announcements(), "");
}
