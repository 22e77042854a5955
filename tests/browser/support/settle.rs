use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Promise};
use leptos::prelude::document;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, MessageChannel, ShadowRoot};

use super::replaced::{Replaced, call_original};

/// The page is settled when nothing has changed for this many turns of the
/// event loop.
const QUIET_TURNS: u32 = 3;
/// A page that still changes after this many turns never settles, which fails
/// the test.
const MOST_TURNS: u32 = 2_000;

thread_local! {
    /// The number of running operations that end without the test: frames,
    /// bodies that are read.
    static UNDER_WAY: Cell<u32> = const { Cell::new(0) };
    /// The number of events that the page's HTML does not show.
    static EVENTS: Cell<u32> = const { Cell::new(0) };
}

/// Counts an operation that the page waits for and that ends without the test.
pub fn begin_waiting() {
    UNDER_WAY.set(UNDER_WAY.get() + 1);
}

/// Ends such an operation.
pub fn end_waiting() {
    UNDER_WAY.set(UNDER_WAY.get().saturating_sub(1));
    happened();
}

/// Records an event after which the page may change.
pub fn happened() {
    EVENTS.set(EVENTS.get().wrapping_add(1));
}

/// Waits until the page is settled: no promise, frame or body is pending, and
/// its HTML no longer changes. It waits for turns of the event loop, not for
/// time.
pub async fn settle() {
    come_to_rest().await;
    // The browser reports after a frame whether a block of rows is near the viewport,
    // and after another one which of its rows are.
    if mark_new_cards() {
        for _ in 0..2 {
            frame().await;
            come_to_rest().await;
        }
    }
    // The `close` event of a dialog arrives with a frame.
    if select("dialog:not([open])").next().is_some() {
        frame().await;
        come_to_rest().await;
    }
}

/// Whether there are cards that this has not seen before.
fn mark_new_cards() -> bool {
    let mut found = false;
    for card in select(".provider-card:not([data-seen-by-test])") {
        let mark = card.set_attribute("data-seen-by-test", "");
        mark.expect("an attribute");
        found = true;
    }
    found
}

/// The elements that match a selector, on the page and in the shadow roots of
/// the test's elements.
fn select(selector: &str) -> impl Iterator<Item = Element> {
    let page = document().query_selector_all(selector);
    let mut all = vec![page.expect("a selector")];
    all.extend(shadow_roots().iter().map(|root| {
        let inside = root.query_selector_all(selector);
        inside.expect("a selector")
    }));
    all.into_iter().flat_map(|nodes| {
        (0..nodes.length()).map(move |number| {
            let node = nodes.item(number).expect("a node");
            node.unchecked_into()
        })
    })
}

fn shadow_roots() -> Vec<ShadowRoot> {
    let hosts = document().query_selector_all(&format!(".{HOST_CLASS}"));
    let hosts = hosts.expect("a selector");
    (0..hosts.length())
        .filter_map(|number| {
            let host: Element = hosts.item(number)?.unchecked_into();
            host.shadow_root()
        })
        .collect()
}

/// The class of the hosts whose shadow roots `settle` watches too.
pub const HOST_CLASS: &str = "host-of-a-test";

async fn come_to_rest() {
    let mut quiet = 0;
    let mut before = look();
    for _ in 0..MOST_TURNS {
        turn().await;
        let after = look();
        if after == before && UNDER_WAY.get() == 0 {
            quiet += 1;
            if quiet == QUIET_TURNS {
                return;
            }
        } else {
            quiet = 0;
            before = after;
        }
    }
    panic!("the page does not come to rest");
}

/// Waits until something from outside the page has arrived, such as a message
/// of another tab.
pub async fn settle_until(arrived: impl Fn() -> bool) {
    for _ in 0..MOST_TURNS {
        if arrived() {
            return settle().await;
        }
        turn().await;
    }
    panic!("what was waited for does not arrive");
}

fn look() -> (u32, String) {
    let body = document().body().expect("a body");
    let inside: String = shadow_roots().iter().map(ShadowRoot::inner_html).collect();
    (EVENTS.get(), body.inner_html() + &inside)
}

/// Waits for one turn of the event loop: a message, then a timer of the
/// browser, even while a [`FakeClock`](super::FakeClock) replaces its timers. A
/// message comes first because browsers delay nested timers by 4 ms each.
async fn turn() {
    let channel = MessageChannel::new().expect("a channel");
    let message = Promise::new(&mut |resolve, _| {
        channel.port1().set_onmessage(Some(&resolve));
        let post = channel.port2().post_message(&JsValue::NULL);
        post.expect("a message");
    });
    JsFuture::from(message).await.expect("a turn");
    channel.port1().close();

    let timeout = Promise::new(&mut |resolve, _| {
        call_original("setTimeout", &Array::of2(&resolve, &0.into()));
    });
    JsFuture::from(timeout).await.expect("a turn");
}

async fn frame() {
    let frame = Promise::new(&mut |resolve, _| {
        call_original("requestAnimationFrame", &Array::of1(&resolve));
    });
    JsFuture::from(frame).await.expect("a frame");
}

/// Counts the frames that the page requests, so that [`settle`] waits for them.
pub struct WatchedFrames {
    _replaced: Replaced,
    _function: Closure<dyn FnMut(js_sys::Function) -> JsValue>,
}

impl WatchedFrames {
    pub fn install() -> Self {
        UNDER_WAY.set(0);
        let function = Closure::new(move |callback: js_sys::Function| {
            begin_waiting();
            let callback = Closure::once_into_js(move |time: JsValue| {
                end_waiting();
                callback.call1(&JsValue::UNDEFINED, &time)
            });
            call_original("requestAnimationFrame", &Array::of1(&callback))
        });
        Self {
            _replaced: Replaced::function("requestAnimationFrame", function.as_ref()),
            _function: function,
        }
    }
}

/// A future that runs concurrently with the test.
pub struct Running<T> {
    result: Rc<RefCell<Option<T>>>,
    handle: futures_util::future::AbortHandle,
}

/// Runs a future concurrently with the test until it ends or is dropped.
pub fn run<T: 'static>(future: impl Future<Output = T> + 'static) -> Running<T> {
    let result = Rc::new(RefCell::new(None));
    let (future, handle) = futures_util::future::abortable(future);
    wasm_bindgen_futures::spawn_local({
        let result = Rc::clone(&result);
        async move {
            if let Ok(value) = future.await {
                result.replace(Some(value));
                happened();
            }
        }
    });
    Running { result, handle }
}

impl<T> Running<T> {
    /// Whether it has ended.
    pub fn has_ended(&self) -> bool {
        self.result.borrow().is_some()
    }

    /// Its result. It must have ended.
    #[track_caller]
    pub fn result(&self) -> T {
        self.result.take().expect("the future has not ended")
    }

    /// Drops the future.
    pub async fn abandon(&self) {
        self.handle.abort();
        settle().await;
    }
}
