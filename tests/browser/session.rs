//! The session: which requests it sends when, and what it keeps.

use coder_external_auth::session::{ListStatus, Pending, ProviderRow};
use external_auth_core::wire::{Expiry, ExternalAuth, Link};
use external_auth_core::{ApiErrorKind, PermanentFailure, ProviderState};
use leptos::prelude::*;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::sample::{
    account, broken_link, github, gitlab, in_hours, link, list, live, live_refused, provider, user,
};
use crate::support::{
    Answer, CHECK_GITHUB, CHECK_GITLAB, CURRENT_USER, CsrfTag, Fakes, Held, LIST, OpenView,
    UNLINK_GITHUB, UNLINK_GITLAB, open_list, open_view, run, seconds, settle,
};

/// A session that has loaded a list with `gitlab`, linked, which is not checked
/// live automatically.
async fn with_gitlab(fakes: &Fakes) -> OpenView {
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let open = open_view();
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

fn live_of(login: &str) -> ExternalAuth {
    ExternalAuth {
        user: Some(account(login)),
        ..live()
    }
}

/// The account that the row names.
fn login(row: &ProviderRow) -> Option<String> {
    let record = row.record();
    record.account().map(|account| account.login.clone())
}

fn check_of(number: usize) -> String {
    format!("{CHECK_GITHUB}-{number}")
}

#[wasm_bindgen_test]
async fn a_load_during_a_load_joins_it() {
    let fakes = Fakes::install();
    let held = fakes.hold(LIST);
    let open = open_view();

    let first = run(open.view.session.load());
    let second = run(open.view.session.load());
    settle().await;
    assert!(open.view.session.list.get_untracked().loading);
    assert!(!first.has_ended() && !second.has_ended());
    held.answer(list(&[gitlab()], &[])).await;

    assert!(first.result());
    assert!(second.result());
    assert_eq!(fakes.requests(), [LIST]);
    let loaded = ListStatus {
        loaded: true,
        ..ListStatus::default()
    };
    assert_eq!(open.view.session.list.get_untracked(), loaded);
}

#[wasm_bindgen_test]
async fn joined_callers_get_the_failure_and_can_try_again() {
    let fakes = Fakes::install();
    let held = fakes.hold(LIST);
    let open = open_view();
    let first = run(open.view.session.load());
    let second = run(open.view.session.load());
    settle().await;

    held.fail().await;
    assert!(!first.result());
    assert!(!second.result());
    let status = open.view.session.list.get_untracked();
    let error = status.error.expect("why it failed");
    assert_eq!(error.kind, ApiErrorKind::Unreachable);
    assert!(!status.loading && !status.loaded);

    fakes.answer(LIST, list(&[gitlab()], &[]));
    let third = run(open.view.session.load());
    settle().await;
    assert!(third.result());
    assert_eq!(open.view.session.list.get_untracked().error, None);
    assert_eq!(fakes.count(LIST), 2);
}

#[wasm_bindgen_test]
async fn a_load_continues_when_its_caller_is_gone() {
    let fakes = Fakes::install();
    let held = fakes.hold(LIST);
    let open = open_view();
    let load = run(open.view.session.load());
    settle().await;

    load.abandon().await;
    held.answer(list(&[gitlab()], &[])).await;

    assert_eq!(open.view.session.rows.get_untracked().len(), 1);
}

#[wasm_bindgen_test]
async fn at_most_four_providers_are_checked_at_once() {
    let fakes = Fakes::install();
    fakes.answer(LIST, many_githubs(7));
    let held: Vec<_> = (1..=7)
        .map(|number| fakes.hold(&check_of(number)))
        .collect();
    let asked = || held.iter().filter(|held| held.is_asked()).count();
    let open = open_view();

    open.load().await;
    assert_eq!(asked(), 4);
    assert!(held[..4].iter().all(Held::is_asked));

    held[2].answer(Answer::json(&live())).await;
    assert_eq!(asked(), 5);
    // A failed check frees its place too.
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
async fn only_linked_github_providers_are_checked_automatically() {
    let fakes = Fakes::install();
    let mut other = github();
    other.id = "github-2".into();
    let links = [link("github"), link("gitlab"), link("gone")];
    fakes.answer(LIST, list(&[github(), other, gitlab()], &links));
    fakes.answer(CHECK_GITHUB, Answer::json(&live()));
    let open = open_view();

    open.load().await;

    assert_eq!(fakes.requests(), [LIST, CHECK_GITHUB]);
}

#[wasm_bindgen_test]
async fn no_request_is_repeated_over_time() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[github()], &[link("github")]));
    fakes.answer(CHECK_GITHUB, Answer::json(&live()));
    let open = open_view();
    open.load().await;

    fakes.advance(seconds(600)).await;

    assert_eq!(fakes.requests(), [LIST, CHECK_GITHUB]);
    assert_eq!(open.view.session.now.get_untracked(), fakes.clock.now());
}

#[wasm_bindgen_test]
async fn a_queued_provider_is_queued_once() {
    let fakes = Fakes::install();
    fakes.answer(LIST, many_githubs(6));
    let held: Vec<_> = (1..=6)
        .map(|number| fakes.hold(&check_of(number)))
        .collect();
    let open = open_view();
    open.load().await;
    // Providers 5 and 6 are queued when the list is loaded again.
    fakes.answer(LIST, many_githubs(6));
    // The others were checked already, and may be checked again.
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
async fn a_list_from_before_an_unlink_does_not_restore_the_link() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    let open = with_gitlab(&fakes).await;
    let held = fakes.hold(LIST);
    fakes.answer(UNLINK_GITLAB, revoked());

    open.view.reload();
    settle().await;
    open.view.unlink(open.row("gitlab"));
    settle().await;
    held.answer(list(&[gitlab()], &[link("gitlab")])).await;

    let row = open.row("gitlab");
    assert_eq!(row.state_untracked(), ProviderState::NotLinked);
    // A list that is requested later does.
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    open.load().await;
    assert_eq!(row.state_untracked(), ProviderState::Linked);
}

#[wasm_bindgen_test]
async fn a_live_answer_from_before_an_unlink_does_not_restore_the_link() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[github()], &[link("github")]));
    let held = fakes.hold(CHECK_GITHUB);
    fakes.answer(UNLINK_GITHUB, revoked());
    let open = open_view();
    open.load().await;

    open.view.unlink(open.row("github"));
    settle().await;
    held.answer(Answer::json(&live())).await;

    let row = open.row("github");
    assert_eq!(row.state_untracked(), ProviderState::NotLinked);
    assert_eq!(row.record().live, None);
}

#[wasm_bindgen_test]
async fn a_list_from_before_an_unlink_does_not_decide_its_outcome() {
    let _tag = CsrfTag::with("token");
    for end in [Some(Answer::error(404, "no")), None] {
        let fakes = Fakes::install();
        let open = with_gitlab(&fakes).await;
        let before = fakes.hold(LIST);
        open.view.reload();
        settle().await;

        match end {
            Some(answer) => fakes.answer(UNLINK_GITLAB, answer),
            None => fakes.fail(UNLINK_GITLAB),
        }
        fakes.answer_if_asked(CURRENT_USER, Answer::error(500, "no"));
        open.view.unlink(open.row("gitlab"));
        settle().await;
        fakes.answer(LIST, list(&[gitlab()], &[]));
        before.answer(list(&[gitlab()], &[link("gitlab")])).await;

        let state = open.row("gitlab").state_untracked();
        assert_eq!(state, ProviderState::NotLinked);
    }
}

#[wasm_bindgen_test]
async fn no_requests_are_sent_after_the_session_has_ended() {
    let fakes = Fakes::install();
    fakes.answer(LIST, many_githubs(7));
    let held: Vec<_> = (1..=4)
        .map(|number| fakes.hold(&check_of(number)))
        .collect();
    let open = open_view();
    open.load().await;

    held[0].answer(Answer::error(401, "no")).await;
    for waiting in &held[1..] {
        waiting.answer(Answer::json(&live())).await;
    }
    fakes.advance(seconds(120)).await;

    assert_eq!(open.view.session.rows.get_untracked().len(), 7);
    assert_eq!(fakes.requests().len(), 5);
    // The answer to a request that was already running is still shown.
    let row = open.row("github-2");
    let answer = row.record().live.clone();
    assert_eq!(answer.map(|answer| answer.value), Some(live()));
}

#[wasm_bindgen_test]
async fn an_older_answer_does_not_revive_an_ended_session() {
    let fakes = Fakes::install();
    fakes.answer(LIST, many_githubs(2));
    let first = fakes.hold(&check_of(1));
    let second = fakes.hold(&check_of(2));
    let open = open_view();
    open.load().await;

    first.answer(Answer::error(401, "no")).await;
    assert!(open.view.session.session_ended.get_untracked());
    second.answer(Answer::json(&live())).await;

    assert!(open.view.session.session_ended.get_untracked());
}

#[wasm_bindgen_test]
async fn a_new_list_clears_the_end_of_the_session() {
    let fakes = Fakes::install();
    let open = with_gitlab(&fakes).await;
    fakes.answer(LIST, Answer::error(401, "no"));
    open.load().await;
    assert!(open.view.session.session_ended.get_untracked());
    assert_eq!(open.view.session.rows.get_untracked().len(), 1);

    fakes.answer(LIST, list(&[gitlab()], &[]));
    open.load().await;

    assert!(!open.view.session.session_ended.get_untracked());
}

/// The possible answers to one request; none means no network.
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
async fn a_check_ends_with_any_answer() {
    for end in every_end() {
        let fakes = Fakes::install();
        let open = with_gitlab(&fakes).await;
        let row = open.row("gitlab");
        let held = fakes.hold(CHECK_GITLAB);

        open.view.check(row.clone());
        settle().await;
        assert_eq!(row.pending_untracked(), Some(Pending::Checking));
        match end {
            Some(answer) => held.answer(answer).await,
            None => held.fail().await,
        }

        assert_eq!(row.pending_untracked(), None);
    }
}

#[wasm_bindgen_test]
async fn an_answer_about_another_persons_link_is_not_shown_and_their_list_is_loaded() {
    for answer in [Answer::json(&live_refused()), Answer::json(&live_of("bob"))] {
        let fakes = Fakes::install();
        let open = with_gitlab(&fakes).await;
        let row = open.row("gitlab");
        fakes.answer(CHECK_GITLAB, Answer::json(&live_of("ada")));
        open.view.check(row.clone());
        settle().await;
        assert_eq!(login(&row).as_deref(), Some("ada"));
        assert_eq!(fakes.count(CURRENT_USER), 1, "nothing new was found");

        fakes.answer(CHECK_GITLAB, answer);
        let asked = fakes.hold(CURRENT_USER);
        open.view.check(row.clone());
        settle().await;
        assert!(asked.is_asked());
        assert_eq!(login(&row).as_deref(), Some("ada"), "not confirmed yet");
        assert_eq!(row.state_untracked(), ProviderState::Linked);
        assert_eq!(row.pending_untracked(), Some(Pending::Checking));

        let theirs = fakes.hold(LIST);
        // The question beside their list.
        fakes.answer(CURRENT_USER, user("bob"));
        asked.answer(user("bob")).await;
        assert_eq!(login(&row), None);
        assert_eq!(row.state_untracked(), ProviderState::NotLinked);
        assert_eq!(row.pending_untracked(), None);
        let notice = open.view.session.person_notice.get_untracked();
        assert_eq!(notice.expect("a notice").username, "bob");
        theirs.answer(list(&[gitlab()], &[link("gitlab")])).await;
        assert_eq!(open.row("gitlab").state_untracked(), ProviderState::Linked);
    }
}

#[wasm_bindgen_test]
async fn a_refusal_is_shown_when_the_person_is_confirmed() {
    let fakes = Fakes::install();
    let open = with_gitlab(&fakes).await;
    let row = open.row("gitlab");
    fakes.answer(CHECK_GITLAB, Answer::json(&live_refused()));
    open.view.check(row.clone());
    settle().await;

    let refused = ProviderState::NeedsAttention(PermanentFailure::Revoked);
    assert_eq!(row.state_untracked(), refused);
    assert_eq!(fakes.count(CURRENT_USER), 2);
    // Refused again: nothing new.
    fakes.answer(CHECK_GITLAB, Answer::json(&live_refused()));
    open.view.check(row.clone());
    settle().await;
    assert_eq!(fakes.count(CURRENT_USER), 2);
    assert_eq!(open.view.session.person_notice.get_untracked(), None);
}

#[wasm_bindgen_test]
async fn a_refusal_counts_as_a_failed_check_while_it_is_unknown_who_is_signed_in() {
    let fakes = Fakes::install();
    let open = with_gitlab(&fakes).await;
    let row = open.row("gitlab");
    fakes.answer(CHECK_GITLAB, Answer::json(&live_refused()));
    fakes.answer(CURRENT_USER, Answer::error(503, "no healthy upstream"));
    open.view.check(row.clone());
    settle().await;

    assert!(!row.record().is_refused_live());
    let failure = row.record().failure.clone().expect("a failure");
    assert!(failure.value.is_transient());
    assert_eq!(row.pending_untracked(), None);
}

#[wasm_bindgen_test]
async fn refusals_that_arrive_together_share_one_question_who_is_signed_in() {
    let fakes = Fakes::install();
    fakes.answer(LIST, many_githubs(4));
    let held: Vec<_> = (1..=4)
        .map(|number| fakes.hold(&check_of(number)))
        .collect();
    let open = open_view();
    open.load().await;
    assert_eq!(fakes.count(CURRENT_USER), 1);
    let asked = fakes.hold(CURRENT_USER);
    for check in &held {
        check.answer(Answer::json(&live_refused())).await;
    }
    asked.answer(user("ada")).await;

    assert_eq!(fakes.count(CURRENT_USER), 3);
    let rows = open.view.session.rows.get_untracked();
    assert!(rows.iter().all(|row| row.record().is_refused_live()));
}

#[wasm_bindgen_test]
async fn a_check_ends_when_it_times_out() {
    let fakes = Fakes::install();
    let open = with_gitlab(&fakes).await;
    let row = open.row("gitlab");
    fakes.hold(CHECK_GITLAB);

    open.view.check(row.clone());
    fakes.advance(seconds(30)).await;

    assert_eq!(row.pending_untracked(), None);
}

#[wasm_bindgen_test]
async fn an_unlink_ends_with_any_answer() {
    let _tag = CsrfTag::with("token");
    for end in every_end() {
        let fakes = Fakes::install();
        let open = with_gitlab(&fakes).await;
        let row = open.row("gitlab");
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

        open.view.unlink(row.clone());
        settle().await;
        assert_eq!(row.pending_untracked(), Some(Pending::Unlinking));
        match end {
            Some(answer) => held.answer(answer).await,
            None => held.fail().await,
        }

        assert_eq!(row.pending_untracked(), None);
        let says_it = !untrack(|| open.view.notices_of(&row.id)).is_empty();
        assert!(says_it || row.warning_untracked().is_some());
    }
}

#[wasm_bindgen_test]
async fn an_unlink_ends_when_it_times_out_and_the_list_fails() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    let open = with_gitlab(&fakes).await;
    let row = open.row("gitlab");
    fakes.hold(UNLINK_GITLAB);
    fakes.fail(LIST);

    open.view.unlink(row.clone());
    fakes.advance(seconds(30)).await;

    assert_eq!(row.pending_untracked(), None);
    assert_eq!(row.state_untracked(), ProviderState::Linked);
}

#[wasm_bindgen_test]
async fn a_provider_runs_one_command_at_a_time() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    let open = with_gitlab(&fakes).await;
    let row = open.row("gitlab");
    let held = fakes.hold(CHECK_GITLAB);

    open.view.check(row.clone());
    settle().await;
    open.view.check(row.clone());
    settle().await;

    assert_eq!(fakes.requests(), [LIST, CHECK_GITLAB]);
    assert_eq!(row.pending_untracked(), Some(Pending::Checking));
    held.answer(Answer::json(&live())).await;
    assert_eq!(row.pending_untracked(), None);
}

#[wasm_bindgen_test]
async fn an_unlink_aborts_a_running_check() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    let open = with_gitlab(&fakes).await;
    let row = open.row("gitlab");
    fakes.hold(CHECK_GITLAB);
    let held = fakes.hold(UNLINK_GITLAB);

    open.view.check(row.clone());
    settle().await;
    open.view.unlink(row.clone());
    settle().await;

    assert!(fakes.network.sent(CHECK_GITLAB).is_aborted());
    assert_eq!(row.pending_untracked(), Some(Pending::Unlinking));
    open.view.check(row.clone());
    open.view.unlink(row.clone());
    settle().await;
    held.answer(revoked()).await;
    assert_eq!(row.pending_untracked(), None);
    assert_eq!(row.state_untracked(), ProviderState::NotLinked);
    assert_eq!(fakes.requests(), [LIST, CHECK_GITLAB, UNLINK_GITLAB]);
}

#[wasm_bindgen_test]
async fn a_pending_command_does_not_block_other_providers() {
    let fakes = Fakes::install();
    let other = provider("gitea", "Gitea");
    fakes.answer(
        LIST,
        list(&[gitlab(), other], &[link("gitlab"), link("gitea")]),
    );
    let open = open_view();
    open.load().await;
    fakes.hold(CHECK_GITLAB);
    fakes.answer("GET /api/v2/external-auth/gitea", Answer::error(500, "no"));

    open.view.check(open.row("gitlab"));
    open.view.check(open.row("gitea"));
    settle().await;

    let state = open.row("gitea").state_untracked();
    assert!(
        matches!(state, ProviderState::CouldNotCheck(_)),
        "{state:?}"
    );
}

/// A link whose token has expired and can be refreshed.
fn renewable_link() -> Link {
    Link {
        has_refresh_token: true,
        expires: Expiry::At(in_hours(-1)),
        ..link("gitlab")
    }
}

#[wasm_bindgen_test]
async fn a_renewable_link_is_not_broken_until_the_list_says_so() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[renewable_link()]));
    let open = open_view();
    open.load().await;
    let row = open.row("gitlab");
    fakes.answer(CHECK_GITLAB, Answer::json(&live_refused()));
    let held = fakes.hold(LIST);

    open.view.check(row.clone());
    settle().await;
    assert_eq!(row.state_untracked(), ProviderState::Renewing);
    assert_eq!(row.pending_untracked(), Some(Pending::Checking));
    let error = "token expired and refreshing failed 3m ago with: no";
    held.answer(list(&[gitlab()], &[broken_link("gitlab", error)]))
        .await;

    let state = row.state_untracked();
    let refused = ProviderState::NeedsAttention(PermanentFailure::RefreshRefused);
    assert_eq!(state, refused);
    assert_eq!(fakes.requests(), [LIST, CHECK_GITLAB, LIST]);
}

#[wasm_bindgen_test]
async fn a_renewable_link_is_not_broken_if_this_computers_clock_is_slow() {
    let fakes = Fakes::install();
    let slow_clock = Link {
        expires: Expiry::At(in_hours(1)),
        ..renewable_link()
    };
    fakes.answer(LIST, list(&[gitlab()], &[slow_clock]));
    let open = open_view();
    open.load().await;
    fakes.answer(CHECK_GITLAB, Answer::json(&live_refused()));
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));

    open.view.check(open.row("gitlab"));
    settle().await;

    let state = open.row("gitlab").state_untracked();
    assert_eq!(state, ProviderState::Linked);
}

#[wasm_bindgen_test]
async fn a_load_keeps_existing_rows() {
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
async fn rows_are_added_and_removed_with_the_list() {
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
async fn the_page_can_be_removed_while_requests_run() {
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
    open.view.reload();
    open.view.check(open.row("gitlab"));
    open.view.unlink(open.row("github-2"));
    settle().await;
    let asked = fakes.requests().len();

    open.page.unmount().await;
    again.answer(list(&providers, &links)).await;
    check.answer(Answer::json(&live())).await;
    unlink.answer(revoked()).await;
    live_check.answer(Answer::json(&live())).await;
    fakes.advance(seconds(200)).await;

    // There was no error, and no further request.
    assert_eq!(fakes.requests().len(), asked);
}

#[wasm_bindgen_test]
async fn the_page_can_be_removed_while_a_list_follows_a_check() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[renewable_link()]));
    let open = open_list();
    open.load().await;
    fakes.answer(CHECK_GITLAB, Answer::json(&live_refused()));
    let held = fakes.hold(LIST);
    open.view.check(open.row("gitlab"));
    settle().await;

    open.page.unmount().await;
    held.answer(list(&[gitlab()], &[link("gitlab")])).await;

    assert_eq!(fakes.requests(), [LIST, CHECK_GITLAB, LIST]);
}

#[wasm_bindgen_test]
async fn the_page_can_be_removed_while_a_list_follows_an_unlink() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let open = open_list();
    open.load().await;
    fakes.fail(UNLINK_GITLAB);
    let held = fakes.hold(LIST);
    open.view.unlink(open.row("gitlab"));
    settle().await;

    open.page.unmount().await;
    held.answer(list(&[gitlab()], &[])).await;

    assert_eq!(fakes.requests(), [LIST, UNLINK_GITLAB, LIST]);
}

#[wasm_bindgen_test]
async fn removing_the_page_drops_its_rows() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let open = open_list();
    open.load().await;
    let row = open.row("gitlab");
    assert!(row.try_record().is_some());

    open.page.unmount().await;

    assert!(row.try_record().is_none());
    assert_eq!(row.try_state(), None);
}

#[wasm_bindgen_test]
async fn removing_the_page_aborts_live_checks_and_no_other_request() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[github()], &[link("github")]));
    fakes.hold(CHECK_GITHUB);
    let open = open_list();
    open.load().await;
    fakes.hold(LIST);
    open.view.reload();
    settle().await;

    open.page.unmount().await;

    assert!(fakes.network.sent(CHECK_GITHUB).is_aborted());
    assert!(!fakes.network.sent(LIST).is_aborted());
}
