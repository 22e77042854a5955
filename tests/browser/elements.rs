//! The Rust side of the custom elements: views in shadow roots, mounted by the
//! functions that the elements' JavaScript calls.

use std::cell::{RefCell, RefMut};
use std::rc::Rc;

use coder_external_auth::elements::{Mounted, mount};
use external_auth_core::MAX_PROVIDERS;
use external_auth_core::wire::{DeviceAuthorization, ExternalAuth, Link, Provider};
use js_sys::{Array, JSON, Object, Promise, Reflect};
use leptos::prelude::{document, window};
use serde_json::json;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, ShadowRootInit, ShadowRootMode};

use crate::support::sample::{broken_link, github, gitlab, link, list, live, provider, user};
use crate::support::{
    Answer, CHECK_GITHUB, CHECK_GITLAB, CURRENT_USER, CsrfTag, FakeLocks, Fakes, HOST_CLASS, LIST,
    Navigations, Part, Popups, Query, Removable, SentEarly, UNLINK_GITLAB, fire_on_window, run,
    seconds, settle, tell_other_tabs,
};

/// An element on the page, made as its JavaScript class makes it. Removed when
/// this is dropped.
struct Embedded {
    host: Element,
    root: Element,
    mounted: Option<Removable<Mounted>>,
    events: Rc<RefCell<Vec<String>>>,
    _emit: Closure<dyn FnMut(String, Object)>,
}

impl Embedded {
    async fn new(kind: &str, options: &[(&str, JsValue)]) -> Self {
        Self::with_early(kind, options, &JsValue::UNDEFINED).await
    }

    /// With requests that were sent before the program ran.
    async fn with_early(kind: &str, options: &[(&str, JsValue)], early: &JsValue) -> Self {
        let host = document().create_element("div").unwrap();
        host.set_class_name(HOST_CLASS);
        document()
            .body()
            .unwrap()
            .prepend_with_node_1(&host)
            .unwrap();
        let shadow = host
            .attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))
            .unwrap();
        // Wraps the shadow root, so that the methods of `Part` work on it.
        let root = document().create_element("div").unwrap();
        shadow.append_child(&root).unwrap();
        let events: Rc<RefCell<Vec<String>>> = Rc::default();
        let emit = Closure::new({
            let events = Rc::clone(&events);
            move |name: String, detail: Object| {
                let detail = JSON::stringify(&detail).unwrap();
                events.borrow_mut().push(format!("{name} {detail}"));
            }
        });
        let callback = emit.as_ref().clone().unchecked_into();
        let mounted = mount(kind, &root, &object(options), callback, early).unwrap();
        settle().await;
        Self {
            host,
            root,
            mounted: Some(Removable::new(mounted)),
            events,
            _emit: emit,
        }
    }

    fn part(&self) -> Part {
        Part(self.root.clone())
    }

    fn mounted(&self) -> RefMut<'_, Mounted> {
        self.mounted.as_ref().unwrap().get()
    }

    fn set(&self, options: &JsValue) {
        self.mounted().set(options);
    }

    fn refresh(&self) -> Promise {
        self.mounted().refresh()
    }

    fn link(&self, provider: &str) -> Promise {
        self.mounted().link(provider)
    }

    fn unlink(&self, provider: &str) -> Promise {
        self.mounted().unlink(provider)
    }

    fn events(&self) -> Vec<String> {
        self.events.borrow().clone()
    }

    async fn free(&mut self) {
        drop(self.mounted.take());
        settle().await;
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        drop(self.mounted.take());
        self.host.remove();
    }
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value).unwrap();
    }
    object.into()
}

fn ids(ids: &[&str]) -> JsValue {
    ids.iter()
        .map(|id| JsValue::from(*id))
        .collect::<Array>()
        .into()
}

async fn outcome(promise: Promise) -> JsValue {
    let running = run(async move { JsFuture::from(promise).await.unwrap() });
    settle().await;
    running.result()
}

/// Confirms the dialog that asks to unlink GitLab.
async fn confirm(list: &Embedded) {
    let dialog = list.part().dialog("Unlink GitLab?");
    dialog.button("Unlink").press().await;
}

fn two() -> Answer {
    list(&[github(), gitlab()], &[link("gitlab")])
}

#[wasm_bindgen_test]
async fn the_list_is_drawn_below_the_headings_of_the_page_around_it() {
    let fakes = Fakes::install();
    fakes.answer(LIST, two());

    let list = Embedded::new("list", &[]).await;

    assert_eq!(list.part().cards(), ["GitLab", "GitHub"]);
    let heading = &list.part().select("h1")[0];
    assert_eq!(heading.attribute("aria-level").as_deref(), Some("2"));
    let group = &list.part().select("h2")[0];
    assert_eq!(group.attribute("aria-level").as_deref(), Some("3"));
    let card_heading = &list.part().select("h3")[0];
    assert_eq!(card_heading.attribute("aria-level").as_deref(), Some("4"));
}

#[wasm_bindgen_test]
async fn an_embedding_page_chooses_the_level_of_the_headings() {
    for (set, levels) in [("3", ["3", "4", "5"]), ("9", ["2", "3", "4"])] {
        let fakes = Fakes::install();
        fakes.answer(LIST, two());

        let list = Embedded::new("list", &[("headingLevel", set.into())]).await;

        for (element, level) in ["h1", "h2", "h3"].iter().zip(levels) {
            let heading = &list.part().select(element)[0];
            assert_eq!(heading.attribute("aria-level").as_deref(), Some(level));
        }
    }
}

#[wasm_bindgen_test]
async fn elements_of_one_session_share_the_list_and_the_records() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    fakes.answer(LIST, two());
    fakes.answer(
        UNLINK_GITLAB,
        Answer::json(&json!({ "token_revoked": true })),
    );

    let first = Embedded::new("list", &[]).await;
    let second = Embedded::new("list", &[("providers", ids(&["gitlab"]))]).await;
    let card = Embedded::new("provider", &[("provider", "gitlab".into())]).await;
    let button = Embedded::new("button", &[("provider", "gitlab".into())]).await;

    assert_eq!(fakes.requests(), [LIST]);
    assert_eq!(second.part().cards(), ["GitLab"]);
    assert_eq!(card.part().cards(), ["GitLab"]);
    assert_eq!(button.part().text(), "Linked");
    // The dialog opens only in the element whose button was pressed.
    first.part().button("Unlink GitLab").press().await;
    assert!(first.part().has_dialog() && !second.part().has_dialog());
    first
        .part()
        .dialog("Unlink GitLab?")
        .button("Unlink")
        .press()
        .await;
    for view in [&first, &second, &card] {
        assert!(view.part().card("GitLab").says("Not linked"));
    }
    assert_eq!(button.part().buttons(), ["Link GitLab"]);
    assert_eq!(fakes.requests(), [LIST, UNLINK_GITLAB]);
}

#[wasm_bindgen_test]
async fn elements_of_one_session_share_a_list_that_was_sent_early() {
    let fakes = Fakes::install();
    let early = SentEarly::new();
    let here = &early.handed_over;

    let first = Embedded::with_early("list", &[], here).await;
    let second = Embedded::with_early("provider", &[("provider", "gitlab".into())], here).await;
    early.user.arrives(user("ada")).await;
    early.list.arrives(two()).await;

    assert_eq!(first.part().cards(), ["GitLab", "GitHub"]);
    assert_eq!(second.part().cards(), ["GitLab"]);
    assert_eq!(fakes.network.all_requests(), [""; 0]);
}

#[wasm_bindgen_test]
async fn an_element_of_another_session_leaves_an_early_list_to_the_next() {
    const ELSEWHERE: &str = "GET https://other.example/api/v2/external-auth";
    let fakes = Fakes::install();
    fakes.answer(ELSEWHERE, list(&[github()], &[]));
    fakes.answer(LIST, list(&[gitlab()], &[]));
    let early = SentEarly::new();
    let other = [("baseUrl", "https://other.example".into())];
    let token = [("sessionToken", "s3cret".into())];

    let elsewhere = Embedded::with_early("list", &other, &early.handed_over).await;
    let by_token = Embedded::with_early("list", &token, &early.handed_over).await;
    assert_eq!(fakes.requests(), [ELSEWHERE, LIST]);
    let here = Embedded::with_early("list", &[], &early.handed_over).await;
    early.user.arrives(user("ada")).await;
    early.list.arrives(two()).await;

    assert_eq!(elsewhere.part().cards(), ["GitHub"]);
    assert_eq!(by_token.part().cards(), ["GitLab"]);
    assert_eq!(here.part().cards(), ["GitLab", "GitHub"]);
    assert_eq!(fakes.requests(), [ELSEWHERE, LIST]);
}

#[wasm_bindgen_test]
async fn a_session_that_follows_asks_for_its_own_list() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[]));
    let early = SentEarly::new();
    let mut first = Embedded::with_early("list", &[], &early.handed_over).await;
    early.user.arrives(user("ada")).await;
    early.list.arrives(two()).await;
    first.free().await;

    let second = Embedded::with_early("list", &[], &early.handed_over).await;

    assert_eq!(second.part().cards(), ["GitLab"]);
    assert_eq!(fakes.requests(), [LIST]);
}

#[wasm_bindgen_test]
async fn another_session_has_another_list_and_sends_its_token_in_the_header_only() {
    let fakes = Fakes::install();
    fakes.answer(LIST, two());
    let _first = Embedded::new("list", &[]).await;
    fakes.answer(LIST, list(&[gitlab()], &[]));

    let second = Embedded::new("list", &[("sessionToken", "s3cret".into())]).await;

    assert_eq!(fakes.count(LIST), 2);
    assert_eq!(second.part().cards(), ["GitLab"]);
    let sent = fakes.network.sent(LIST);
    assert_eq!(
        sent.header("coder-session-token").as_deref(),
        Some("s3cret")
    );
    assert_eq!(sent.credentials(), "omit");
    assert!(!second.root.inner_html().contains("s3cret"));
}

#[wasm_bindgen_test]
async fn an_unlink_at_one_deployment_does_not_affect_another() {
    const ELSEWHERE: &str = "GET https://other.example/api/v2/external-auth";
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    fakes.answer(LIST, two());
    fakes.answer(ELSEWHERE, two());
    fakes.answer(
        UNLINK_GITLAB,
        Answer::json(&json!({ "token_revoked": true })),
    );
    let here = Embedded::new("list", &[]).await;
    let other = ("baseUrl", "https://other.example".into());
    let _elsewhere = Embedded::new("list", &[other]).await;

    here.part().button("Unlink GitLab").press().await;
    confirm(&here).await;
    fakes.advance(seconds(1)).await;

    assert_eq!(fakes.requests(), [LIST, ELSEWHERE, UNLINK_GITLAB]);
}

#[wasm_bindgen_test]
async fn the_origin_of_the_page_is_the_same_deployment_as_an_empty_base() {
    let fakes = Fakes::install();
    fakes.answer(LIST, two());
    let origin = window().location().origin().unwrap();

    let _first = Embedded::new("list", &[]).await;
    let second = Embedded::new("list", &[("baseUrl", format!("{origin}/").into())]).await;

    assert_eq!(fakes.requests(), [LIST]);
    assert_eq!(second.part().cards(), ["GitLab", "GitHub"]);
}

#[wasm_bindgen_test]
async fn elements_with_other_options_share_one_session() {
    let fakes = Fakes::install();
    fakes.answer(LIST, two());
    let list = Embedded::new("list", &[]).await;
    let _german = Embedded::new("list", &[("locale", "de".into())]).await;
    let _other = Embedded::new("list", &[("returnPath", "/back".into())]).await;
    assert_eq!(fakes.requests(), [LIST]);

    // A token that is set later is used, and interrupts nothing.
    list.part().button("Unlink GitLab").press().await;
    let given = [("csrfToken", "given".into()), ("returnPath", "/x".into())];
    list.set(&object(&given));
    settle().await;
    fakes.answer(
        UNLINK_GITLAB,
        Answer::json(&json!({ "token_revoked": true })),
    );
    confirm(&list).await;
    let sent = fakes.network.sent(UNLINK_GITLAB);
    assert_eq!(sent.header("x-csrf-token").as_deref(), Some("given"));
}

#[wasm_bindgen_test]
async fn a_base_that_is_not_an_address_is_said_in_each_element() {
    for kind in ["list", "provider", "button"] {
        let fakes = Fakes::install();
        let options = [
            ("provider", "gitlab".into()),
            ("baseUrl", "javascript:alert(1)".into()),
        ];
        let element = Embedded::new(kind, &options).await;

        let said = element.part().alerts();
        let words = "base-url isn't an address that can be used here";
        assert!(said.starts_with(words), "{kind}: {said}");
        assert_eq!(element.part().links(), [""; 0], "{kind}");
        assert_eq!(fakes.requests(), [""; 0], "{kind}");
    }
}

#[wasm_bindgen_test]
async fn events_have_names_without_the_marks_that_isolate_them() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[provider("gitlab", "\u{5d0}\u{5d1}")], &[]));
    let button = Embedded::new("button", &[("provider", "gitlab".into())]).await;

    let last = button.events().pop().unwrap();
    assert!(last.contains("\"name\":\"\u{5d0}\u{5d1}\""), "{last}");
}

#[wasm_bindgen_test]
async fn an_unknown_state_is_reported_too() {
    let fakes = Fakes::install();
    let held = fakes.hold(LIST);
    let button = Embedded::new("button", &[("provider", "gitlab".into())]).await;
    let unknown = r#"state {"provider":"gitlab","name":"gitlab","linked":false,"login":"","state":"unknown"}"#;
    assert_eq!(button.events(), [unknown]);
    // A form's validation needs an element that it can focus.
    assert_eq!(button.part().select("[tabindex]").len(), 1);

    held.answer(two()).await;
    assert!(button.events().last().unwrap().contains(r#""linked":true"#));

    fakes.answer(LIST, list(&[github()], &[]));
    assert!(outcome(button.refresh()).await.is_undefined());
    assert_eq!(button.events().last().unwrap(), unknown);
}

#[wasm_bindgen_test]
async fn a_promise_settles_when_another_dialog_replaces_its_dialog() {
    let fakes = Fakes::install();
    fakes.answer(
        LIST,
        list(
            &[gitlab(), github(), provider("a", "A"), provider("b", "B")],
            &[link("gitlab"), link("github")],
        ),
    );
    fakes.answer_if_asked(CHECK_GITHUB, Answer::json(&live()));
    let list = Embedded::new("list", &[]).await;

    let first = list.unlink("gitlab");
    let _second = list.unlink("github");
    assert_eq!(outcome(first).await, JsValue::FALSE);
    list.part()
        .dialog("Unlink GitHub?")
        .button("Cancel")
        .press()
        .await;

    let _popups = Popups::allowed();
    let first = list.link("a");
    let second = list.link("b");
    settle().await;
    list.part().button("Cancel linking A").press().await;
    assert_eq!(outcome(first).await, JsValue::FALSE);
    assert_eq!(outcome(second).await, JsValue::FALSE);
}

#[wasm_bindgen_test]
async fn a_link_promise_resolves_to_whether_the_window_linked_the_account() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[]));
    let element = Embedded::new("list", &[]).await;
    let popups = Popups::allowed();

    let cancelled = element.link("gitlab");
    settle().await;
    element.part().button("Cancel linking GitLab").press().await;
    assert_eq!(outcome(cancelled).await, JsValue::FALSE);

    let first = element.link("gitlab");
    let second = element.link("gitlab");
    assert_eq!(popups.count(), 2, "the second call opens no window");
    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    fakes.advance(seconds(3)).await;
    assert_eq!(outcome(first).await, JsValue::TRUE);
    assert_eq!(outcome(second).await, JsValue::TRUE);
}

#[wasm_bindgen_test]
async fn another_element_receives_the_event_of_a_link_whose_element_is_removed() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[]));
    let mut first = Embedded::new("list", &[]).await;
    let second = Embedded::new("list", &[]).await;
    let popups = Popups::allowed();
    let promise = first.link("gitlab");
    settle().await;

    first.free().await;
    assert_eq!(outcome(promise).await, JsValue::FALSE);
    assert!(!popups.last().is_closed(), "the flow runs on");
    // The first answer does not contain the login, so the second one changes the
    // state too.
    let nameless = ExternalAuth {
        user: None,
        ..live()
    };
    fakes.answer(CHECK_GITLAB, Answer::json(&nameless));
    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    fakes.advance(seconds(3)).await;

    // The event comes before the state that the same answer changes.
    let events = second.events();
    let last = [
        r#"linked {"provider":"gitlab","login":"ada"}"#,
        r#"state {"provider":"gitlab","name":"GitLab","linked":true,"login":"ada","state":"linked"}"#,
    ];
    assert_eq!(events[events.len() - 2..], last, "{events:?}");
    let is_linked = |event: &&String| event.starts_with("linked ");
    assert_eq!(events.iter().filter(is_linked).count(), 1, "{events:?}");
    assert_eq!(first.events().len(), 1, "{:?}", first.events());
}

/// Two elements of one session. Each has the dialog of another provider's device
/// flow open. Both flows wait for another tab.
struct TwoDeviceDialogs {
    gitlab: Embedded,
    gitea: Embedded,
    links: [Promise; 2],
    fakes: Fakes,
    _locks: FakeLocks,
}

impl TwoDeviceDialogs {
    async fn open() -> Self {
        let locks = FakeLocks::install();
        locks.hold_elsewhere("coder-external-auth/gitlab");
        locks.hold_elsewhere("coder-external-auth/gitea");
        let fakes = Fakes::install();
        fakes.answer(LIST, Self::list(&[]));
        let gitlab = Embedded::new("list", &[("providers", ids(&["gitlab"]))]).await;
        let gitea = Embedded::new("list", &[("providers", ids(&["gitea"]))]).await;
        let links = [gitlab.link("gitlab"), gitea.link("gitea")];
        settle().await;
        let words = "Another tab is already linking";
        assert!(gitlab.part().dialog("Link GitLab").says(words));
        assert!(gitea.part().dialog("Link Gitea").says(words));
        Self {
            gitlab,
            gitea,
            links,
            fakes,
            _locks: locks,
        }
    }

    fn list(links: &[Link]) -> Answer {
        let providers = [gitlab(), provider("gitea", "Gitea")].map(|provider| Provider {
            device: true,
            ..provider
        });
        list(&providers, links)
    }

    fn are_open(&self) -> [bool; 2] {
        [&self.gitlab, &self.gitea].map(|element| element.part().has_dialog())
    }
}

// The device flow of the second dialog replaced the first one's.
#[wasm_bindgen_test]
async fn each_of_two_device_dialogs_receives_the_hint_about_its_provider() {
    const CHECK_GITEA: &str = "GET /api/v2/external-auth/gitea";
    let dialogs = TwoDeviceDialogs::open().await;
    let fakes = &dialogs.fakes;

    for (id, check, links, are_open) in [
        ("gitlab", CHECK_GITLAB, vec![link("gitlab")], [false, true]),
        (
            "gitea",
            CHECK_GITEA,
            vec![link("gitlab"), link("gitea")],
            [false, false],
        ),
    ] {
        let held = fakes.hold(check);
        tell_other_tabs(id, || held.is_asked()).await;
        fakes.answer(check, Answer::json(&live()));
        fakes.answer(LIST, TwoDeviceDialogs::list(&links));
        held.answer(Answer::json(&live())).await;
        assert_eq!(dialogs.are_open(), are_open, "{id}");
    }

    for promise in dialogs.links {
        assert_eq!(outcome(promise).await, JsValue::TRUE);
    }
}

#[wasm_bindgen_test]
async fn two_device_dialogs_close_when_another_person_signs_in() {
    let dialogs = TwoDeviceDialogs::open().await;
    let fakes = &dialogs.fakes;
    fakes.answer(LIST, TwoDeviceDialogs::list(&[]));
    fakes.answer(CURRENT_USER, user("grace"));

    let refreshed = dialogs.gitlab.refresh();
    outcome(refreshed).await;

    assert_eq!(dialogs.are_open(), [false, false]);
    for promise in dialogs.links {
        assert_eq!(outcome(promise).await, JsValue::FALSE);
    }
}

#[wasm_bindgen_test]
async fn a_second_device_dialog_ends_the_flow_of_the_first_one() {
    const BEGIN_GITLAB: &str = "GET /api/v2/external-auth/gitlab/device";
    const BEGIN_GITEA: &str = "GET /api/v2/external-auth/gitea/device";
    const POLL_GITLAB: &str = "POST /api/v2/external-auth/gitlab/device";
    const POLL_GITEA: &str = "POST /api/v2/external-auth/gitea/device";
    let code = |user_code: &str| {
        Answer::json(&DeviceAuthorization {
            device_code: "secret".into(),
            user_code: user_code.into(),
            verification_uri: "https://git.example/device".into(),
            expires_in: 900,
            interval: 5,
        })
    };
    let pending = || {
        let body = json!({ "message": "No.", "detail": "authorization_pending" });
        Answer::new(400, "application/json", &body.to_string())
    };
    let _tag = CsrfTag::with("token");
    let _locks = FakeLocks::install();
    let fakes = Fakes::install();
    fakes.answer(LIST, TwoDeviceDialogs::list(&[]));
    let element = Embedded::new("list", &[]).await;
    fakes.answer(BEGIN_GITLAB, code("CODE-0001"));
    let first = element.link("gitlab");
    settle().await;
    assert!(element.part().dialog("Link GitLab").says("CODE-0001"));

    fakes.answer(BEGIN_GITEA, code("CODE-0002"));
    let second = element.link("gitea");
    assert_eq!(outcome(first).await, JsValue::FALSE);
    assert_eq!(element.part().select("dialog").len(), 1);
    assert!(element.part().dialog("Link Gitea").says("CODE-0002"));
    fakes.answer(POLL_GITEA, pending());
    fakes.advance(seconds(6)).await;
    assert_eq!(fakes.count(POLL_GITEA), 1);
    assert_eq!(fakes.count(POLL_GITLAB), 0);

    fakes.answer(BEGIN_GITLAB, code("CODE-0003"));
    let _third = element.link("gitlab");
    assert_eq!(outcome(second).await, JsValue::FALSE);
    assert!(element.part().dialog("Link GitLab").says("CODE-0003"));
    fakes.answer(POLL_GITLAB, pending());
    fakes.advance(seconds(6)).await;
    assert_eq!(fakes.count(POLL_GITLAB), 1);
    assert_eq!(fakes.count(POLL_GITEA), 1);
}

#[wasm_bindgen_test]
async fn with_a_session_token_no_csrf_token_is_needed() {
    let fakes = Fakes::install();
    fakes.answer(LIST, two());
    fakes.answer(
        UNLINK_GITLAB,
        Answer::json(&json!({ "token_revoked": true })),
    );
    let list = Embedded::new("list", &[("sessionToken", "s3cret".into())]).await;

    list.part().button("Unlink GitLab").press().await;
    confirm(&list).await;

    assert_eq!(fakes.requests(), [LIST, UNLINK_GITLAB]);
    assert_eq!(
        fakes.network.sent(UNLINK_GITLAB).header("x-csrf-token"),
        None
    );
}

/// A list with a session token. Its answer names the providers to link.
async fn with_session_token(fakes: &Fakes, options: &[(&str, JsValue)]) -> Embedded {
    let base = options.first().and_then(|(_, base)| base.as_string());
    let list_route = LIST.replace("GET ", &format!("GET {}", base.unwrap_or_default()));
    fakes.answer(&list_route, list(&[gitlab()], &[]));
    let token = ("sessionToken", JsValue::from("s3cret"));
    let options: Vec<_> = options.iter().cloned().chain([token]).collect();
    Embedded::new("list", &options).await
}

fn error_events(list: &Embedded) -> Vec<String> {
    let mut events = list.events();
    events.retain(|event| event.starts_with("error "));
    events
}

#[wasm_bindgen_test]
async fn a_redirect_flow_starts_when_token_and_cookie_are_of_one_person() {
    let fakes = Fakes::install();
    let list = with_session_token(&fakes, &[]).await;
    let popups = Popups::allowed();
    fakes.answer(CURRENT_USER, user("ada"));
    let by_cookie = fakes.hold(CURRENT_USER);

    list.part().button("Link GitLab").press().await;
    assert!(!popups.last().was_sent(), "nobody is compared yet");
    assert_eq!(fakes.count(CURRENT_USER), 2);
    let sent = fakes.network.sent(CURRENT_USER);
    assert_eq!(sent.header("coder-session-token"), None);
    assert_ne!(sent.credentials(), "omit");
    by_cookie.answer(user("ada")).await;

    assert_eq!(popups.last().url(), "/external-auth/gitlab/callback");
    assert!(!popups.last().is_closed());
    assert_eq!(error_events(&list), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_redirect_flow_is_refused_when_the_cookie_is_not_the_token_s_person() {
    for (by_cookie, words) in [
        (
            user("grace"),
            "GitLab wasn't linked, because this browser is signed in to Coder as grace. \
             Sign in to Coder as ada, then try again.",
        ),
        (
            Answer::error(401, "no"),
            "GitLab wasn't linked, because this browser isn't signed in to Coder. \
             Sign in to Coder as ada, then try again.",
        ),
        (
            Answer::error(500, "no"),
            "We couldn't confirm who is signed in, so nothing was changed.",
        ),
    ] {
        let fakes = Fakes::install();
        let list = with_session_token(&fakes, &[]).await;
        let popups = Popups::allowed();
        fakes.answer(CURRENT_USER, user("ada"));
        fakes.answer(CURRENT_USER, by_cookie);

        list.part().button("Link GitLab").press().await;

        assert!(!popups.last().was_sent(), "{words}");
        assert!(popups.last().is_closed(), "{words}");
        assert!(list.part().card("GitLab").says(words), "{words}");
        // The token's session goes on.
        assert_eq!(error_events(&list).len(), 1, "{words}");
        assert_eq!(list.part().cards(), ["GitLab"]);
        drop(list);
    }
}

#[wasm_bindgen_test]
async fn a_redirect_flow_is_refused_where_token_and_cookie_cannot_be_compared() {
    let fakes = Fakes::install();
    let other = [("baseUrl", "https://other.example".into())];
    let list = with_session_token(&fakes, &other).await;
    let popups = Popups::allowed();

    list.part().button("Link GitLab").press().await;

    assert!(!popups.last().was_sent());
    assert!(popups.last().is_closed());
    let card = list.part().card("GitLab");
    assert!(card.says("this page can't tell who this browser is signed in to Coder as."));
    assert_eq!(fakes.network.all_requests().len(), 1, "nobody was asked");
}

#[wasm_bindgen_test]
async fn a_redirect_flow_in_this_tab_is_refused_too() {
    let fakes = Fakes::install();
    let list = with_session_token(&fakes, &[]).await;
    let _popups = Popups::blocked();
    let navigations = Navigations::hold_back();
    for by_cookie in ["ada", "grace"] {
        fakes.answer(CURRENT_USER, user("ada"));
        fakes.answer(CURRENT_USER, user(by_cookie));
    }

    list.part().button("Link GitLab").press().await;
    list.part().button("Continue in this tab").press().await;

    let card = list.part().card("GitLab");
    assert!(card.says("signed in to Coder as grace"));
    assert_eq!(navigations.urls(), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_csrf_token_that_is_set_is_used() {
    let fakes = Fakes::install();
    fakes.answer(LIST, two());
    fakes.answer(
        UNLINK_GITLAB,
        Answer::json(&json!({ "token_revoked": true })),
    );
    let list = Embedded::new("list", &[("csrfToken", "given".into())]).await;

    list.part().button("Unlink GitLab").press().await;
    confirm(&list).await;

    let token = fakes.network.sent(UNLINK_GITLAB).header("x-csrf-token");
    assert_eq!(token.as_deref(), Some("given"));
}

#[wasm_bindgen_test]
async fn events_contain_no_secrets() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    fakes.answer(LIST, two());
    let error = "Post \"https://gitlab.example/revoke?client_id=abc\": 503";
    let answer = json!({ "token_revoked": false, "token_revocation_error": error });
    fakes.answer(UNLINK_GITLAB, Answer::json(&answer));
    fakes.answer(CURRENT_USER, Answer::json(&json!({ "id": "ada" })));
    let list = Embedded::new("list", &[]).await;

    list.part().button("Unlink GitLab").press().await;
    confirm(&list).await;
    fakes.answer(LIST, Answer::error(500, "no"));
    list.part().button("Refresh").press().await;
    fakes.answer(LIST, Answer::error(401, "no"));
    list.part().button("Refresh").press().await;

    let mut events = list.events();
    events.retain(|event| !event.starts_with("state "));
    assert_eq!(
        events[0],
        r#"unlinked {"provider":"gitlab","revoked":false}"#
    );
    assert!(events[1].starts_with(r#"revocation-failed {"provider":"gitlab","name":"GitLab""#));
    assert!(!events[1].contains("abc"), "{}", events[1]);
    assert!(
        events[2].starts_with(r#"error {"provider":"","message":"#),
        "{}",
        events[2]
    );
    assert_eq!(events[3..], ["unauthorized {}"]);
}

#[wasm_bindgen_test]
async fn a_button_reports_to_its_form_whether_the_provider_is_linked() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[github()], &[link("github")]));
    fakes.answer(CHECK_GITHUB, Answer::json(&live()));

    let button = Embedded::new("button", &[("provider", "github".into())]).await;

    assert_eq!(button.part().text(), "Linked as @ada");
    let events = button.events();
    let last = r#"state {"provider":"github","name":"GitHub","linked":true,"login":"ada","state":"linked"}"#;
    assert_eq!(events.last().map(String::as_str), Some(last));
}

#[wasm_bindgen_test]
async fn a_button_shows_why_linking_failed() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[]));
    let button = Embedded::new("button", &[("provider", "gitlab".into())]).await;
    let popups = Popups::allowed();

    button.part().button("Link GitLab").press().await;
    let waits = [
        "Linking GitLab…",
        "Bring to front",
        "Continue in this tab",
        "Cancel",
    ];
    assert_eq!(button.part().buttons(), waits);
    popups
        .last()
        .show_json(&json!({ "message": "Failed." }).to_string());
    fakes.advance(seconds(1)).await;

    let notices = button.part().select(".notice");
    assert!(notices[0].says("Coder couldn't link GitLab"));
    assert!(button.part().buttons().contains(&"Link GitLab".to_owned()));

    // The next attempt removes that message.
    let _blocked = Popups::blocked();
    button.part().button("Link GitLab").press().await;
    assert_eq!(button.part().select(".notice").len(), 0);
    let status = button.part().select(".window-status");
    assert!(status[0].says("Continue in this tab"));
}

#[wasm_bindgen_test]
async fn a_button_offers_to_try_again_after_a_failed_load() {
    let fakes = Fakes::install();
    fakes.fail(LIST);
    let button = Embedded::new("button", &[("provider", "gitlab".into())]).await;
    assert!(button.part().alerts().contains("couldn't be reached"));
    assert_eq!(button.part().buttons(), ["Try again"]);

    fakes.answer(LIST, Answer::error(401, "You are signed out."));
    button.part().button("Try again").press().await;
    assert_eq!(button.part().links(), ["Sign in"]);
}

#[wasm_bindgen_test]
async fn a_button_does_not_link_a_provider_that_is_no_longer_configured() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[], &[link("gitlab")]));
    let button = Embedded::new("button", &[("provider", "gitlab".into())]).await;
    assert_eq!(button.part().text(), "No longer configured");
    assert_eq!(button.part().buttons(), [""; 0]);
}

#[wasm_bindgen_test]
async fn commands_that_cannot_succeed_do_not_start() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab(), github()], &[link("github")]));
    let popups = Popups::allowed();
    let card = Embedded::new("provider", &[("provider", "gitlab".into())]).await;
    let disabled = [("provider", "gitlab".into()), ("disabled", true.into())];
    let button = Embedded::new("button", &disabled).await;

    let unlinked = card.unlink("gitlab");
    assert_eq!(outcome(unlinked).await, JsValue::FALSE);
    assert!(!card.part().has_dialog());
    let linked = button.link("gitlab");
    assert_eq!(outcome(linked).await, JsValue::FALSE);
    assert_eq!(popups.count(), 0);
}

#[wasm_bindgen_test]
async fn a_broken_link_does_not_count_as_linked_for_a_form() {
    let fakes = Fakes::install();
    let broken = broken_link("gitlab", "token failed to validate");
    fakes.answer(LIST, list(&[gitlab()], &[broken]));

    let button = Embedded::new("button", &[("provider", "gitlab".into())]).await;

    assert_eq!(button.part().buttons(), ["Link GitLab"]);
    let last = button.events().pop().unwrap();
    assert!(last.contains(r#""linked":false"#), "{last}");
}

#[wasm_bindgen_test]
async fn an_unknown_provider_is_reported_as_missing() {
    let fakes = Fakes::install();
    for kind in ["provider", "button"] {
        fakes.answer(LIST, two());
        let element = Embedded::new(kind, &[("provider", "slack".into())]).await;
        assert!(element.part().says("Coder has no such provider."));
        assert_eq!(element.part().buttons(), [""; 0]);
    }
}

#[wasm_bindgen_test]
async fn a_provider_for_which_the_list_has_no_room_is_not_called_unknown() {
    let fakes = Fakes::install();
    let providers: Vec<_> = (0..=MAX_PROVIDERS)
        .map(|number| provider(&format!("forge-{number}"), ""))
        .collect();
    let last = providers.last().map(|provider| provider.id.clone());
    for kind in ["provider", "button"] {
        fakes.answer(LIST, list(&providers, &[]));
        let options = [("provider", last.as_deref().unwrap().into())];
        let element = Embedded::new(kind, &options).await;
        let part = element.part();
        assert!(part.says("This one may be among those that aren't shown."));
        assert!(part.says("Not shown: 1 more."));
        assert!(!part.says("no such provider"));
    }
}

#[wasm_bindgen_test]
async fn attributes_may_change_at_any_time() {
    let fakes = Fakes::install();
    fakes.answer(LIST, two());
    let card = Embedded::new("provider", &[("provider", "gitlab".into())]).await;

    card.set(&object(&[("provider", "github".into())]));
    settle().await;
    assert_eq!(card.part().cards(), ["GitHub"]);
    assert_eq!(fakes.requests(), [LIST]);

    let elsewhere = "GET https://coder.example/api/v2/external-auth";
    fakes.answer(elsewhere, list(&[gitlab()], &[]));
    let base = [
        ("provider", "gitlab".into()),
        ("baseUrl", "https://coder.example/".into()),
    ];
    card.set(&object(&base));
    settle().await;
    assert_eq!(card.part().cards(), ["GitLab"]);
    assert_eq!(fakes.requests(), [LIST, elsewhere]);
}

#[wasm_bindgen_test]
async fn the_promises_settle_with_their_outcomes() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    fakes.answer(LIST, two());
    fakes.answer(
        UNLINK_GITLAB,
        Answer::json(&json!({ "token_revoked": true })),
    );
    let list = Embedded::new("list", &[]).await;

    fakes.answer(LIST, two());
    assert!(outcome(list.refresh()).await.is_undefined());
    assert_eq!(fakes.count(LIST), 2);

    let cancelled = list.unlink("gitlab");
    settle().await;
    list.part().button("Cancel").press().await;
    assert_eq!(outcome(cancelled).await, JsValue::FALSE);

    let unlinked = list.unlink("gitlab");
    settle().await;
    confirm(&list).await;
    assert_eq!(outcome(unlinked).await, JsValue::TRUE);

    fakes.answer(LIST, two());
    assert_eq!(outcome(list.link("unknown")).await, JsValue::FALSE);
}

#[wasm_bindgen_test]
async fn a_removed_element_stops_its_requests_and_settles_its_promises() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    let gitea = provider("gitea", "Gitea");
    let links = [link("gitlab"), link("gitea")];
    fakes.answer(LIST, list(&[gitlab(), gitea], &links));
    let mut list = Embedded::new("list", &[]).await;
    fakes.hold(CHECK_GITLAB);
    list.part().button("Check GitLab").press().await;
    let unlink_gitea = "DELETE /api/v2/external-auth/gitea";
    fakes.hold(unlink_gitea);
    let promise = list.unlink("gitea");
    settle().await;
    list.part()
        .dialog("Unlink Gitea?")
        .button("Unlink")
        .press()
        .await;

    list.free().await;

    assert!(fakes.network.sent(CHECK_GITLAB).is_aborted());
    assert!(!fakes.network.sent(unlink_gitea).is_aborted());
    assert_eq!(list.root.inner_html(), "");
    assert_eq!(outcome(promise).await, JsValue::FALSE);
    fakes.advance(crate::support::seconds(600)).await;
    assert_eq!(fakes.requests(), [LIST, CHECK_GITLAB, unlink_gitea]);
}

#[wasm_bindgen_test]
async fn the_session_lives_as_long_as_its_last_element() {
    let fakes = Fakes::install();
    fakes.answer(LIST, two());
    let mut first = Embedded::new("list", &[]).await;
    let mut second = Embedded::new("list", &[]).await;

    first.free().await;
    assert_eq!(second.part().cards(), ["GitLab", "GitHub"]);
    fakes.answer(CHECK_GITLAB, Answer::json(&live()));
    second.part().button("Check GitLab").press().await;
    assert!(second.part().card("GitLab").says("Linked"));
    second.free().await;

    fakes.answer(LIST, two());
    let _third = Embedded::new("list", &[]).await;
    assert_eq!(fakes.count(LIST), 2, "nothing was left of the first two");
}

#[wasm_bindgen_test]
async fn the_focus_is_restored_inside_a_shadow_root() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let list = Embedded::new("list", &[]).await;
    fakes.answer(CHECK_GITLAB, Answer::error(404, "no"));
    list.part().button("Check GitLab").press().await;
    let dismiss = list.part().card("GitLab").button("Dismiss");

    dismiss.press().await;

    let shadow = list.host.shadow_root().unwrap();
    let focused = shadow.active_element().map(|focused| focused.id());
    assert_eq!(focused.as_deref(), Some("provider-gitlab"));
}

#[wasm_bindgen_test]
async fn elements_of_one_session_read_one_list_when_the_person_returns() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[gitlab()], &[link("gitlab")]));
    let card = Embedded::new("provider", &[("provider", "gitlab".into())]).await;
    let all = Embedded::new("list", &[]).await;
    assert_eq!(fakes.count(LIST), 1);

    fakes.answer(LIST, list(&[gitlab()], &[]));
    fire_on_window("blur").await;
    fakes.advance(seconds(300)).await;
    fire_on_window("focus").await;

    assert_eq!(fakes.count(LIST), 2);
    // Only one element announces it.
    assert_eq!(card.part().announcements(), "GitLab: Not linked.");
    assert_eq!(all.part().announcements(), "");
}

#[wasm_bindgen_test]
async fn the_element_of_the_provider_shows_the_outcome_when_the_page_returns() {
    let fakes = Fakes::install();
    let held = fakes.hold(LIST);
    let _query = Query::come_back("gitlab", "");
    // The first element loads the list, so it takes the return from the address.
    let first = Embedded::new("provider", &[("provider", "github".into())]).await;
    let second = Embedded::new("provider", &[("provider", "gitlab".into())]).await;

    held.answer(two()).await;

    let words = "GitLab is linked.";
    assert!(second.part().card("GitLab").says(words));
    assert!(second.part().announcements().contains(words));
    assert!(!first.part().says(words), "{}", first.part().text());
    assert_eq!(first.part().select(".notice"), []);
    assert_eq!(first.part().announcements(), "");
}
