//! The store: what is asked when, and what is kept.

use coder_external_auth::store::{ListStatus, Pending};
use external_auth_core::wire::{Expiry, Link};
use external_auth_core::{ApiErrorKind, PermanentFailure, ProviderState};
use leptos::prelude::*;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::sample::{
    broken_link, github, gitlab, in_hours, link, list, live, live_refused, provider,
};
use crate::support::{
    Answer, CHECK_GITHUB, CHECK_GITLAB, CURRENT_USER, CsrfTag, Fakes, Held, LIST, OpenStore,
    UNLINK_GITHUB, UNLINK_GITLAB, open_list, open_store, run, seconds, settle,
};

/// A store that has loaded a list of `gitlab`, linked, which is not asked live
/// by itself.
async fn with_gitlab(fakes: &Fakes) -> OpenStore {
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let open = open_store();
    open.load().await;
    open
}

fn revoked() -> Answer {
    Answer::json(&json!({ "token_revoked": true }))
}

/// `github-1`, `github-2`, …, all linked.
fn many_githubs(count: usize) -> Answer {
    let providers: Vec<_> = (1..=count)
        .map(|number| {
            let mut provider = github();
            provider.id = format!("github-{number}");
            provider
        })
        .collect();
    let links: Vec<_> = providers
        .iter()
        .map(|provider| link(&provider.id))
        .collect();
    list(&providers, &links)
}

fn check_of(number: usize) -> String {
    format!("{CHECK_GITHUB}-{number}")
}

#[wasm_bindgen_test]
async fn who_comes_while_the_list_is_loaded_joins_the_load() {
    let fakes = Fakes::install();
    let held = fakes.hold(LIST);
    let open = open_store();

    let first = run(open.store.load());
    let second = run(open.store.load());
    settle().await;
    assert!(open.store.list.get_untracked().loading);
    assert!(!first.has_ended() && !second.has_ended());
    held.answer(list(&[gitlab()], &[])).await;

    assert!(first.result());
    assert!(second.result());
    assert_eq!(fakes.requests(), [LIST]);
    let loaded = ListStatus {
        loaded: true,
        ..ListStatus::default()
    };
    assert_eq!(open.store.list.get_untracked(), loaded);
}

#[wasm_bindgen_test]
async fn who_joins_a_load_that_fails_learns_of_it_and_may_try_again() {
    let fakes = Fakes::install();
    let held = fakes.hold(LIST);
    let open = open_store();
    let first = run(open.store.load());
    let second = run(open.store.load());
    settle().await;

    held.fail().await;
    assert!(!first.result());
    assert!(!second.result());
    let status = open.store.list.get_untracked();
    let error = status.error.expect("why it failed");
    assert_eq!(error.kind, ApiErrorKind::Unreachable);
    assert!(!status.loading && !status.loaded);

    fakes.answer(LIST, list(&[gitlab()], &[]));
    let third = run(open.store.load());
    settle().await;
    assert!(third.result());
    assert_eq!(open.store.list.get_untracked().error, None);
    assert_eq!(fakes.count(LIST), 2);
}

#[wasm_bindgen_test]
async fn a_load_goes_on_when_nobody_waits_for_it() {
    let fakes = Fakes::install();
    let held = fakes.hold(LIST);
    let open = open_store();
    let load = run(open.store.load());
    settle().await;

    load.abandon().await;
    held.answer(list(&[gitlab()], &[])).await;

    assert_eq!(open.store.entries.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn four_providers_at_the_most_are_asked_at_once() {
    let fakes = Fakes::install();
    fakes.answer(LIST, many_githubs(7));
    let held: Vec<_> = (1..=7)
        .map(|number| fakes.hold(&check_of(number)))
        .collect();
    let asked = || held.iter().filter(|held| held.is_asked()).count();
    let open = open_store();

    open.load().await;
    assert_eq!(asked(), 4);
    assert!(held[..4].iter().all(Held::is_asked));

    held[2].answer(Answer::json(&live())).await;
    assert_eq!(asked(), 5);
    // A failure makes room as well.
    held[0].fail().await;
    assert_eq!(asked(), 5, "the network may be gone");
    fakes.advance(seconds(1)).await;
    assert_eq!(asked(), 6);
    held[1].answer(Answer::error(500, "no")).await;
    assert_eq!(asked(), 7);
    for waiting in &held[3..] {
        waiting.answer(Answer::json(&live())).await;
    }
    assert_eq!(fakes.requests().len(), 8);
}

#[wasm_bindgen_test]
async fn only_linked_providers_that_have_more_to_say_are_asked_by_themselves() {
    let fakes = Fakes::install();
    let mut other = github();
    other.id = "github-2".into();
    let links = [link("github"), link("gitlab"), link("gone")];
    fakes.answer(LIST, list(&[github(), other, gitlab()], &links));
    fakes.answer(CHECK_GITHUB, Answer::json(&live()));
    let open = open_store();

    open.load().await;

    assert_eq!(fakes.requests(), [LIST, CHECK_GITHUB]);
}

#[wasm_bindgen_test]
async fn nothing_is_asked_again_as_time_goes_by() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[github()], &[link("github")]));
    fakes.answer(CHECK_GITHUB, Answer::json(&live()));
    let open = open_store();
    open.load().await;

    fakes.advance(seconds(600)).await;

    assert_eq!(fakes.requests(), [LIST, CHECK_GITHUB]);
    assert_eq!(open.store.now.get_untracked(), fakes.clock.now());
}

#[wasm_bindgen_test]
async fn a_provider_that_waits_to_be_asked_waits_once() {
    let fakes = Fakes::install();
    fakes.answer(LIST, many_githubs(6));
    let held: Vec<_> = (1..=6)
        .map(|number| fakes.hold(&check_of(number)))
        .collect();
    let open = open_store();
    open.load().await;
    // 5 and 6 wait when the list is loaded again.
    fakes.answer(LIST, many_githubs(6));
    // The others have been asked; they may be asked again.
    for number in 1..=4 {
        fakes.answer_if_asked(&check_of(number), Answer::json(&live()));
    }
    open.load().await;

    for waiting in &held {
        waiting.answer(Answer::json(&live())).await;
    }

    assert_eq!(fakes.count(&check_of(5)), 1);
    assert_eq!(fakes.count(&check_of(6)), 1);
}

#[wasm_bindgen_test]
async fn a_list_from_before_an_unlink_does_not_bring_the_link_back() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    let open = with_gitlab(&fakes).await;
    let held = fakes.hold(LIST);
    fakes.answer(UNLINK_GITLAB, revoked());

    open.store.reload();
    settle().await;
    open.store.unlink(open.entry("gitlab"));
    settle().await;
    held.answer(list(&[gitlab()], &[link("gitlab")])).await;

    let entry = open.entry("gitlab");
    assert_eq!(entry.state_untracked(), ProviderState::NotLinked);
    // One that is asked for later does.
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    open.load().await;
    assert_eq!(entry.state_untracked(), ProviderState::Linked);
}

#[wasm_bindgen_test]
async fn a_live_answer_from_before_an_unlink_does_not_bring_the_link_back() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[github()], &[link("github")]));
    let held = fakes.hold(CHECK_GITHUB);
    fakes.answer(UNLINK_GITHUB, revoked());
    let open = open_store();
    open.load().await;

    open.store.unlink(open.entry("github"));
    settle().await;
    held.answer(Answer::json(&live())).await;

    let entry = open.entry("github");
    assert_eq!(entry.state_untracked(), ProviderState::NotLinked);
    assert_eq!(entry.record().live, None);
}

#[wasm_bindgen_test]
async fn a_list_from_before_an_unlink_does_not_tell_what_came_of_it() {
    let _tag = CsrfTag::with("token");
    for end in [Some(Answer::error(404, "no")), None] {
        let fakes = Fakes::install();
        let open = with_gitlab(&fakes).await;
        let before = fakes.hold(LIST);
        open.store.reload();
        settle().await;

        match end {
            Some(answer) => fakes.answer(UNLINK_GITLAB, answer),
            None => fakes.fail(UNLINK_GITLAB),
        }
        fakes.answer_if_asked(CURRENT_USER, Answer::error(500, "no"));
        open.store.unlink(open.entry("gitlab"));
        settle().await;
        fakes.answer(LIST, list(&[gitlab()], &[]));
        before.answer(list(&[gitlab()], &[link("gitlab")])).await;

        let state = open.entry("gitlab").state_untracked();
        assert_eq!(state, ProviderState::NotLinked);
    }
}

#[wasm_bindgen_test]
async fn when_the_session_has_ended_nothing_more_is_asked() {
    let fakes = Fakes::install();
    fakes.answer(LIST, many_githubs(7));
    let held: Vec<_> = (1..=4)
        .map(|number| fakes.hold(&check_of(number)))
        .collect();
    let open = open_store();
    open.load().await;

    held[0].answer(Answer::error(401, "no")).await;
    for waiting in &held[1..] {
        waiting.answer(Answer::json(&live())).await;
    }
    fakes.advance(seconds(120)).await;

    assert_eq!(open.store.entries.get_untracked().len(), 7);
    assert_eq!(fakes.requests().len(), 5);
    // What had been asked already is still shown.
    let entry = open.entry("github-2");
    let answer = entry.record().live.clone();
    assert_eq!(answer.map(|answer| answer.value), Some(live()));
}

#[wasm_bindgen_test]
async fn an_answer_from_before_does_not_take_back_that_the_session_has_ended() {
    let fakes = Fakes::install();
    fakes.answer(LIST, many_githubs(2));
    let first = fakes.hold(&check_of(1));
    let second = fakes.hold(&check_of(2));
    let open = open_store();
    open.load().await;

    first.answer(Answer::error(401, "no")).await;
    assert!(open.store.session_ended.get_untracked());
    second.answer(Answer::json(&live())).await;

    assert!(open.store.session_ended.get_untracked());
}

#[wasm_bindgen_test]
async fn a_list_that_comes_again_ends_the_end_of_the_session() {
    let fakes = Fakes::install();
    let open = with_gitlab(&fakes).await;
    fakes.answer(LIST, Answer::error(401, "no"));
    open.load().await;
    assert!(open.store.session_ended.get_untracked());
    assert_eq!(open.store.entries.get_untracked().len(), 1);

    fakes.answer(LIST, list(&[gitlab()], &[]));
    open.load().await;

    assert!(!open.store.session_ended.get_untracked());
}

/// All that can come back, or not, for one request.
fn every_end() -> Vec<Option<Answer>> {
    let mut ends: Vec<_> = [400, 401, 403, 404, 429, 500]
        .into_iter()
        .map(|status| Some(Answer::error(status, "no")))
        .collect();
    ends.push(Some(Answer::html(200, "<html>")));
    ends.push(Some(revoked()));
    ends.push(Some(Answer::json(&live())));
    ends.push(Some(Answer::json(&live_refused())));
    ends.push(None);
    ends
}

#[wasm_bindgen_test]
async fn a_check_is_over_whatever_comes_back() {
    for end in every_end() {
        let fakes = Fakes::install();
        let open = with_gitlab(&fakes).await;
        let entry = open.entry("gitlab");
        let held = fakes.hold(CHECK_GITLAB);

        open.store.check(entry.clone());
        settle().await;
        assert_eq!(entry.pending_untracked(), Some(Pending::Checking));
        match end {
            Some(answer) => held.answer(answer).await,
            None => held.fail().await,
        }

        assert_eq!(entry.pending_untracked(), None);
    }
}

#[wasm_bindgen_test]
async fn a_check_that_takes_too_long_is_over() {
    let fakes = Fakes::install();
    let open = with_gitlab(&fakes).await;
    let entry = open.entry("gitlab");
    fakes.hold(CHECK_GITLAB);

    open.store.check(entry.clone());
    fakes.advance(seconds(30)).await;

    assert_eq!(entry.pending_untracked(), None);
}

#[wasm_bindgen_test]
async fn unlinking_is_over_whatever_comes_back() {
    let _tag = CsrfTag::with("token");
    for end in every_end() {
        let fakes = Fakes::install();
        let open = with_gitlab(&fakes).await;
        let entry = open.entry("gitlab");
        let held = fakes.hold(UNLINK_GITLAB);
        fakes.answer_if_asked(CURRENT_USER, Answer::error(500, "no"));
        let loads_again = match &end {
            // All of those but one are not what an unlink is answered with.
            Some(answer) if answer.status() == 200 => answer.body() != revoked().body(),
            Some(answer) => [404, 500].contains(&answer.status()),
            None => true,
        };
        if loads_again {
            fakes.answer(LIST, list(&[gitlab()], &[]));
        }

        open.store.unlink(entry.clone());
        settle().await;
        assert_eq!(entry.pending_untracked(), Some(Pending::Unlinking));
        match end {
            Some(answer) => held.answer(answer).await,
            None => held.fail().await,
        }

        assert_eq!(entry.pending_untracked(), None);
        let says_it = !untrack(|| open.store.notices_of(&entry.id)).is_empty();
        assert!(says_it || entry.warning_untracked().is_some());
    }
}

#[wasm_bindgen_test]
async fn unlinking_that_takes_too_long_is_over_also_when_the_list_fails() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    let open = with_gitlab(&fakes).await;
    let entry = open.entry("gitlab");
    fakes.hold(UNLINK_GITLAB);
    fakes.fail(LIST);

    open.store.unlink(entry.clone());
    fakes.advance(seconds(30)).await;

    assert_eq!(entry.pending_untracked(), None);
    assert_eq!(entry.state_untracked(), ProviderState::Linked);
}

#[wasm_bindgen_test]
async fn one_thing_is_done_with_a_provider_at_a_time() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    let open = with_gitlab(&fakes).await;
    let entry = open.entry("gitlab");
    let held = fakes.hold(CHECK_GITLAB);

    open.store.check(entry.clone());
    settle().await;
    open.store.check(entry.clone());
    settle().await;

    assert_eq!(fakes.requests(), [LIST, CHECK_GITLAB]);
    assert_eq!(entry.pending_untracked(), Some(Pending::Checking));
    held.answer(Answer::json(&live())).await;
    assert_eq!(entry.pending_untracked(), None);
}

#[wasm_bindgen_test]
async fn an_unlink_does_not_wait_for_a_check_which_is_given_up() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    let open = with_gitlab(&fakes).await;
    let entry = open.entry("gitlab");
    fakes.hold(CHECK_GITLAB);
    let held = fakes.hold(UNLINK_GITLAB);

    open.store.check(entry.clone());
    settle().await;
    open.store.unlink(entry.clone());
    settle().await;

    assert!(fakes.network.sent(CHECK_GITLAB).is_aborted());
    assert_eq!(entry.pending_untracked(), Some(Pending::Unlinking));
    open.store.check(entry.clone());
    open.store.unlink(entry.clone());
    settle().await;
    held.answer(revoked()).await;
    assert_eq!(entry.pending_untracked(), None);
    assert_eq!(entry.state_untracked(), ProviderState::NotLinked);
    assert_eq!(fakes.requests(), [LIST, CHECK_GITLAB, UNLINK_GITLAB]);
}

#[wasm_bindgen_test]
async fn what_one_provider_waits_for_keeps_no_other_from_being_checked() {
    let fakes = Fakes::install();
    let other = provider("gitea", "Gitea");
    fakes.answer(
        LIST,
        list(&[gitlab(), other], &[link("gitlab"), link("gitea")]),
    );
    let open = open_store();
    open.load().await;
    fakes.hold(CHECK_GITLAB);
    fakes.answer("GET /api/v2/external-auth/gitea", Answer::error(500, "no"));

    open.store.check(open.entry("gitlab"));
    open.store.check(open.entry("gitea"));
    settle().await;

    let state = open.entry("gitea").state_untracked();
    assert!(
        matches!(state, ProviderState::CouldNotCheck(_)),
        "{state:?}"
    );
}

/// A link whose token has ended, and that can be refreshed.
fn renewable_link() -> Link {
    Link {
        has_refresh_token: true,
        expires: Expiry::At(in_hours(-1)),
        ..link("gitlab")
    }
}

#[wasm_bindgen_test]
async fn a_link_that_can_be_renewed_is_not_broken_before_the_list_says_so() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[renewable_link()]));
    let open = open_store();
    open.load().await;
    let entry = open.entry("gitlab");
    fakes.answer(CHECK_GITLAB, Answer::json(&live_refused()));
    let held = fakes.hold(LIST);

    open.store.check(entry.clone());
    settle().await;
    assert_eq!(entry.state_untracked(), ProviderState::Renewing);
    assert_eq!(entry.pending_untracked(), Some(Pending::Checking));
    let error = "token expired and refreshing failed 3m ago with: no";
    held.answer(list(&[gitlab()], &[broken_link("gitlab", error)]))
        .await;

    let state = entry.state_untracked();
    let refused = ProviderState::NeedsAttention(PermanentFailure::RefreshRefused);
    assert_eq!(state, refused);
    assert_eq!(fakes.requests(), [LIST, CHECK_GITLAB, LIST]);
}

#[wasm_bindgen_test]
async fn nor_is_it_where_the_clock_of_this_computer_is_slow() {
    let fakes = Fakes::install();
    let slow_clock = Link {
        expires: Expiry::At(in_hours(1)),
        ..renewable_link()
    };
    fakes.answer(LIST, list(&[gitlab()], &[slow_clock]));
    let open = open_store();
    open.load().await;
    fakes.answer(CHECK_GITLAB, Answer::json(&live_refused()));
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));

    open.store.check(open.entry("gitlab"));
    settle().await;

    let state = open.entry("gitlab").state_untracked();
    assert_eq!(state, ProviderState::Linked);
}

#[wasm_bindgen_test]
async fn a_load_keeps_the_rows_that_are_there() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab(), provider("gitea", "Gitea")], &[]));
    let open = open_list();
    open.load().await;
    let before = [open.page.card("GitLab"), open.page.card("Gitea")];
    let button = open.page.button("Link GitLab");

    fakes.answer(
        LIST,
        list(&[provider("gitea", "Gitea"), gitlab()], &[link("gitlab")]),
    );
    open.load().await;

    assert_eq!([open.page.card("GitLab"), open.page.card("Gitea")], before);
    assert!(!button.is_visible(), "the same button, for another state");
    assert_eq!(open.page.cards(), ["GitLab", "Gitea"]);
}

#[wasm_bindgen_test]
async fn rows_come_and_go_with_the_list() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab(), provider("gitea", "Gitea")], &[]));
    let open = open_list();
    open.load().await;
    assert_eq!(open.page.cards(), ["GitLab", "Gitea"]);

    fakes.answer(LIST, list(&[gitlab(), provider("slack", "Slack")], &[]));
    open.load().await;

    assert_eq!(open.page.cards(), ["GitLab", "Slack"]);
}

#[wasm_bindgen_test]
async fn the_page_may_go_while_it_waits() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    let github_2 = {
        let mut provider = github();
        provider.id = "github-2".into();
        provider
    };
    let providers = [github(), github_2, gitlab()];
    let links = [link("github"), link("github-2"), link("gitlab")];
    fakes.answer(LIST, list(&providers, &links));
    let live_check = fakes.hold(CHECK_GITHUB);
    fakes.answer_if_asked(&check_of(2), Answer::json(&live()));
    let open = open_list();
    open.load().await;
    let again = fakes.hold(LIST);
    let check = fakes.hold(CHECK_GITLAB);
    let unlink = fakes.hold("DELETE /api/v2/external-auth/github-2");
    open.store.reload();
    open.store.check(open.entry("gitlab"));
    open.store.unlink(open.entry("github-2"));
    settle().await;
    let asked = fakes.requests().len();

    open.page.unmount().await;
    again.answer(list(&providers, &links)).await;
    check.answer(Answer::json(&live())).await;
    unlink.answer(revoked()).await;
    live_check.answer(Answer::json(&live())).await;
    fakes.advance(seconds(200)).await;

    // Nothing has complained, and nothing more was asked.
    assert_eq!(fakes.requests().len(), asked);
}

#[wasm_bindgen_test]
async fn the_page_may_go_while_a_refresh_follows_a_check() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[renewable_link()]));
    let open = open_list();
    open.load().await;
    fakes.answer(CHECK_GITLAB, Answer::json(&live_refused()));
    let held = fakes.hold(LIST);
    open.store.check(open.entry("gitlab"));
    settle().await;

    open.page.unmount().await;
    held.answer(list(&[gitlab()], &[link("gitlab")])).await;

    assert_eq!(fakes.requests(), [LIST, CHECK_GITLAB, LIST]);
}

#[wasm_bindgen_test]
async fn the_page_may_go_while_a_look_follows_an_unlink() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let open = open_list();
    open.load().await;
    fakes.fail(UNLINK_GITLAB);
    let held = fakes.hold(LIST);
    open.store.unlink(open.entry("gitlab"));
    settle().await;

    open.page.unmount().await;
    held.answer(list(&[gitlab()], &[])).await;

    assert_eq!(fakes.requests(), [LIST, UNLINK_GITLAB, LIST]);
}

#[wasm_bindgen_test]
async fn a_page_that_goes_takes_its_rows_with_it() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let open = open_list();
    open.load().await;
    let entry = open.entry("gitlab");
    assert!(entry.try_record().is_some());

    open.page.unmount().await;

    assert!(entry.try_record().is_none());
    assert_eq!(entry.try_state(), None);
}

#[wasm_bindgen_test]
async fn a_page_that_goes_gives_up_its_live_checks_and_no_other_request() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[github()], &[link("github")]));
    fakes.hold(CHECK_GITHUB);
    let open = open_list();
    open.load().await;
    fakes.hold(LIST);
    open.store.reload();
    settle().await;

    open.page.unmount().await;

    assert!(fakes.network.sent(CHECK_GITHUB).is_aborted());
    assert!(!fakes.network.sent(LIST).is_aborted());
}
