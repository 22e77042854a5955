use std::sync::Arc;

use external_auth_core::LinkHint;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::Listener;

const CHANNEL: &str = "coder-external-auth";
const TYPE: &str = "link-changed";
const RETURN_PAGE: &str = "return-page";

/// Tells every tab of this origin that a provider's link may have changed.
///
/// A message is a hint to read again, never the result. It contains only the
/// provider's id, the deployment if that is another origin, and whether the
/// return page of a redirect flow sent it.
#[must_use = "messages come in until this is dropped"]
pub struct AnnounceChannel {
    channel: BroadcastChannel,
    deployment: Arc<str>,
    _listener: Listener,
}

impl AnnounceChannel {
    /// Calls `on_hint` when another tab sends a hint about the same deployment,
    /// which its base identifies: see [`Config`](crate::Config). None if the
    /// browser has no such channel. Then the flow finds its result only on
    /// focus or after some time.
    pub fn open(deployment: Arc<str>, on_hint: impl Fn(LinkHint) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(CHANNEL).ok()?;
        let origin = leptos::prelude::location().origin().ok()?;
        let own = Arc::clone(&deployment);
        let listener = Listener::new(&channel, "message", move |event| {
            if let Some(hint) = hint_of(&event, &origin, &own) {
                on_hint(hint);
            }
        });
        Some(Self {
            channel,
            deployment,
            _listener: listener,
        })
    }

    /// Sends a hint to every other tab. `returned`: this page is the return
    /// page of a redirect flow.
    pub fn send(&self, provider: &str, returned: bool) {
        let message = Object::new();
        let fields = [
            ("type", TYPE),
            ("provider", provider),
            ("deployment", &self.deployment),
            ("from", if returned { RETURN_PAGE } else { "" }),
        ];
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            // Setting a property of a fresh object cannot fail.
            let _ = Reflect::set(&message, &name.into(), &value.into());
        }
        // It throws only after `close`.
        let _ = self.channel.post_message(&message);
    }
}

impl Drop for AnnounceChannel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// The hint in a message, if the message has our origin and shape, and is
/// about this deployment.
fn hint_of(event: &web_sys::Event, origin: &str, deployment: &str) -> Option<LinkHint> {
    let event = event.dyn_ref::<MessageEvent>()?;
    if event.origin() != origin {
        return None;
    }
    let field = |name: &str| {
        Reflect::get(&event.data(), &JsValue::from_str(name))
            .ok()?
            .as_string()
    };
    let is_meant = field("type")? == TYPE && field("deployment").unwrap_or_default() == deployment;
    is_meant
        .then(|| field("provider"))
        .flatten()
        .map(|provider| LinkHint {
            provider,
            returned: field("from").is_some_and(|from| from == RETURN_PAGE),
        })
}
