use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::Request;

use super::answer::Answer;
use super::replaced::Replaced;
use super::sample::user;
use super::settle::{happened, settle};

/// Replaces the network until this is dropped. It answers `fetch` with the
/// answers of the test, each once and in order, and records the requests.
///
/// The test fails when this is dropped if a request had no answer, or an answer
/// was not used. Only the question who is signed in has a default answer:
/// `ada`.
pub struct FakeFetch {
    state: Rc<RefCell<State>>,
    _replaced: Replaced,
    _function: Closure<dyn FnMut(Request) -> Promise>,
}

#[derive(Default)]
struct State {
    plans: Vec<Plan>,
    sent: Vec<Sent>,
    unexpected: Vec<String>,
}

struct Plan {
    request: String,
    reply: Reply,
    /// Whether the test fails if no request uses this answer.
    must_be_asked: bool,
}

enum Reply {
    Answer(Answer),
    Failure,
    Held(Held),
}

impl FakeFetch {
    pub fn install() -> Self {
        let state = Rc::new(RefCell::new(State::default()));
        let function = Closure::<dyn FnMut(Request) -> Promise>::new({
            let state = Rc::clone(&state);
            move |request| fetch(&state, &request)
        });
        Self {
            state,
            _replaced: Replaced::function("fetch", function.as_ref()),
            _function: function,
        }
    }

    /// Sets the answer to the next request with this name, as `GET
    /// /path?query`.
    pub fn answer(&self, request: &str, answer: Answer) {
        self.plan(request, Reply::Answer(answer), true);
    }

    /// Sets the answer to the next request with this name, if there is one.
    pub fn answer_if_asked(&self, request: &str, answer: Answer) {
        self.plan(request, Reply::Answer(answer), false);
    }

    /// Makes the next request with this name fail as without a network.
    pub fn fail(&self, request: &str) {
        self.plan(request, Reply::Failure, true);
    }

    /// Holds back the answer to the next request with this name until the test
    /// sends it. The request also ends when it is aborted.
    pub fn hold(&self, request: &str) -> Held {
        let held = Held::default();
        self.plan(request, Reply::Held(held.clone()), true);
        held
    }

    fn plan(&self, request: &str, reply: Reply, must_be_asked: bool) {
        self.state.borrow_mut().plans.push(Plan {
            request: request.to_owned(),
            reply,
            must_be_asked,
        });
    }

    /// The names of all requests so far, without the question who is signed in:
    /// it accompanies each list, and has separate tests.
    pub fn requests(&self) -> Vec<String> {
        let mut all = self.all_requests();
        all.retain(|name| !is_about_person(name));
        all
    }

    /// The names of all requests so far.
    pub fn all_requests(&self) -> Vec<String> {
        let state = self.state.borrow();
        state.sent.iter().map(|sent| sent.name.clone()).collect()
    }

    /// The last request of a name.
    #[track_caller]
    pub fn sent(&self, name: &str) -> Sent {
        let state = self.state.borrow();
        let found = state.sent.iter().rev().find(|sent| sent.name == name);
        found.cloned().unwrap_or_else(|| {
            let names: Vec<_> = state.sent.iter().map(|sent| &sent.name).collect();
            panic!("{name} was not sent, but {names:?}")
        })
    }
}

impl Drop for FakeFetch {
    fn drop(&mut self) {
        let state = self.state.borrow();
        assert!(
            state.unexpected.is_empty(),
            "requests without an answer: {:?}",
            state.unexpected
        );
        let left = state.plans.iter().filter(|plan| plan.must_be_asked);
        let left: Vec<_> = left.map(|plan| &plan.request).collect();
        assert!(left.is_empty(), "answers that nobody asked for: {left:?}");
    }
}

fn fetch(state: &RefCell<State>, request: &Request) -> Promise {
    happened();
    let sent = Sent::new(Clone::clone(request));
    let mut state = state.borrow_mut();
    let position = state
        .plans
        .iter()
        .position(|plan| plan.request == sent.name);
    let reply = position.map(|position| state.plans.remove(position).reply);
    let ada = || Reply::Answer(user("ada"));
    let reply = reply.or_else(|| is_about_person(&sent.name).then(ada));
    if reply.is_none() {
        state.unexpected.push(sent.name.clone());
    }
    state.sent.push(sent);
    match reply {
        Some(Reply::Answer(answer)) => Promise::resolve(&JsValue::from(answer.response())),
        Some(Reply::Held(held)) => held.promise(request),
        Some(Reply::Failure) | None => Promise::reject(&network_failure()),
    }
}

fn is_about_person(name: &str) -> bool {
    name.ends_with("/api/v2/users/me")
}

/// The error that `fetch` rejects with in Chromium without a network.
pub(super) fn network_failure() -> JsValue {
    js_sys::TypeError::new("Failed to fetch").into()
}

/// A request that was sent.
#[derive(Clone)]
pub struct Sent {
    name: String,
    request: Request,
}

impl Sent {
    fn new(request: Request) -> Self {
        let origin = window().location().origin().expect("an origin");
        let url = request.url();
        let path = url.strip_prefix(&origin).unwrap_or(&url);
        Self {
            name: format!("{} {path}", request.method()),
            request,
        }
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<String> {
        self.request.headers().get(name).expect("a header's name")
    }

    /// Its credentials mode.
    pub fn credentials(&self) -> String {
        let credentials = Reflect::get(&self.request, &"credentials".into());
        credentials
            .ok()
            .and_then(|value| value.as_string())
            .expect("a request")
    }

    /// Its body.
    pub async fn body(&self) -> String {
        let copy = self.request.clone().expect("a body that nobody has read");
        let text = JsFuture::from(copy.text().expect("a promise")).await;
        text.expect("a text").as_string().expect("a string")
    }

    /// Whether the page aborted it.
    pub fn is_aborted(&self) -> bool {
        self.request.signal().aborted()
    }

    /// Whether it does not follow redirects.
    pub fn leaves_redirects(&self) -> bool {
        self.request.redirect() == web_sys::RequestRedirect::Manual
    }

    /// Whether it outlives the page.
    pub fn is_kept_alive(&self) -> bool {
        Reflect::get(&self.request, &"keepalive".into()).expect("a property") == JsValue::TRUE
    }

    /// Whether it bypasses the browser's cache.
    pub fn is_uncached(&self) -> bool {
        self.request.cache() == web_sys::RequestCache::NoStore
    }
}

/// A request whose answer the test holds back.
#[derive(Clone, Default)]
pub struct Held(Rc<RefCell<Option<Waiting>>>);

struct Waiting {
    resolve: Function,
    reject: Function,
}

impl Held {
    /// Whether the request was sent.
    pub fn is_asked(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// Answers it now.
    pub async fn answer(&self, answer: Answer) {
        self.end(|waiting| (&waiting.resolve, answer.response().into()));
        settle().await;
    }

    /// Makes it fail now, as without a network.
    pub async fn fail(&self) {
        self.end(|waiting| (&waiting.reject, network_failure()));
        settle().await;
    }

    fn end(&self, end: impl FnOnce(&Waiting) -> (&Function, JsValue)) {
        let waiting = self.0.borrow();
        let (function, value) = end(waiting.as_ref().expect("nobody has asked yet"));
        function.call1(&JsValue::UNDEFINED, &value).expect("an end");
        happened();
    }

    fn promise(&self, request: &Request) -> Promise {
        Promise::new(&mut |resolve: Function, reject: Function| {
            let signal = request.signal();
            let aborted = Closure::once_into_js({
                let (signal, reject) = (signal.clone(), reject.clone());
                // The reason is an `Error` with the name `AbortError`, unless
                // the page sets another one.
                move || reject.call1(&JsValue::UNDEFINED, &signal.reason())
            });
            signal
                .add_event_listener_with_callback("abort", aborted.unchecked_ref())
                .expect("a listener");
            self.0.replace(Some(Waiting { resolve, reject }));
        })
    }
}
