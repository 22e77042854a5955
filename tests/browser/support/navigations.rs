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
    /// The listener that is there at the moment, for the next test to remove
    /// should this one fail: a panic in WebAssembly drops nothing.
    static LISTENER: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Keeps the browser on the page until it is dropped, and notes where it was
/// going, by the Navigation API.
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

    /// Removes what a test that failed has left behind.
    pub fn let_go() {
        if let Some(listener) = LISTENER.take() {
            call("removeEventListener", &listener);
        }
    }

    /// Where the browser was going.
    pub fn urls(&self) -> Vec<String> {
        self.urls.borrow().clone()
    }
}

impl Drop for Navigations {
    fn drop(&mut self) {
        Self::let_go();
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

/// The address of the page has this query, and fragment, until this is dropped.
pub struct Query(String);

/// Where the page keeps that a redirect flow is under way.
const RETURN_KEY: &str = "coder-external-auth-return";

impl Query {
    pub fn set(query: &str) -> Self {
        let before = Self::now();
        replace(query, &JsValue::NULL);
        Self(before)
    }

    /// A redirect flow for a provider has come back to this tab, which it left
    /// with this query and fragment.
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

    /// The query and fragment that the address has now.
    pub fn now() -> String {
        let location = window().location();
        location.search().expect("a query") + &location.hash().expect("a fragment")
    }

    /// A router of the page around puts something into the history's entry.
    pub fn set_history_state(state: &JsValue) {
        replace(&Self::now(), state);
    }

    /// What is in the history's entry now.
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

/// The window has an event, such as `focus` when the person comes back to it.
pub async fn fire_on_window(event: &str) {
    let event = web_sys::Event::new(event).expect("an event");
    window().dispatch_event(&event).expect("an event");
    settle().await;
}

/// Another tab says that a provider's link may have changed; waits until this
/// has `arrived`.
pub async fn tell_other_tabs(provider: &str, arrived: impl Fn() -> bool) {
    send(&[("provider", provider)], arrived).await;
}

/// The return page of a flow says that the browser came back; waits until this
/// has `arrived`.
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
