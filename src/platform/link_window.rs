use external_auth_core::WindowPage;
use js_sys::Reflect;
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use web_sys::Window;

/// Wide enough for the sign-in pages of providers, which are made for phones
/// and for windows like this.
const WIDTH: i32 = 640;
const HEIGHT: i32 = 760;

/// The window in which a redirect flow runs.
pub struct LinkWindow(Window);

impl LinkWindow {
    /// Opens a window and sends it to `url`, a path of the deployment, if there
    /// is one yet. It must be called in a click. None where the browser blocks it.
    ///
    /// The window begins as an empty page of our own origin: only so can it be
    /// told from a blocked one, and its `opener` be cut before it leaves, so
    /// that no provider can navigate this page.
    #[must_use]
    pub fn open(url: Option<&String>) -> Option<Self> {
        let opened = window()
            .open_with_url_and_target_and_features("", "coder-external-auth", &features())
            .ok()??;
        if opened.closed().unwrap_or(true) {
            return None;
        }
        // Should the browser keep the opener, the flow works all the same.
        let _ = opened.set_opener(&JsValue::NULL);
        let window = Self(opened);
        if let Some(url) = url {
            window.leave_for(url);
        }
        Some(window)
    }

    /// Sends the window, which is still empty, to a path of the deployment.
    pub fn leave_for(&self, url: &str) {
        // It throws for an address that cannot be parsed; ours can.
        let _ = self.0.location().replace(url);
    }

    /// Whether the window seems closed. A hint only: it also seems so when its
    /// page has cut the tie (`Cross-Origin-Opener-Policy`).
    #[must_use]
    pub fn seems_closed(&self) -> bool {
        self.0.closed().unwrap_or(true)
    }

    /// Brings the window to the front, where that is possible.
    pub fn bring_to_front(&self) {
        let _ = self.0.focus();
    }

    /// Closes the window while it is on our origin; at the provider, without
    /// its opener, the browser refuses that. Whether it was there to close.
    #[must_use]
    pub fn close(&self) -> bool {
        // Another origin's document cannot be had.
        let is_ours = Reflect::get(&self.0, &"document".into()).is_ok();
        is_ours && self.0.close().is_ok()
    }

    /// The page that the window is at, as far as it can be read: nothing while the
    /// window is at another origin; and in Firefox no JSON, which Firefox shows in
    /// a viewer of no origin.
    #[must_use]
    pub fn page(&self) -> WindowPage {
        // Another origin's page throws at every one of these.
        let get = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).ok();
        let text = |object: &JsValue, name: &str| get(object, name)?.as_string();
        let path = get(&self.0, "location").and_then(|location| text(&location, "pathname"));
        let json = get(&self.0, "document").and_then(|document| {
            let is_json = text(&document, "contentType")?.ends_with("json");
            let body = get(&document, "body").filter(|_| is_json)?;
            text(&body, "textContent")
        });
        WindowPage {
            path: path.unwrap_or_default(),
            json,
        }
    }
}

/// Closes the window that this page is in, where the browser allows it.
pub fn close_this_window() {
    let _ = window().close();
}

/// In the middle of this window.
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
