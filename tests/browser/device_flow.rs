//! Linking by the device flow, in a dialog.

use external_auth_core::wire::{DeviceAuthorization, Link, Provider};
use js_sys::Reflect;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::sample::{broken_at, gitlab, link, linked_at, list, live, live_refused};
use crate::support::{
    Answer, CHECK_GITLAB, CsrfTag, FakeClipboard, FakeLocks, Fakes, LIST, OpenView, Part,
    RecordedEvents, open_list, seconds, settle, tell_other_tabs,
};

const BEGIN_DEVICE: &str = "GET /api/v2/external-auth/gitlab/device";
const EXCHANGE: &str = "POST /api/v2/external-auth/gitlab/device";
const SECRET: &str = "3584d83530557fdd1f46af8289938c8ef79f9dc5";
const LOCK: &str = "coder-external-auth/gitlab";
const INSTRUCTION: &str = "Approve it at gitlab.example";

fn authorization() -> DeviceAuthorization {
    DeviceAuthorization {
        device_code: SECRET.into(),
        user_code: "WDJB-MJHT".into(),
        verification_uri: "https://gitlab.example/oauth/device".into(),
        expires_in: 900,
        interval: 5,
    }
}

/// The answer to a poll while the provider waits, or after it refused.
fn says(detail: &str) -> Answer {
    let body = json!({ "message": "Failed to exchange device code.", "detail": detail });
    Answer::new(400, "application/json", &body.to_string())
}

/// The page with GitLab, which has a device flow.
struct Scene {
    open: OpenView,
    fakes: Fakes,
    locks: FakeLocks,
    _tag: CsrfTag,
}

impl Scene {
    /// Not linked yet.
    async fn new() -> Self {
        Self::with_links(&[]).await
    }

    /// With these links.
    async fn with_links(links: &[Link]) -> Self {
        let tag = CsrfTag::with("token");
        let locks = FakeLocks::install();
        let fakes = Fakes::install();
        let provider = Provider {
            device: true,
            ..gitlab()
        };
        fakes.answer(LIST, list(&[provider], links));
        let open = open_list();
        open.load().await;
        Self {
            open,
            fakes,
            locks,
            _tag: tag,
        }
    }

    /// With the dialog open, and a code in it.
    async fn with_code() -> Self {
        let scene = Self::new().await;
        scene
            .fakes
            .answer(BEGIN_DEVICE, Answer::json(&authorization()));
        scene.press_link().await;
        scene
    }

    /// With a code in the dialog, for an existing link.
    async fn re_authenticating(before: Link) -> Self {
        let scene = Self::with_links(&[before]).await;
        scene
            .fakes
            .answer(BEGIN_DEVICE, Answer::json(&authorization()));
        scene.open.page.re_authenticate("GitLab").await;
        scene
    }

    /// Sets the next answer of the list.
    fn answer_list(&self, link: Link) {
        let provider = Provider {
            device: true,
            ..gitlab()
        };
        self.fakes.answer(LIST, list(&[provider], &[link]));
    }

    async fn press_link(&self) {
        self.open.page.button("Link GitLab").press().await;
    }

    fn dialog(&self) -> Part {
        self.open.page.dialog("Link GitLab")
    }

    fn has_dialog(&self) -> bool {
        self.open.page.has_dialog()
    }

    fn card(&self) -> Part {
        self.open.page.card("GitLab")
    }

    fn polls(&self) -> usize {
        self.fakes.count(EXCHANGE)
    }

    /// Lets six seconds pass, and answers the next poll.
    async fn poll(&self, answer: Answer) {
        self.fakes.answer(EXCHANGE, answer);
        let before = self.polls();
        self.fakes.advance(seconds(6)).await;
        assert_eq!(self.polls(), before + 1, "one poll");
    }

    /// Sets the answer of the check at the end of a flow.
    fn answer_look(&self, linked: bool) {
        let answer = if linked { live() } else { live_refused() };
        self.fakes.answer(CHECK_GITLAB, Answer::json(&answer));
    }
}

#[wasm_bindgen_test]
async fn the_dialog_says_that_a_code_is_being_requested() {
    let scene = Scene::new().await;
    let held = scene.fakes.hold(BEGIN_DEVICE);

    scene.press_link().await;

    let dialog = scene.dialog();
    assert!(dialog.0.matches(":modal").unwrap());
    assert!(dialog.says("Asking GitLab for a code…"));
    assert!(dialog.announcements().contains("Asking GitLab for a code…"));
    assert_eq!(dialog.buttons(), ["Cancel"]);
    held.answer(Answer::json(&authorization())).await;
    assert!(!dialog.says("Asking GitLab"));
}

#[wasm_bindgen_test]
async fn the_dialog_shows_the_code_its_address_and_how_long_it_is_valid() {
    let scene = Scene::with_code().await;

    let dialog = scene.dialog();
    assert!(dialog.says(INSTRUCTION));
    assert!(dialog.says("WDJB-MJHT"));
    assert!(dialog.says("Keep this open. It updates when you approve."));
    // The address as text, as a button, and as a QR code.
    assert!(dialog.says("https://gitlab.example/oauth/device"));
    let address = dialog.link("Copy code and open gitlab.example");
    let url = address.attribute("href");
    assert_eq!(url.as_deref(), Some("https://gitlab.example/oauth/device"));
    let rel = address.attribute("rel");
    assert_eq!(rel.as_deref(), Some("noopener noreferrer"));
    let pictures = dialog.select("[role=img]");
    let label = pictures[0].attribute("aria-label").unwrap();
    assert!(label.contains("gitlab.example"), "{label}");

    assert!(dialog.says("Code expires in 15:00"));
    scene.fakes.advance(seconds(1)).await;
    assert!(dialog.says("Code expires in 14:59"));
}

#[wasm_bindgen_test]
async fn the_device_code_is_not_on_the_page() {
    let scene = Scene::with_code().await;
    scene.poll(says("authorization_pending")).await;

    let html = leptos::prelude::document().document_element().unwrap();
    assert!(!html.outer_html().contains(SECRET));
    let requests = scene.fakes.requests().join(" ");
    assert!(!requests.contains(SECRET), "not in an address: {requests}");
}

#[wasm_bindgen_test]
async fn each_poll_waits_for_one_interval_after_the_answer() {
    let scene = Scene::with_code().await;

    scene.fakes.advance(seconds(5)).await;
    assert_eq!(
        scene.polls(),
        0,
        "one interval, and a margin, before the first"
    );
    let held = scene.fakes.hold(EXCHANGE);
    scene.fakes.advance(seconds(1)).await;
    assert_eq!(scene.polls(), 1);
    scene.fakes.advance(seconds(10)).await;
    assert_eq!(scene.polls(), 1, "never two at once");

    held.answer(says("authorization_pending")).await;
    scene.fakes.advance(seconds(5)).await;
    assert_eq!(scene.polls(), 1, "counted from the answer");
    scene.fakes.answer(EXCHANGE, says("authorization_pending"));
    scene.fakes.advance(seconds(1)).await;
    assert_eq!(scene.polls(), 2);
}

#[wasm_bindgen_test]
async fn the_dialog_closes_and_the_card_is_updated_when_the_account_is_linked() {
    let scene = Scene::with_code().await;
    scene.poll(says("authorization_pending")).await;
    assert!(scene.has_dialog());

    scene.answer_look(true);
    scene
        .fakes
        .answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    scene.poll(Answer::no_content()).await;

    assert!(!scene.has_dialog());
    let card = scene.card();
    assert!(card.says("GitLab is linked."), "{}", card.text());
    assert!(card.says("Linked") && card.says("Does not expire"));
    assert!(card.has_focus(), "the button that had it is gone");
    let announced = scene.open.page.announcements();
    let times = announced.matches("GitLab is linked.").count();
    assert_eq!(times, 1, "{announced}");
    scene.fakes.advance(seconds(60)).await;
    assert_eq!(scene.polls(), 2, "it is over");
}

#[wasm_bindgen_test]
async fn slow_down_makes_the_pauses_longer_permanently() {
    let scene = Scene::with_code().await;
    scene.poll(says("slow_down")).await;

    assert!(scene.dialog().says("GitLab asked us to check less often"));
    scene.fakes.advance(seconds(10)).await;
    assert_eq!(scene.polls(), 1);
    scene.fakes.answer(EXCHANGE, says("authorization_pending"));
    scene.fakes.advance(seconds(1)).await;
    assert_eq!(scene.polls(), 2);
    assert!(scene.dialog().says("GitLab asked us to check less often"));
    scene.fakes.advance(seconds(10)).await;
    assert_eq!(scene.polls(), 2, "not forgotten after an answer");
    scene.fakes.answer(EXCHANGE, says("authorization_pending"));
    scene.fakes.advance(seconds(1)).await;
    assert_eq!(scene.polls(), 3);
}

#[wasm_bindgen_test]
async fn transient_failures_are_shown_and_do_not_end_the_flow() {
    let scene = Scene::with_code().await;
    scene.fakes.fail(EXCHANGE);
    scene.fakes.advance(seconds(6)).await;

    let trouble = "The connection has trouble. Trying again; your code stays valid.";
    assert!(scene.dialog().says(trouble));
    assert!(scene.dialog().announcements().contains(trouble));
    assert!(scene.dialog().says("WDJB-MJHT"));

    scene.fakes.answer(EXCHANGE, says("authorization_pending"));
    scene.fakes.advance(seconds(11)).await;
    assert_eq!(scene.polls(), 2, "after twice the pause");
    assert!(!scene.dialog().says(trouble));
}

#[wasm_bindgen_test]
async fn a_refusal_at_the_provider_is_shown_and_a_new_code_is_offered() {
    let scene = Scene::with_code().await;
    scene.answer_look(false);
    scene.poll(says("access_denied")).await;

    let words = "The request was declined at GitLab. Nothing changed.";
    assert!(scene.dialog().says(words), "{}", scene.dialog().text());
    assert!(scene.dialog().announcements().contains(words));
    assert!(!scene.dialog().says("WDJB-MJHT"));
    scene.fakes.advance(seconds(60)).await;
    assert_eq!(scene.polls(), 1, "it is over");

    let renewed = DeviceAuthorization {
        user_code: "NEWC-ODE1".into(),
        ..authorization()
    };
    scene.fakes.answer(BEGIN_DEVICE, Answer::json(&renewed));
    scene.dialog().button("Get a new code").press().await;
    assert!(scene.dialog().says("NEWC-ODE1"));
    scene.poll(says("authorization_pending")).await;
}

#[wasm_bindgen_test]
async fn a_code_that_expired_during_sleep_is_no_longer_polled() {
    let scene = Scene::with_code().await;
    scene.answer_look(false);

    scene.fakes.sleep(seconds(901)).await;

    let words = "The code expired before it was used. Nothing changed.";
    assert!(scene.dialog().says(words), "{}", scene.dialog().text());
    assert_eq!(scene.dialog().buttons(), ["Cancel", "Get a new code"]);
    assert_eq!(scene.polls(), 0);
}

#[wasm_bindgen_test]
async fn a_lost_answer_is_found_before_the_flow_ends() {
    let scene = Scene::with_code().await;
    // The answer that finds the link, and then the login.
    scene.answer_look(true);
    scene.answer_look(true);
    scene
        .fakes
        .answer(LIST, list(&[gitlab()], &[link("gitlab")]));

    scene.poll(says("expired_token")).await;

    assert!(!scene.has_dialog());
    assert!(scene.card().says("GitLab is linked."));
}

#[wasm_bindgen_test]
async fn another_failure_shows_the_reason_without_the_device_code_and_offers_to_try_again() {
    let scene = Scene::with_code().await;
    scene.answer_look(false);
    let reason = format!("Post \"https://gitlab.example/t?device_code={SECRET}\": unsupported");
    scene.poll(says(&reason)).await;

    let dialog = scene.dialog();
    assert!(dialog.says("GitLab couldn't be linked."));
    assert!(!dialog.says("unsupported"), "folded away");
    dialog.unfold("Details").await;
    assert!(dialog.says("unsupported"), "{}", dialog.text());
    assert!(!dialog.0.inner_html().contains(SECRET));
    assert_eq!(dialog.buttons(), ["Copy details", "Cancel", "Try again"]);
}

// The reason was folded away, or was not there at all.
#[wasm_bindgen_test]
async fn the_dialog_says_why_when_the_request_for_a_code_went_wrong_on_the_way() {
    for (answer, why) in [
        (Answer::html(502, "<h1>Bad Gateway</h1>"), "(502)"),
        (Answer::error(429, "Slow down."), "is limiting requests"),
        (
            Answer::error(403, "Forbidden."),
            "You don't have permission to do this.",
        ),
    ] {
        let scene = Scene::new().await;
        scene.fakes.answer(BEGIN_DEVICE, answer);
        scene.press_link().await;
        let dialog = scene.dialog();
        assert!(dialog.says("GitLab couldn't be linked."), "{why}");
        assert!(dialog.says(why), "{}", dialog.text());
    }
}

#[wasm_bindgen_test]
async fn the_dialog_shows_why_the_deployment_has_no_code() {
    let scene = Scene::new().await;
    let answer = Answer::error(500, "Failed to authorize device.");
    scene.fakes.answer(BEGIN_DEVICE, answer);

    scene.press_link().await;

    let dialog = scene.dialog();
    assert!(dialog.says("GitLab couldn't be linked."));
    dialog.unfold("Details").await;
    assert!(dialog.says("Failed to authorize device."));
    scene
        .fakes
        .answer(BEGIN_DEVICE, Answer::json(&authorization()));
    dialog.button("Try again").press().await;
    assert!(scene.dialog().says("WDJB-MJHT"));
}

#[wasm_bindgen_test]
async fn a_provider_without_a_code_is_reported_and_can_be_tried_again() {
    let scene = Scene::new().await;
    let no_code = DeviceAuthorization::default();
    scene.fakes.answer(BEGIN_DEVICE, Answer::json(&no_code));

    scene.press_link().await;

    let dialog = scene.dialog();
    assert!(
        dialog.says("GitLab didn't give a code."),
        "{}",
        dialog.text()
    );
    assert!(
        dialog
            .announcements()
            .contains("GitLab didn't give a code.")
    );
    scene
        .fakes
        .answer(BEGIN_DEVICE, Answer::json(&authorization()));
    dialog.button("Try again").press().await;
    assert!(dialog.says(INSTRUCTION));
}

// The browser tells that a dialog is closed in a later task.
#[wasm_bindgen_test]
async fn link_that_is_pressed_while_the_dialog_closes_shows_the_same_code_again() {
    let scene = Scene::with_code().await;

    scene.dialog().call("requestClose");
    scene.open.page.button("Link GitLab").press().await;

    assert!(scene.dialog().0.matches(":modal").unwrap());
    assert!(scene.dialog().says("WDJB-MJHT"));
    scene.dialog().button("Cancel").press().await;
    assert!(!scene.has_dialog());
    assert_eq!(scene.fakes.requests(), [LIST, BEGIN_DEVICE]);
}

#[wasm_bindgen_test]
async fn closing_the_dialog_stops_the_flow_and_restores_the_focus() {
    for how in ["Cancel", "Escape"] {
        let scene = Scene::with_code().await;
        scene.fakes.advance(seconds(3)).await;

        if how == "Cancel" {
            scene.dialog().button("Cancel").press().await;
        } else {
            scene.dialog().call("requestClose");
            settle().await;
        }

        assert!(!scene.has_dialog(), "{how}");
        assert!(scene.open.page.button("Link GitLab").has_focus(), "{how}");
        scene.fakes.advance(seconds(60)).await;
        assert_eq!(scene.fakes.requests(), [LIST, BEGIN_DEVICE], "{how}");
    }
}

#[wasm_bindgen_test]
async fn a_code_that_arrives_after_the_dialog_was_closed_is_not_used() {
    let scene = Scene::new().await;
    let held = scene.fakes.hold(BEGIN_DEVICE);
    scene.press_link().await;
    scene.dialog().button("Cancel").press().await;

    held.answer(Answer::json(&authorization())).await;
    scene.fakes.advance(seconds(30)).await;

    assert!(!scene.has_dialog());
    assert_eq!(scene.polls(), 0);
}

#[wasm_bindgen_test]
async fn the_time_left_is_announced_at_sixty_and_at_twenty_seconds_only() {
    let scene = Scene::new().await;
    let short = DeviceAuthorization {
        expires_in: 62,
        // No poll is due meanwhile.
        interval: 300,
        ..authorization()
    };
    scene.fakes.answer(BEGIN_DEVICE, Answer::json(&short));
    scene.press_link().await;
    let announced = || scene.dialog().announcements();

    scene.fakes.advance(seconds(1)).await;
    assert!(!announced().contains("ends"), "{}", announced());
    scene.fakes.advance(seconds(1)).await;
    assert!(announced().contains("Code expires in 60 seconds."));
    scene.fakes.advance(seconds(5)).await;
    assert!(!announced().contains("55"), "{}", announced());
    scene.fakes.advance(seconds(35)).await;
    assert!(announced().contains("Code expires in 20 seconds."));
}

#[wasm_bindgen_test]
async fn time_that_was_slept_through_is_announced_too() {
    let scene = Scene::with_code().await;
    scene
        .fakes
        .answer_if_asked(EXCHANGE, says("authorization_pending"));

    scene.fakes.sleep(seconds(855)).await;

    let announced = scene.dialog().announcements();
    assert!(
        announced.contains("Code expires in 45 seconds."),
        "{announced}"
    );
}

#[wasm_bindgen_test]
async fn a_bar_shows_how_much_time_is_left() {
    let scene = Scene::with_code().await;
    let bar = || {
        let bars = scene.dialog().select("progress");
        ["value", "max"].map(|name| Reflect::get(&bars[0].0, &name.into()).unwrap().as_f64())
    };

    assert_eq!(bar(), [Some(900.), Some(900.)]);
    scene.fakes.advance(seconds(3)).await;
    assert_eq!(bar(), [Some(897.), Some(900.)]);
    // A screen reader would follow it each second.
    let hidden = scene.dialog().select("progress[aria-hidden=true]");
    assert_eq!(hidden.len(), 1);
}

#[wasm_bindgen_test]
async fn the_code_is_announced_once_letter_by_letter() {
    let scene = Scene::with_code().await;

    let spelled = "Your code is W D J B dash M J H T.";
    assert!(scene.dialog().announcements().contains(spelled));
    assert_eq!(scene.dialog().select("code[aria-label]"), []);
    let region = scene.dialog().select("[role=status]").swap_remove(0);

    // Trouble that comes and goes does not have it read again.
    scene.fakes.fail(EXCHANGE);
    scene.fakes.advance(seconds(6)).await;
    assert_eq!(region.0.text_content().unwrap(), spelled);
}

#[wasm_bindgen_test]
async fn trouble_does_not_take_the_focus_from_what_is_shown() {
    let scene = Scene::with_code().await;
    let copy = scene.dialog().button("Copy code");
    copy.focus();

    scene.fakes.fail(EXCHANGE);
    scene.fakes.advance(seconds(6)).await;

    assert!(scene.dialog().says("The connection has trouble."));
    assert!(copy.has_focus());
}

#[wasm_bindgen_test]
async fn one_press_copies_the_code_and_announces_it() {
    let scene = Scene::with_code().await;
    let clipboard = FakeClipboard::allowed();

    scene.dialog().button("Copy code").press().await;

    assert_eq!(clipboard.text().as_deref(), Some("WDJB-MJHT"));
    assert!(scene.dialog().announcements().contains("Code copied."));
}

#[wasm_bindgen_test]
async fn the_code_is_selected_if_the_browser_does_not_copy_it() {
    let scene = Scene::with_code().await;
    let _clipboard = FakeClipboard::refused();

    scene.dialog().button("Copy code").press().await;

    let said = scene.dialog().announcements();
    assert!(said.contains("didn't allow copying"), "{said}");
    let selection = leptos::prelude::window().get_selection().unwrap().unwrap();
    assert_eq!(String::from(selection.to_string()), "WDJB-MJHT");
}

#[wasm_bindgen_test]
async fn an_unsafe_address_is_no_link_and_no_qr_code() {
    let scene = Scene::new().await;
    let unsafe_address = DeviceAuthorization {
        verification_uri: "javascript:window.broken=1".into(),
        ..authorization()
    };
    scene
        .fakes
        .answer(BEGIN_DEVICE, Answer::json(&unsafe_address));
    scene.press_link().await;

    assert!(
        scene.dialog().says("WDJB-MJHT"),
        "the code is there all the same"
    );
    assert_eq!(scene.dialog().select("a, [href], [role=img]"), []);
}

#[wasm_bindgen_test]
async fn the_end_of_the_session_ends_the_flow_and_is_shown_on_the_page() {
    let scene = Scene::with_code().await;
    scene.poll(Answer::error(401, "no")).await;

    assert!(scene.dialog().says("Your session has ended."));
    assert!(scene.open.page.alerts().contains("Your session has ended."));
    scene.fakes.advance(seconds(60)).await;
    assert_eq!(scene.polls(), 1);
}

// A refresh changes the time of a link, and so does a refresh that fails
// permanently. After a refused or expired code, the link was then called
// "linked".
#[wasm_bindgen_test]
async fn a_newer_time_after_a_refused_or_expired_code_is_not_called_linked() {
    for (before, after) in [(broken_at(-5), broken_at(0)), (linked_at(-5), linked_at(0))] {
        for (says_no, words) in [
            ("access_denied", "The request was declined at GitLab."),
            ("expired_token", "The code expired before it was used."),
        ] {
            let scene = Scene::re_authenticating(before.clone()).await;
            let events = RecordedEvents::of(scene.open.view);
            scene.answer_list(after.clone());
            scene.poll(says(says_no)).await;

            assert!(scene.dialog().says(words), "{}", scene.dialog().text());
            assert!(!scene.card().says("is linked"), "{}", scene.card().text());
            assert!(!events.linked("gitlab"));
        }
    }
}

#[wasm_bindgen_test]
async fn the_lost_answer_of_a_re_authentication_is_found_when_a_broken_link_works() {
    let scene = Scene::re_authenticating(broken_at(-5)).await;
    let events = RecordedEvents::of(scene.open.view);
    scene.answer_list(linked_at(0));
    scene.answer_look(true);
    scene.poll(says("invalid_grant")).await;

    assert!(!scene.has_dialog());
    assert!(scene.card().says("GitLab is linked."));
    assert!(events.linked("gitlab"));
    assert_eq!(scene.fakes.count(LIST), 2, "it was read just now");
}

#[wasm_bindgen_test]
async fn a_newer_time_that_a_refresh_may_explain_is_neither_a_link_nor_a_failure() {
    let scene = Scene::re_authenticating(linked_at(-5)).await;
    let events = RecordedEvents::of(scene.open.view);
    scene.answer_list(linked_at(0));
    scene.poll(says("invalid_grant")).await;

    let words = "GitLab works. We couldn't confirm that it was linked again.";
    assert!(scene.dialog().says(words), "{}", scene.dialog().text());
    let buttons = scene.dialog().buttons();
    assert_eq!(buttons, ["Cancel", "Try again"]);
    assert!(!events.linked("gitlab"));
}

#[wasm_bindgen_test]
async fn the_list_is_read_after_an_exchange_because_it_contains_the_expiry() {
    let scene = Scene::re_authenticating(linked_at(-5)).await;
    let events = RecordedEvents::of(scene.open.view);
    scene.answer_look(true);
    scene.answer_list(linked_at(0));
    scene.poll(Answer::no_content()).await;

    assert!(
        scene.card().says("GitLab is linked."),
        "{}",
        scene.card().text()
    );
    assert!(events.linked("gitlab"));
    assert_eq!(scene.fakes.count(LIST), 2);
}

#[wasm_bindgen_test]
async fn an_exchange_whose_link_the_provider_refuses_is_not_announced_as_linked() {
    let scene = Scene::re_authenticating(broken_at(-5)).await;
    let events = RecordedEvents::of(scene.open.view);
    scene.answer_look(false);
    scene.answer_list(broken_at(0));
    scene.poll(Answer::no_content()).await;

    assert!(!scene.has_dialog());
    let words = "You approved the request, but GitLab doesn't accept the link.";
    assert!(scene.card().says(words), "{}", scene.card().text());
    assert!(scene.card().says("Access revoked"));
    assert!(!scene.card().says("is linked"));
    assert!(!events.linked("gitlab"));
}

#[wasm_bindgen_test]
async fn this_tab_waits_while_another_tab_links_the_same_provider() {
    let scene = Scene::new().await;
    scene.locks.hold_elsewhere(LOCK);
    scene.press_link().await;

    // At once, because the browser reports it.
    let words = "Another tab is already linking GitLab.";
    assert!(scene.dialog().says(words), "{}", scene.dialog().text());
    assert!(scene.dialog().announcements().contains(words));
    assert_eq!(scene.dialog().buttons(), ["Cancel", "Link here instead"]);
    assert_eq!(scene.fakes.requests(), [LIST], "no code is asked for");

    scene.locks.release_elsewhere(LOCK).await;
    let words = "The other tab stopped linking GitLab.";
    assert!(scene.dialog().says(words), "{}", scene.dialog().text());
    assert_eq!(scene.fakes.requests(), [LIST], "not by itself");
    assert!(!scene.locks.is_held(LOCK), "nobody polls yet");
    scene
        .fakes
        .answer(BEGIN_DEVICE, Answer::json(&authorization()));
    scene.dialog().button("Get a new code").press().await;
    assert!(scene.dialog().says("WDJB-MJHT"));
    assert!(scene.locks.is_held(LOCK));
}

#[wasm_bindgen_test]
async fn link_here_instead_takes_the_polling_lock_from_another_tab() {
    let scene = Scene::new().await;
    scene.locks.hold_elsewhere(LOCK);
    scene.press_link().await;
    scene
        .fakes
        .answer(BEGIN_DEVICE, Answer::json(&authorization()));

    scene.dialog().button("Link here instead").press().await;

    assert!(
        scene.dialog().says("WDJB-MJHT"),
        "{}",
        scene.dialog().text()
    );
    scene.poll(says("authorization_pending")).await;
    assert!(scene.dialog().says("WDJB-MJHT"));
}

#[wasm_bindgen_test]
async fn a_tab_that_loses_the_polling_lock_stops_and_says_so() {
    let scene = Scene::with_code().await;
    scene.poll(says("authorization_pending")).await;

    scene.locks.steal_elsewhere(LOCK).await;

    let dialog = scene.dialog();
    let words = "Another tab is already linking GitLab.";
    assert!(dialog.says(words), "{}", dialog.text());
    assert!(dialog.announcements().contains(words));
    assert!(!dialog.says("WDJB-MJHT"));
    scene.fakes.advance(seconds(60)).await;
    assert_eq!(scene.polls(), 1, "it has stopped");
    scene.locks.release_elsewhere(LOCK).await;
    let words = "The other tab stopped linking GitLab.";
    assert!(scene.dialog().says(words), "{}", scene.dialog().text());
}

#[wasm_bindgen_test]
async fn a_link_that_was_made_while_the_lock_was_taken_is_not_lost() {
    let scene = Scene::with_code().await;
    let held = scene.fakes.hold(EXCHANGE);
    scene.fakes.advance(seconds(6)).await;
    scene.locks.steal_elsewhere(LOCK).await;

    scene.answer_look(true);
    scene.answer_list(link("gitlab"));
    held.answer(Answer::no_content()).await;

    assert!(!scene.has_dialog());
    assert!(scene.card().says("GitLab is linked."));
}

// The answer to a poll of a cancelled flow is not for the next flow.
#[wasm_bindgen_test]
async fn an_answer_to_an_earlier_flow_does_not_end_the_next_one() {
    let scene = Scene::with_code().await;
    let held = scene.fakes.hold(EXCHANGE);
    scene.fakes.advance(seconds(6)).await;
    scene.locks.steal_elsewhere(LOCK).await;
    let renewed = DeviceAuthorization {
        user_code: "NEWC-ODE1".into(),
        ..authorization()
    };
    scene.fakes.answer(BEGIN_DEVICE, Answer::json(&renewed));
    scene.dialog().button("Link here instead").press().await;
    let second = scene.fakes.hold(EXCHANGE);
    scene.fakes.advance(seconds(6)).await;
    assert!(second.is_asked());

    held.answer(says("access_denied")).await;

    assert!(
        scene.dialog().says("NEWC-ODE1"),
        "{}",
        scene.dialog().text()
    );
    second.answer(says("authorization_pending")).await;
    assert!(scene.dialog().says("NEWC-ODE1"));
}

#[wasm_bindgen_test]
async fn a_waiting_tab_is_done_when_the_other_tab_has_linked() {
    let scene = Scene::with_links(&[broken_at(-5)]).await;
    scene.locks.hold_elsewhere(LOCK);
    scene.open.page.re_authenticate("GitLab").await;
    let held = scene.fakes.hold(LIST);
    tell_other_tabs("gitlab", || held.is_asked()).await;
    scene.answer_look(true);
    held.answer(list(&[gitlab()], &[linked_at(0)])).await;

    assert!(!scene.has_dialog());
    assert!(scene.card().says("GitLab is linked."));
}

#[wasm_bindgen_test]
async fn a_waiting_tab_says_only_that_the_link_works_if_its_time_alone_is_newer() {
    let scene = Scene::with_links(&[linked_at(-5)]).await;
    scene.locks.hold_elsewhere(LOCK);
    scene.open.page.re_authenticate("GitLab").await;
    let held = scene.fakes.hold(LIST);
    tell_other_tabs("gitlab", || held.is_asked()).await;
    held.answer(list(&[gitlab()], &[linked_at(0)])).await;

    let words = "GitLab works. We couldn't confirm that it was linked again.";
    assert!(scene.dialog().says(words), "{}", scene.dialog().text());
}

// The tab kept the lock, and every other tab waited forever.
#[wasm_bindgen_test]
async fn the_polling_lock_is_released_at_every_end_and_taken_again_for_a_new_code() {
    for (answer, words) in [
        (says("access_denied"), "The request was declined at GitLab."),
        (says("expired_token"), "The code expired"),
        (says("unsupported"), "GitLab couldn't be linked."),
        (Answer::error(401, "no"), "Your session has ended."),
    ] {
        let scene = Scene::with_code().await;
        assert!(scene.locks.is_held(LOCK));
        let signed_out = words.starts_with("Your session");
        if !signed_out {
            scene.answer_look(false);
        }
        scene.poll(answer).await;
        assert!(scene.dialog().says(words), "{}", scene.dialog().text());
        assert!(!scene.locks.is_held(LOCK), "{words}");
        if signed_out {
            continue;
        }
        scene
            .fakes
            .answer(BEGIN_DEVICE, Answer::json(&authorization()));
        let again = if words.contains("couldn't be") {
            "Try again"
        } else {
            "Get a new code"
        };
        scene.dialog().button(again).press().await;
        assert!(scene.dialog().says("WDJB-MJHT"), "{words}");
        assert!(scene.locks.is_held(LOCK), "{words}");
    }
}

#[wasm_bindgen_test]
async fn the_polling_lock_is_released_if_the_deployment_has_no_code() {
    let scene = Scene::new().await;
    let answer = Answer::error(500, "Failed to authorize device.");
    scene.fakes.answer(BEGIN_DEVICE, answer);
    scene.press_link().await;
    assert!(scene.dialog().says("GitLab couldn't be linked."));
    assert!(!scene.locks.is_held(LOCK));
}

#[wasm_bindgen_test]
async fn a_new_code_waits_for_a_tab_that_started_meanwhile() {
    let scene = Scene::with_code().await;
    scene.answer_look(false);
    scene.poll(says("access_denied")).await;
    scene.locks.hold_elsewhere(LOCK);

    scene.dialog().button("Get a new code").press().await;

    let words = "Another tab is already linking GitLab.";
    assert!(scene.dialog().says(words), "{}", scene.dialog().text());
}

// A lock that was not granted within a second was taken for another tab's.
#[wasm_bindgen_test]
async fn a_browser_that_grants_the_lock_late_is_not_taken_for_another_tab() {
    let scene = Scene::new().await;
    scene.locks.take_time();
    scene.press_link().await;
    scene.fakes.advance(seconds(3)).await;
    let dialog = scene.dialog();
    assert!(
        dialog.says("Asking GitLab for a code…"),
        "{}",
        dialog.text()
    );
    scene
        .fakes
        .answer(BEGIN_DEVICE, Answer::json(&authorization()));

    scene.locks.go_on().await;

    assert!(
        scene.dialog().says("WDJB-MJHT"),
        "{}",
        scene.dialog().text()
    );
}

// As in a sandboxed frame.
#[wasm_bindgen_test]
async fn the_flow_polls_without_a_lock_if_the_browser_refuses_locks() {
    let scene = Scene::new().await;
    scene.locks.refuse("SecurityError");
    scene
        .fakes
        .answer(BEGIN_DEVICE, Answer::json(&authorization()));
    scene.press_link().await;

    assert!(
        scene.dialog().says("WDJB-MJHT"),
        "{}",
        scene.dialog().text()
    );
    scene.poll(says("authorization_pending")).await;
    assert!(scene.dialog().says("WDJB-MJHT"));
}

#[wasm_bindgen_test]
async fn a_closed_dialog_releases_the_polling_lock_for_the_next() {
    let scene = Scene::with_code().await;
    scene.dialog().button("Cancel").press().await;

    scene
        .fakes
        .answer(BEGIN_DEVICE, Answer::json(&authorization()));
    scene.press_link().await;

    assert!(scene.dialog().says("WDJB-MJHT"));
    scene.poll(says("authorization_pending")).await;
}
