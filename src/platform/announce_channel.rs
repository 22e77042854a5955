use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::Listener;

const CHANNEL: &str = "coder-external-auth";
const TYPE: &str = "link-changed";

/// Tells every tab of this origin that a provider's link may have changed.
///
/// A message is a hint to read again, never the result, and holds nothing but
/// the provider's id.
#[must_use = "messages come in until this is dropped"]
pub struct AnnounceChannel {
    channel: BroadcastChannel,
    _listener: Listener,
}

impl AnnounceChannel {
    /// Calls `on_hint` with the provider's id when another tab sends a hint.
    /// None where the browser has no such channel; then only focus and
    /// patience find the result.
    pub fn open(on_hint: impl Fn(String) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(CHANNEL).ok()?;
        let origin = leptos::prelude::location().origin().ok()?;
        let listener = Listener::new(&channel, "message", move |event| {
            if let Some(provider) = provider_of(&event, &origin) {
                on_hint(provider);
            }
        });
        Some(Self {
            channel,
            _listener: listener,
        })
    }

    /// Sends a hint to every other tab.
    pub fn send(&self, provider: &str) {
        let message = Object::new();
        for (name, value) in [("type", TYPE), ("provider", provider)] {
            // Setting a property of a fresh object cannot fail.
            let _ = Reflect::set(&message, &name.into(), &value.into());
        }
        // It throws after `close` only.
        let _ = self.channel.post_message(&message);
    }
}

impl Drop for AnnounceChannel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// The provider that a message names, if it is of our origin and shape.
fn provider_of(event: &web_sys::Event, origin: &str) -> Option<String> {
    let event = event.dyn_ref::<MessageEvent>()?;
    if event.origin() != origin {
        return None;
    }
    let field = |name: &str| {
        Reflect::get(&event.data(), &JsValue::from_str(name))
            .ok()?
            .as_string()
    };
    (field("type")? == TYPE)
        .then(|| field("provider"))
        .flatten()
}
