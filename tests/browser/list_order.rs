//! The order of lists: a list does not overwrite an observation whose request
//! was sent after the list's request.

use external_auth_core::{ApiErrorKind, ProviderState};
use leptos::prelude::*;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::sample::{gitlab, link, list, live, provider};
use crate::support::{
    Answer, CHECK_GITLAB, CsrfTag, Fakes, Held, LIST, OpenView, Popups, UNLINK_GITLAB, open_list,
    open_view, seconds, settle,
};

fn revoked() -> Answer {
    Answer::json(&json!({ "token_revoked": true }))
}

/// A session with `gitlab`, linked, and a second list that timed out after 180
/// s. Its answer may still arrive.
async fn after_a_timeout(fakes: &Fakes) -> (OpenView, Held) {
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let open = open_view();
    open.load().await;
    let late = fakes.hold(LIST);
    open.load().await;
    fakes.advance(seconds(180)).await;
    let error = open.view.session.list.get_untracked().error;
    assert_eq!(error.map(|error| error.kind), Some(ApiErrorKind::TimedOut));
    (open, late)
}

fn state(open: &OpenView) -> ProviderState {
    open.row("gitlab").state_untracked()
}

#[wasm_bindgen_test]
async fn after_180_seconds_a_retry_asks_again_and_the_first_request_is_not_aborted() {
    let fakes = Fakes::install();
    let (open, _late) = after_a_timeout(&fakes).await;
    assert!(!fakes.network.sent(LIST).is_aborted());

    fakes.answer(LIST, list(&[gitlab()], &[]));
    open.load().await;

    assert_eq!(fakes.count(LIST), 3);
    assert_eq!(state(&open), ProviderState::NotLinked);
    assert_eq!(open.view.session.list.get_untracked().error, None);
}

#[wasm_bindgen_test]
async fn a_late_list_from_before_an_unlink_does_not_restore_the_link_after_a_retry() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    let (open, late) = after_a_timeout(&fakes).await;
    fakes.answer(UNLINK_GITLAB, revoked());
    open.view.unlink(open.row("gitlab"));
    settle().await;
    assert_eq!(state(&open), ProviderState::NotLinked);

    fakes.answer_if_asked(LIST, list(&[gitlab()], &[]));
    open.load().await;
    late.answer(list(&[gitlab()], &[link("gitlab")])).await;

    assert_eq!(state(&open), ProviderState::NotLinked);
}

#[wasm_bindgen_test]
async fn a_late_list_does_not_replace_a_newer_one() {
    let fakes = Fakes::install();
    let (open, late) = after_a_timeout(&fakes).await;
    let gitea = provider("gitea", "Gitea");
    fakes.answer_if_asked(LIST, list(&[gitlab(), gitea], &[]));
    open.load().await;

    late.answer(list(&[gitlab()], &[link("gitlab")])).await;

    assert_eq!(open.view.session.rows.get_untracked().len(), 2);
    assert_eq!(state(&open), ProviderState::NotLinked);
}

#[wasm_bindgen_test]
async fn a_late_list_is_shown_if_nothing_newer_is_known() {
    let fakes = Fakes::install();
    let (open, late) = after_a_timeout(&fakes).await;

    late.answer(list(&[gitlab()], &[])).await;

    assert_eq!(state(&open), ProviderState::NotLinked);
    assert_eq!(open.view.session.list.get_untracked().error, None);
}

#[wasm_bindgen_test]
async fn a_list_from_before_a_link_does_not_remove_it() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[]));
    let open = open_list();
    open.load().await;
    let before = fakes.hold(LIST);
    open.load().await;
    let _popups = Popups::allowed();
    open.page.button("Link GitLab").press().await;
    // The flow checks for the link, then reads the account.
    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    fakes.advance(seconds(3)).await;
    assert_eq!(state(&open), ProviderState::Linked);

    let after = fakes.hold(LIST);
    before.answer(list(&[gitlab()], &[])).await;
    assert_eq!(state(&open), ProviderState::Linked);

    // The token's expiry comes from a list that was requested afterwards.
    after.answer(list(&[gitlab()], &[link("gitlab")])).await;
    assert!(open.page.card("GitLab").says("Does not expire"));
}
