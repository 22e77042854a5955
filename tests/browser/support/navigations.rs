use std::cell::RefCell;
use std::rc::Rc;

use external_auth_core::RedirectReturn;
use js_sys::{Function, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, Storage};

use super::settle::{settle, settle_until};

thread_local! {
    /// The current listener. A panic in WebAssembly drops nothing, so the next
    /// test removes the listener of a test that failed.
    static LISTENER: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Prevents navigations until this is dropped, and records their addresses,
/// with the Navigation API.
pub struct Navigations {
    urls: Rc<RefCell<Vec<String>>>,
    _listener: Closure<dyn FnMut(web_sys::Event)>,
}

impl Navigations {
    pub fn hold_back() -> Self {
        let urls = Rc::new(RefCell::new(Vec::new()));
        let listener = Closure::<dyn FnMut(web_sys::Event)>::new({
            let urls = Rc::clone(&urls);
            move |event: web_sys::Event| {
                let destination =
                    Reflect::get(&event, &"destination".into()).expect("a destination");
                let url = Reflect::get(&destination, &"url".into()).expect("a url");
                let url = url.as_string().expect("a string");
                let origin = window().location().origin().expect("an origin");
                let path = url.strip_prefix(&origin).unwrap_or(&url);
                urls.borrow_mut().push(path.to_owned());
                event.prevent_default();
            }
        });
        LISTENER.set(Some(listener.as_ref().clone()));
        call("addEventListener", listener.as_ref());
        Self {
            urls,
            _listener: listener,
        }
    }

    /// Removes the listener of a test that failed.
    pub fn remove_leftover() {
        if let Some(listener) = LISTENER.take() {
            call("removeEventListener", &listener);
        }
    }

    /// The addresses of the prevented navigations.
    pub fn urls(&self) -> Vec<String> {
        self.urls.borrow().clone()
    }
}

impl Drop for Navigations {
    fn drop(&mut self) {
        Self::remove_leftover();
    }
}

fn call(method: &str, listener: &JsValue) {
    let navigation = Reflect::get(&window(), &"navigation".into()).expect("window.navigation");
    let function: Function = Reflect::get(&navigation, &method.into())
        .expect("an event target")
        .unchecked_into();
    let name = JsValue::from_str("navigate");
    function
        .call2(&navigation, &name, listener)
        .expect("a listener");
}

/// Gives the page's address this query and fragment until this is dropped.
pub struct Query(String);

/// The storage key under which the page remembers a running redirect flow.
const RETURN_KEY: &str = "coder-external-auth-return";

impl Query {
    pub fn set(query: &str) -> Self {
        let before = Self::now();
        replace(query, &JsValue::NULL);
        Self(before)
    }

    /// Simulates that a redirect flow for a provider returns to this tab, which
    /// it left with this query and fragment.
    pub fn come_back(provider: &str, query: &str) -> Self {
        let path = window().location().pathname().expect("a path");
        let left = RedirectReturn {
            base: String::new(),
            provider: provider.to_owned(),
            address: format!("{path}{query}"),
        };
        tab_storage()
            .set_item(RETURN_KEY, &left.encode())
            .expect("storage");
        let back = left.return_path();
        Self::set(back.trim_start_matches(&path))
    }

    /// The current query and fragment.
    pub fn now() -> String {
        let location = window().location();
        location.search().expect("a query") + &location.hash().expect("a fragment")
    }

    /// Sets the state of the history row, as the router of an embedding page
    /// does.
    pub fn set_history_state(state: &JsValue) {
        replace(&Self::now(), state);
    }

    /// The state of the current history row.
    pub fn history_state() -> JsValue {
        let history = window().history().expect("a history");
        history.state().expect("a state")
    }
}

impl Drop for Query {
    fn drop(&mut self) {
        replace(&self.0, &JsValue::NULL);
        tab_storage().remove_item(RETURN_KEY).expect("storage");
    }
}

fn tab_storage() -> Storage {
    window().session_storage().expect("allowed").expect("there")
}

fn replace(query: &str, state: &JsValue) {
    let path = window().location().pathname().expect("a path");
    let url = format!("{path}{query}");
    let history = window().history().expect("a history");
    history
        .replace_state_with_url(state, "", Some(&url))
        .expect("an address of this origin");
}

/// Dispatches an event to the window, such as `focus` when the person returns.
pub async fn fire_on_window(event: &str) {
    let event = web_sys::Event::new(event).expect("an event");
    window().dispatch_event(&event).expect("an event");
    settle().await;
}

/// Sends a hint of another tab that a provider's link may have changed, and
/// waits until it has `arrived`.
pub async fn tell_other_tabs(provider: &str, arrived: impl Fn() -> bool) {
    send(&[("provider", provider)], arrived).await;
}

/// Sends the message of a flow's return page, and waits until it has `arrived`.
pub async fn report_return(provider: &str, arrived: impl Fn() -> bool) {
    let fields = [("provider", provider), ("from", "return-page")];
    send(&fields, arrived).await;
}

async fn send(fields: &[(&str, &str)], arrived: impl Fn() -> bool) {
    let channel = BroadcastChannel::new("coder-external-auth").expect("a channel");
    let message = Object::new();
    for (name, value) in [("type", "link-changed")].iter().chain(fields) {
        let (name, value) = (*name, *value);
        Reflect::set(&message, &name.into(), &value.into()).expect("an object");
    }
    channel.post_message(&message).expect("a message");
    settle_until(arrived).await;
    channel.close();
}
