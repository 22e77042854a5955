//! The person returns to the tab after minutes: the list is read once, and a
//! notice appears only if something changed.

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

/// The page is hidden for some seconds, then shown again.
async fn away(fakes: &Fakes, for_seconds: u64) {
    fire_on_window("blur").await;
    fakes.advance(seconds(for_seconds)).await;
    fire_on_window("focus").await;
    settle().await;
}

#[wasm_bindgen_test]
async fn the_list_is_read_once_after_five_minutes_away() {
    let fakes = Fakes::install();
    let page = opened(&fakes, &[link("gitlab")]).await;
    away(&fakes, 299).await;
    assert_eq!(fakes.count(LIST), 1);

    fakes.answer(LIST, list(&[gitlab()], &[]));
    away(&fakes, 300).await;
    // Some browsers send two events for one return.
    fire_on_window("focus").await;

    assert_eq!(fakes.count(LIST), 2);
    assert!(page.card("GitLab").says("Not linked"));
    assert_eq!(page.announcements(), "GitLab: Not linked.");
}

#[wasm_bindgen_test]
async fn the_list_is_read_after_the_machine_slept() {
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
async fn the_list_is_read_after_one_minute_if_a_provider_needs_attention() {
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
async fn nothing_is_announced_if_nothing_changed() {
    let fakes = Fakes::install();
    let page = opened(&fakes, &[link("gitlab")]).await;
    let held = fakes.hold(LIST);
    away(&fakes, 300).await;
    assert!(held.is_asked());

    // Nothing is announced while the request runs either.
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
async fn a_failure_is_not_shown_because_nobody_asked() {
    let fakes = Fakes::install();
    let page = opened(&fakes, &[link("gitlab")]).await;
    fakes.answer(LIST, Answer::error(502, "no"));
    away(&fakes, 300).await;
    assert_eq!(fakes.count(LIST), 2);
    assert_eq!(page.alerts(), "");
    assert!(page.card("GitLab").says("Linked"));
}

#[wasm_bindgen_test]
async fn an_ended_session_is_shown_and_no_more_requests_are_sent() {
    let fakes = Fakes::install();
    let page = opened(&fakes, &[link("gitlab")]).await;
    fakes.answer(LIST, Answer::error(401, "no"));
    away(&fakes, 300).await;
    assert!(page.alerts().contains("session has ended"));

    away(&fakes, 3_600).await;
    assert_eq!(fakes.count(LIST), 2);
}

#[wasm_bindgen_test]
async fn a_refresh_during_the_request_shows_its_result() {
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
async fn no_second_list_while_one_is_loading() {
    let fakes = Fakes::install();
    let page = opened(&fakes, &[link("gitlab")]).await;
    let held = fakes.hold(LIST);
    page.button("Refresh").press().await;
    // The request has not timed out yet.
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
async fn no_second_list_while_an_account_is_being_linked() {
    let fakes = Fakes::install();
    let page = opened(&fakes, &[link("gitlab")]).await;
    let (_popups, _navigations) = (Popups::allowed(), Navigations::hold_back());
    page.re_authenticate("GitLab").await;

    // After a while, the flow asks for the access URL. When the person returns,
    // it reads the list.
    fakes.answer(BUILD_INFO, build_info(""));
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    away(&fakes, 300).await;

    assert_eq!(fakes.count(LIST), 2);
    page.button("Cancel").press().await;
}

#[wasm_bindgen_test]
async fn the_live_checks_that_follow_announce_nothing() {
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
