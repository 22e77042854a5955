//! Linking by a redirect flow in a separate window.

use external_auth_core::wire::{ExternalAuth, Link, Provider};
use serde_json::json;
use wasm_bindgen::externref_heap_live_count;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::sample::{
    account, broken_at, build_info, github, gitlab, link, linked_at, list, live, live_refused,
    provider,
};
use crate::support::{
    Answer, BUILD_INFO, CHECK_GITHUB, CHECK_GITLAB, Fakes, LIST, Navigations, OpenView, Part,
    Popups, Query, RecordedEvents, fire_on_window, open_list, report_return, seconds, settle,
    tell_other_tabs,
};

const WAITING: [&str; 2] = ["Bring to front", "Continue in this tab"];

async fn opened(fakes: &Fakes, providers: &[Provider], links: &[Link]) -> OpenView {
    fakes.answer(LIST, list(providers, links));
    let open = open_list();
    open.load().await;
    open
}

/// Buttons of a card that belong to the flow.
fn choices(card: &Part) -> Vec<String> {
    card.select(".notice__choices")
        .iter()
        .flat_map(Part::buttons)
        .collect()
}

#[wasm_bindgen_test]
async fn link_opens_a_window_that_cannot_reach_this_page() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[]).await;
    let (popups, navigations) = (Popups::allowed(), Navigations::hold_back());

    open.page.button("Link GitLab").press().await;

    let popup = popups.last();
    let back = "%2F%3Flinked%3Dgitlab%26window%3D1";
    let expected = format!("/external-auth/gitlab/callback?redirect={back}");
    assert_eq!(popup.url(), expected);
    assert!(!popup.has_opener());
    assert_eq!(navigations.urls(), [""; 0]);
    let card = open.page.card("GitLab");
    assert!(card.says("Finish in the GitLab window."));
    assert_eq!(choices(&card), WAITING);
    assert!(open.page.announcements().contains("Finish in the"));
    assert!(card.says("Linking…") && !card.says("Linked"));
    assert_eq!(card.actions(), ["Cancel linking GitLab"]);
}

#[wasm_bindgen_test]
async fn cancel_takes_the_place_and_the_focus_of_link() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[]).await;
    let _popups = Popups::allowed();
    let link = open.page.button("Link GitLab");
    link.focus();
    link.press().await;

    let cancel = open.page.button("Cancel linking GitLab");
    assert_eq!(cancel.text(), "Cancel");
    assert!(cancel.has_focus());
    assert!(!cancel.0.class_list().contains("button--main"), "calm");
    let badge = open.page.select(".state-badge--busy");
    assert_eq!(badge.len(), 1, "a sign of activity");

    cancel.press().await;
    assert!(open.page.card("GitLab").says("Not linked"));
    assert_eq!(open.page.select(".state-badge--busy").len(), 0);
    assert!(open.page.button("Link GitLab").has_focus());
}

#[wasm_bindgen_test]
async fn a_link_that_is_made_again_is_called_neither_broken_nor_linked() {
    let fakes = Fakes::install();
    let error = "token failed to validate";
    let broken = crate::support::sample::broken_link("gitlab", error);
    let open = opened(&fakes, &[gitlab()], &[broken]).await;
    let popups = Popups::allowed();
    open.page.button("Re-authenticate GitLab").press().await;

    let card = open.page.card("GitLab");
    assert!(card.says("Linking…") && !card.says("Access revoked"));
    let actions = ["Unlink GitLab", "Check GitLab", "Cancel linking GitLab"];
    assert_eq!(card.actions(), actions);
    // Another window can be opened when this one seems to be closed.
    popups.last().close();
    fakes.answer(BUILD_INFO, build_info(""));
    fakes.advance(seconds(1)).await;
    assert!(card.says("Access revoked") && !card.says("Linking…"));
    let actions = ["Unlink GitLab", "Check GitLab", "Re-authenticate GitLab"];
    assert_eq!(card.actions(), actions);
}

#[wasm_bindgen_test]
async fn the_window_is_brought_to_the_front_and_not_opened_twice() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[]).await;
    let popups = Popups::allowed();
    open.page.button("Link GitLab").press().await;
    assert!(!popups.last().is_in_front());

    open.page.button("Bring to front").press().await;
    assert!(popups.last().is_in_front());
    assert_eq!(popups.count(), 1);
}

#[wasm_bindgen_test]
async fn a_new_link_is_found_automatically() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[]).await;
    let popups = Popups::allowed();
    open.page.button("Link GitLab").press().await;

    fakes.advance(seconds(2)).await;
    assert_eq!(fakes.count(CHECK_GITLAB), 0);
    fakes.answer(CHECK_GITLAB, Answer::json(&live_refused()));
    fakes.advance(seconds(1)).await;
    assert_eq!(fakes.count(CHECK_GITLAB), 1);
    let card = open.page.card("GitLab");
    assert_eq!(choices(&card), WAITING);

    // The first answer finds the link. The second answer and the list update
    // the card: the login, and when the token expires.
    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    fakes.advance(seconds(3)).await;

    assert!(popups.last().is_closed());
    assert!(card.says("GitLab is linked."), "{}", card.text());
    assert!(card.says("Linked") && card.says("Does not expire"));
    assert_eq!(choices(&card), [""; 0]);
    let requests = fakes.requests().len();
    fakes.advance(seconds(60)).await;
    assert_eq!(fakes.requests().len(), requests, "it is over");
}

#[wasm_bindgen_test]
async fn a_report_of_the_return_page_is_a_reason_to_check_and_not_the_result() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[]).await;
    let _popups = Popups::allowed();
    open.page.button("Link GitLab").press().await;
    let held = fakes.hold(CHECK_GITLAB);

    tell_other_tabs("gitlab", || held.is_asked()).await;

    let card = open.page.card("GitLab");
    assert!(card.says("Linking…"));
    held.answer(Answer::json(&live_refused())).await;
    assert!(card.says("Linking…"));
    assert_eq!(choices(&card), WAITING);
}

// The report made the flow read again. That gave up the read for the
// notice, and the notice disappeared.
#[wasm_bindgen_test]
async fn a_late_report_of_the_return_page_keeps_the_notice() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[]).await;
    let _popups = Popups::allowed();
    open.page.button("Link GitLab").press().await;
    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    let for_the_notice = fakes.hold(CHECK_GITLAB);
    fakes.advance(seconds(3)).await;
    assert!(for_the_notice.is_asked());

    // The report waits for the read that runs.
    report_return("gitlab", || true).await;
    assert!(!fakes.network.sent(CHECK_GITLAB).is_aborted());
    fakes.answer_if_asked(CHECK_GITLAB, Answer::json(&live()));
    for _ in 0..2 {
        fakes.answer_if_asked(LIST, list(&[gitlab()], &[link("gitlab")]));
    }
    for_the_notice.answer(Answer::json(&live())).await;

    let card = open.page.card("GitLab");
    assert!(card.says("GitLab is linked."), "{}", card.text());
    assert!(open.page.announcements().contains("GitLab is linked."));
}

#[wasm_bindgen_test]
async fn cancel_closes_the_window_and_stops_the_checks() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[]).await;
    let popups = Popups::allowed();
    open.page.button("Link GitLab").press().await;

    open.page.button("Cancel linking GitLab").press().await;

    assert!(popups.last().is_closed());
    let card = open.page.card("GitLab");
    assert_eq!(card.actions(), ["Link GitLab"]);
    fakes.advance(seconds(30)).await;
    assert_eq!(fakes.requests(), [LIST]);
}

#[wasm_bindgen_test]
async fn a_blocked_window_is_detected_and_this_tab_is_offered() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[]).await;
    let _popups = Popups::blocked();
    let _query = Query::set("?view=accounts");
    let navigations = Navigations::hold_back();

    open.page.button("Link GitLab").press().await;

    let card = open.page.card("GitLab");
    assert!(card.says("Your browser blocked the GitLab window."));
    assert_eq!(choices(&card), ["Continue in this tab", "Cancel"]);
    open.page.button("Continue in this tab").press().await;
    let back = "%2F%3Fview%3Daccounts%26linked%3Dgitlab";
    let expected = format!("/external-auth/gitlab/callback?redirect={back}");
    assert_eq!(navigations.urls(), [expected]);
}

#[wasm_bindgen_test]
async fn continuing_in_this_tab_cancels_the_window() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[]).await;
    let popups = Popups::allowed();
    let navigations = Navigations::hold_back();
    open.page.button("Link GitLab").press().await;

    open.page.button("Continue in this tab").press().await;

    assert!(popups.last().is_closed());
    assert_eq!(navigations.urls().len(), 1);
    fakes.advance(seconds(10)).await;
    assert_eq!(fakes.requests(), [LIST]);
}

#[wasm_bindgen_test]
async fn a_window_that_seems_closed_is_a_hint_and_never_the_result() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[]).await;
    let popups = Popups::allowed();
    open.page.button("Link GitLab").press().await;

    popups.last().close();
    fakes.answer(BUILD_INFO, build_info(""));
    fakes.advance(seconds(1)).await;
    let card = open.page.card("GitLab");
    assert!(card.says("The GitLab window seems to be closed."));
    let expected = ["Check now", "Continue in this tab", "Cancel"];
    assert_eq!(choices(&card), expected);

    fakes.answer(CHECK_GITLAB, Answer::json(&live_refused()));
    open.page.button("Check now").press().await;
    assert_eq!(fakes.count(CHECK_GITLAB), 1);
    assert_eq!(choices(&card), expected, "it goes on");
}

#[wasm_bindgen_test]
async fn after_five_minutes_the_person_is_asked_whether_to_continue() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[]).await;
    let _popups = Popups::allowed();
    open.page.button("Link GitLab").press().await;

    fakes.answer(BUILD_INFO, build_info(""));
    fakes.sleep(seconds(300)).await;
    let card = open.page.card("GitLab");
    assert!(card.says("Still waiting for GitLab."));
    let expected = ["Keep waiting", "Continue in this tab", "Cancel"];
    assert_eq!(choices(&card), expected);
    fakes.advance(seconds(10)).await;
    assert_eq!(fakes.requests(), [LIST, BUILD_INFO], "no automatic check");

    fakes.answer(CHECK_GITLAB, Answer::json(&live_refused()));
    open.page.button("Keep waiting").press().await;
    assert_eq!(fakes.count(CHECK_GITLAB), 1);
    assert_eq!(choices(&card), WAITING);
}

#[wasm_bindgen_test]
async fn a_failure_that_the_deployment_shows_in_the_window_is_shown_on_the_card() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[]).await;
    let popups = Popups::allowed();
    open.page.button("Link GitLab").press().await;

    let failure = json!({ "message": "Failed to exchange.", "detail": "client_secret=s3cret" });
    popups.last().show_json(&failure.to_string());
    fakes.advance(seconds(1)).await;

    assert!(popups.last().is_closed());
    let card = open.page.card("GitLab");
    assert!(card.says("Coder couldn't link GitLab"));
    assert!(card.has_focus());
    assert!(open.page.announcements().contains("couldn't link"));
    card.unfold("Details").await;
    assert!(card.says("Failed to exchange."));
    assert!(!card.says("s3cret"));
}

// We look at the window each second. Each look kept two entries of the table that
// holds the program's references to JavaScript values, so memory grew without end.
#[wasm_bindgen_test]
async fn a_window_that_stays_at_the_provider_leaves_no_references_behind() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[]).await;
    let popups = Popups::allowed();
    open.page.button("Link GitLab").press().await;
    popups.last().leave();
    // From then on, nothing is checked automatically.
    fakes.answer(BUILD_INFO, build_info(""));
    fakes.sleep(seconds(300)).await;
    fakes.advance(seconds(10)).await;

    let before = externref_heap_live_count();
    fakes.advance(seconds(100)).await;
    assert_eq!(externref_heap_live_count(), before);
}

#[wasm_bindgen_test]
async fn one_flow_runs_at_a_time_and_the_person_chooses() {
    let fakes = Fakes::install();
    let providers = [gitlab(), provider("gitea", "Gitea")];
    let open = opened(&fakes, &providers, &[]).await;
    let popups = Popups::allowed();
    open.page.button("Link GitLab").press().await;
    let first = popups.last();

    open.page.button("Link Gitea").press().await;
    assert_eq!(popups.count(), 1);
    let gitea = open.page.card("Gitea");
    let words = "You are linking GitLab. Finish that first, or link Gitea instead";
    assert!(gitea.says(words), "{}", gitea.text());
    assert_eq!(choices(&gitea), ["Link Gitea instead", "Bring to front"]);

    open.page.button("Link Gitea instead").press().await;
    assert!(first.is_closed());
    assert_eq!(popups.count(), 2);
    assert!(popups.last().url().starts_with("/external-auth/gitea/"));
    assert_eq!(choices(&open.page.card("GitLab")), [""; 0]);
    assert_eq!(choices(&gitea), WAITING);
}

// The question stayed, and no longer named the provider that was being linked.
#[wasm_bindgen_test]
async fn the_question_disappears_when_the_running_flow_ends() {
    let providers = [gitlab(), provider("gitea", "Gitea")];
    for is_linked in [true, false] {
        let fakes = Fakes::install();
        let open = opened(&fakes, &providers, &[]).await;
        let popups = Popups::allowed();
        open.page.button("Link GitLab").press().await;
        open.page.button("Link Gitea").press().await;

        if is_linked {
            fakes.answer(CHECK_GITLAB, Answer::json(&live()));
            fakes.answer(CHECK_GITLAB, Answer::json(&live()));
            fakes.answer(LIST, list(&providers, &[link("gitlab")]));
        } else {
            popups.last().show_json(r#"{"message": "Failed."}"#);
        }
        fakes.advance(seconds(3)).await;

        let gitea = open.page.card("Gitea");
        assert!(!gitea.says("You are linking"), "{}", gitea.text());
        assert_eq!(choices(&gitea), [""; 0]);
        gitea.button("Link Gitea").press().await;
        assert_eq!(popups.count(), 2, "nothing runs any longer");
        assert!(popups.last().url().starts_with("/external-auth/gitea/"));
    }
}

#[wasm_bindgen_test]
async fn the_card_receives_the_focus_when_its_question_disappears() {
    let fakes = Fakes::install();
    let providers = [gitlab(), provider("gitea", "Gitea")];
    let open = opened(&fakes, &providers, &[]).await;
    let _popups = Popups::allowed();
    open.page.button("Link GitLab").press().await;
    open.page.button("Link Gitea").press().await;
    let gitea = open.page.card("Gitea");
    gitea.button("Link Gitea instead").focus();

    // The end of the session ends the running flow.
    fakes.answer(CHECK_GITLAB, Answer::error(401, "no"));
    fakes.advance(seconds(3)).await;

    assert_eq!(choices(&gitea), [""; 0]);
    assert!(gitea.has_focus());
}

#[wasm_bindgen_test]
async fn the_end_of_the_session_leaves_the_window_open() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[]).await;
    let popups = Popups::allowed();
    open.page.button("Link GitLab").press().await;
    fakes.answer(CHECK_GITLAB, Answer::error(401, "no"));

    fakes.advance(seconds(3)).await;

    assert!(open.page.alerts().contains("Your session has ended."));
    assert!(!popups.last().is_closed(), "the person may sign in there");
    fakes.advance(seconds(30)).await;
    assert_eq!(fakes.count(CHECK_GITLAB), 1, "nothing more is asked");
}

#[wasm_bindgen_test]
async fn a_broken_link_counts_as_linked_again_when_it_works_and_is_newer() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[broken_at(-5)]).await;
    let events = RecordedEvents::of(open.view);
    let popups = Popups::allowed();
    open.page.re_authenticate("GitLab").await;
    let card = open.page.card("GitLab");
    assert_eq!(choices(&card), WAITING);

    fakes.advance(seconds(30)).await;
    assert_eq!(fakes.requests(), [LIST], "the list is never read by itself");

    // The person returns before the flow is done, and returns again.
    fakes.answer(LIST, list(&[gitlab()], &[broken_at(-5)]));
    fire_on_window("focus").await;
    fire_on_window("focus").await;
    assert_eq!(fakes.count(LIST), 2, "once");
    assert_eq!(choices(&card), WAITING);

    popups.last().close();
    fakes.answer(BUILD_INFO, build_info(""));
    fakes.advance(seconds(1)).await;
    fakes.answer(LIST, list(&[gitlab()], &[linked_at(0)]));
    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    open.page.button("Check now").press().await;
    assert!(card.says("GitLab is linked."), "{}", card.text());
    assert!(events.linked("gitlab"));
    assert_eq!(choices(&card), [""; 0]);
}

// A permanent refresh failure changes the time of a link, and so does a
// refresh that succeeds. Both were called "linked".
#[wasm_bindgen_test]
async fn a_newer_time_alone_is_not_called_linked() {
    for (before, after) in [
        (broken_at(-5), broken_at(0)),
        (linked_at(-5), linked_at(0)),
        (linked_at(-5), broken_at(0)),
    ] {
        let fakes = Fakes::install();
        let open = opened(&fakes, &[gitlab()], std::slice::from_ref(&before)).await;
        let events = RecordedEvents::of(open.view);
        let _popups = Popups::allowed();
        open.page.re_authenticate("GitLab").await;

        fakes.answer(LIST, list(&[gitlab()], std::slice::from_ref(&after)));
        fire_on_window("focus").await;
        // A message of another tab proves nothing either.
        let held = fakes.hold(LIST);
        tell_other_tabs("gitlab", || held.is_asked()).await;
        held.answer(list(&[gitlab()], std::slice::from_ref(&after)))
            .await;

        let card = open.page.card("GitLab");
        assert!(!card.says("is linked"), "{}", card.text());
        assert!(!open.page.announcements().contains("is linked"));
        assert!(!events.linked("gitlab"));
        assert_eq!(choices(&card), WAITING, "it goes on");
    }
}

#[wasm_bindgen_test]
async fn check_now_says_of_a_refreshed_link_only_that_it_works() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[linked_at(-5)]).await;
    let events = RecordedEvents::of(open.view);
    let popups = Popups::allowed();
    open.page.re_authenticate("GitLab").await;
    popups.last().close();
    fakes.answer(BUILD_INFO, build_info(""));
    fakes.advance(seconds(1)).await;

    fakes.answer(LIST, list(&[gitlab()], &[linked_at(0)]));
    open.page.button("Check now").press().await;

    let card = open.page.card("GitLab");
    let words = "GitLab works. We couldn't confirm that it was linked again.";
    assert!(card.says(words), "{}", card.text());
    assert!(open.page.announcements().contains(words));
    assert_eq!(choices(&card), [""; 0], "it is over");
    assert!(!events.linked("gitlab"));
}

#[wasm_bindgen_test]
async fn check_now_continues_to_wait_if_the_link_has_not_changed() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[linked_at(-5)]).await;
    let popups = Popups::allowed();
    open.page.re_authenticate("GitLab").await;
    popups.last().close();
    fakes.answer(BUILD_INFO, build_info(""));
    fakes.advance(seconds(1)).await;

    fakes.answer(LIST, list(&[gitlab()], &[linked_at(-5)]));
    open.page.button("Check now").press().await;

    let card = open.page.card("GitLab");
    assert!(card.says("The GitLab window seems to be closed."));
    assert!(!card.says("GitLab works."), "{}", card.text());
}

#[wasm_bindgen_test]
async fn the_return_page_tells_a_new_link_from_a_token_that_was_refreshed() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[linked_at(-5)]).await;
    let events = RecordedEvents::of(open.view);
    let popups = Popups::allowed();
    open.page.re_authenticate("GitLab").await;

    let held = fakes.hold(LIST);
    report_return("gitlab", || held.is_asked()).await;
    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    held.answer(list(&[gitlab()], &[linked_at(0)])).await;

    let card = open.page.card("GitLab");
    assert!(card.says("GitLab is linked."), "{}", card.text());
    assert!(events.linked("gitlab"));
    assert!(popups.last().is_closed());
}

#[wasm_bindgen_test]
async fn a_link_that_the_provider_refuses_after_the_return_is_called_refused() {
    // With and without a link before. Without one, the answer by id cannot
    // distinguish a refused link from no link.
    for before in [vec![broken_at(-5)], vec![]] {
        let fakes = Fakes::install();
        let open = opened(&fakes, &[gitlab()], &before).await;
        let events = RecordedEvents::of(open.view);
        let _popups = Popups::allowed();
        let is_new = before.is_empty();
        if is_new {
            open.page.button("Link GitLab").press().await;
        } else {
            open.page.re_authenticate("GitLab").await;
        }

        let held = fakes.hold(if is_new { CHECK_GITLAB } else { LIST });
        report_return("gitlab", || held.is_asked()).await;
        let broken = list(&[gitlab()], &[broken_at(0)]);
        if is_new {
            fakes.answer(LIST, broken);
            held.answer(Answer::json(&live_refused())).await;
        } else {
            held.answer(broken).await;
        }

        let card = open.page.card("GitLab");
        let words = "You approved the request, but GitLab doesn't accept the link.";
        assert!(card.says(words), "{}", card.text());
        assert!(card.says("Access revoked"));
        assert!(open.page.announcements().contains(words));
        assert!(!events.linked("gitlab"));
        assert_eq!(choices(&card), [""; 0], "it is over");
    }
}

#[wasm_bindgen_test]
async fn a_page_on_another_host_says_where_linking_works() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[]).await;
    let popups = Popups::allowed();
    let _query = Query::set("?view=accounts");
    open.page.button("Link GitLab").press().await;
    popups.last().close();
    fakes.answer(BUILD_INFO, build_info("https://coder.example/"));

    fakes.advance(seconds(1)).await;

    let card = open.page.card("GitLab");
    let here = leptos::prelude::location().host().unwrap();
    let words = format!(
        "You opened this page at {here}, but Coder's address is coder.example. Linking works only there."
    );
    assert!(card.says(&words), "{}", card.text());
    assert!(open.page.announcements().contains(&words));
    let link = card.link("Open this page at coder.example");
    let url = link.attribute("href");
    assert_eq!(url.as_deref(), Some("https://coder.example/?view=accounts"));
    fakes.advance(seconds(1)).await;
    assert_eq!(fakes.count(BUILD_INFO), 1);
}

#[wasm_bindgen_test]
async fn a_page_on_the_same_or_an_unknown_host_does_not_mention_hosts() {
    let here = leptos::prelude::location().origin().unwrap();
    for answer in [
        build_info(&here),
        build_info("javascript:alert(1)"),
        build_info("https://coder.example@evil.example"),
        Answer::error(500, "no"),
        Answer::new(200, "text/html", "<html>a proxy</html>"),
    ] {
        let fakes = Fakes::install();
        let open = opened(&fakes, &[gitlab()], &[]).await;
        let popups = Popups::allowed();
        open.page.button("Link GitLab").press().await;
        popups.last().close();
        fakes.answer(BUILD_INFO, answer);

        fakes.advance(seconds(1)).await;

        let card = open.page.card("GitLab");
        assert!(card.says("seems to be closed"), "{}", card.text());
        assert!(!card.says("Coder's address"), "{}", card.text());
    }
}

// This happens in an embedding page, where no page of ours receives the
// window.
#[wasm_bindgen_test]
async fn a_window_at_the_page_of_the_deployment_is_a_reason_to_check_once() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[linked_at(-5)]).await;
    let popups = Popups::allowed();
    open.page.re_authenticate("GitLab").await;

    popups.last().arrive("/external-auth/gitlab/callback");
    fakes.advance(seconds(5)).await;
    assert_eq!(fakes.count(LIST), 1);

    popups.last().arrive("/external-auth/gitlab");
    fakes.answer(LIST, list(&[gitlab()], &[linked_at(-5)]));
    fakes.advance(seconds(30)).await;
    assert_eq!(fakes.count(LIST), 2, "once");
    assert_eq!(choices(&open.page.card("GitLab")), WAITING);
}

#[wasm_bindgen_test]
async fn a_newer_time_at_the_page_of_the_deployment_is_the_result() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[linked_at(-5)]).await;
    let popups = Popups::allowed();
    open.page.re_authenticate("GitLab").await;

    popups.last().arrive("/external-auth/gitlab");
    fakes.answer(LIST, list(&[gitlab()], &[linked_at(0)]));
    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    fakes.advance(seconds(1)).await;

    assert!(open.page.card("GitLab").says("GitLab is linked."));
}

#[wasm_bindgen_test]
async fn the_notice_names_another_account_than_before() {
    let fakes = Fakes::install();
    let at = |hours| Link {
        provider_id: "github".into(),
        ..linked_at(hours)
    };
    fakes.answer(CHECK_GITHUB, Answer::json(&live()));
    let open = opened(&fakes, &[github()], &[at(-5)]).await;
    assert!(open.page.says("@ada"));
    let popups = Popups::allowed();
    open.page.re_authenticate("GitHub").await;
    let other = ExternalAuth {
        user: Some(account("grace")),
        ..live()
    };
    fakes.answer(LIST, list(&[github()], &[at(0)]));
    fakes.answer(CHECK_GITHUB, Answer::json(&other));
    fakes.answer_if_asked(CHECK_GITHUB, Answer::json(&other));

    fire_on_window("focus").await;

    assert!(popups.last().is_closed());
    let card = open.page.card("GitHub");
    let words = "GitHub is now linked as @grace; it was @ada.";
    assert!(card.says(words), "{}", card.text());
}

#[wasm_bindgen_test]
async fn an_unmounted_page_stops_checking() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &[]).await;
    let _popups = Popups::allowed();
    open.page.button("Link GitLab").press().await;

    open.page.unmount().await;
    fire_on_window("focus").await;
    fakes.advance(seconds(30)).await;
    settle().await;

    assert_eq!(fakes.requests(), [LIST]);
}
