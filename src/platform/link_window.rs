use external_auth_core::WindowPage;
use js_sys::Reflect;
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use web_sys::Window;

/// Large enough for the sign-in pages of providers, which are made for
/// phones and for windows of this size.
const WIDTH: i32 = 640;
const HEIGHT: i32 = 760;

/// The window in which a redirect flow runs.
pub struct LinkWindow(Window);

impl LinkWindow {
    /// Opens a window and sends it to `url`, a path of the deployment, if there
    /// is one yet. Call this in a click. None if the browser blocks the window.
    ///
    /// The window starts as an empty page of our own origin. Only then can it
    /// be distinguished from a blocked one, and its `opener` be removed before
    /// it leaves, so that no provider can navigate this page.
    #[must_use]
    pub fn open(url: Option<&String>) -> Option<Self> {
        let opened = window()
            .open_with_url_and_target_and_features("", "coder-external-auth", &features())
            .ok()??;
        if opened.closed().unwrap_or(true) {
            return None;
        }
        // If the browser keeps the opener, the flow still works.
        let _ = opened.set_opener(&JsValue::NULL);
        let window = Self(opened);
        if let Some(url) = url {
            window.leave_for(url);
        }
        Some(window)
    }

    /// Sends the window, which is still empty, to a path of the deployment.
    pub fn leave_for(&self, url: &str) {
        // It throws only for an address that cannot be parsed. Ours can be
        // parsed.
        let _ = self.0.location().replace(url);
    }

    /// Whether the window seems closed. This is only a hint: a window also
    /// seems closed when its page has isolated itself from us
    /// (`Cross-Origin-Opener-Policy`).
    #[must_use]
    pub fn seems_closed(&self) -> bool {
        self.0.closed().unwrap_or(true)
    }

    /// Brings the window to the front, if the browser can.
    pub fn bring_to_front(&self) {
        let _ = self.0.focus();
    }

    /// Closes the window while it is on our origin. The browser refuses that at
    /// the provider, because the window has no opener. Returns whether the
    /// window could be closed.
    #[must_use]
    pub fn close(&self) -> bool {
        self.path().is_some() && self.0.close().is_ok()
    }

    /// The page that the window shows, if it can be read. Empty while the
    /// window is at another origin. Firefox shows JSON in a viewer that no page
    /// can read.
    #[must_use]
    pub fn page(&self) -> WindowPage {
        let Some(path) = self.path() else {
            return WindowPage::default();
        };
        let get = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).ok();
        let text = |object: &JsValue, name: &str| get(object, name)?.as_string();
        let json = get(&self.0, "document").and_then(|document| {
            let is_json = text(&document, "contentType")?.ends_with("json");
            let body = get(&document, "body").filter(|_| is_json)?;
            text(&body, "textContent")
        });
        WindowPage { path, json }
    }

    /// The path of the page that the window shows. None while the window is at
    /// another origin.
    ///
    /// Reading it throws there, and we read it each second. It must be a read
    /// that returns a string: each import that returns an object and throws
    /// leaves an entry in wasm-bindgen's table of references, which then grows
    /// as long as the window is open.
    fn path(&self) -> Option<String> {
        self.0.location().pathname().ok()
    }
}

/// Closes the window of this page, if the browser allows it.
pub fn close_this_window() {
    let _ = window().close();
}

/// The features that center the new window on this one.
fn features() -> String {
    let here = window();
    #[allow(clippy::cast_possible_truncation, reason = "pixels of a screen")]
    let number = |value: Result<JsValue, JsValue>| value.ok()?.as_f64().map(|pixels| pixels as i32);
    let middle = |start: Option<i32>, size: Option<i32>, own: i32| {
        (start.unwrap_or_default() + (size.unwrap_or(own) - own) / 2).max(0)
    };
    let left = middle(number(here.screen_x()), number(here.outer_width()), WIDTH);
    let top = middle(number(here.screen_y()), number(here.outer_height()), HEIGHT);
    format!("popup,width={WIDTH},height={HEIGHT},left={left},top={top}")
}
