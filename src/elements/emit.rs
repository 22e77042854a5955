use std::sync::Arc;

use external_auth_core::name_without_isolates;
use js_sys::{Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::chunk::Chunk;
use crate::components::DRAWINGS;
use crate::reactive::{effect, memo};
use crate::session::SessionEvent;
use crate::text;
use crate::view::View;

/// Passes the events of a session to an element: those about the providers
/// that it shows, and those about no provider.
pub(super) fn emit_events(view: View, emit: Function) {
    view.session.observe(move |event| {
        if let SessionEvent::Failed { provider, failure } = event {
            let provider = provider.clone().unwrap_or_default();
            let (emit, failure) = (emit.clone(), failure.clone());
            // The sentences about failures are in a later part.
            Chunk::run(&DRAWINGS, move |drawings| {
                let message = drawings.map_or_else(
                    |_| text::part_failed().to_owned(),
                    |drawings| drawings.failure_message(&failure),
                );
                let detail = object(&[
                    ("provider", (&provider).into()),
                    ("message", message.into()),
                ]);
                emit_to(view, &emit, "error", &provider, &detail);
            });
        } else if let Some((name, provider, detail)) = described(event) {
            emit_to(view, &emit, name, &provider, &detail);
        }
    });
}

fn emit_to(view: View, emit: &Function, name: &str, provider: &str, detail: &Object) {
    let is_meant = |only: &Vec<String>| only.is_empty() || only.iter().any(|id| id == provider);
    // The element may be gone by now.
    let only = view.only.try_read_untracked();
    if only.is_some_and(|only| provider.is_empty() || is_meant(&only)) {
        call(emit, name, detail);
    }
}

/// The state of a provider, for a form.
#[derive(Clone, PartialEq)]
struct ProviderStatus {
    provider: Arc<str>,
    name: String,
    linked: bool,
    login: String,
    state: &'static str,
}

impl ProviderStatus {
    /// The state of a provider that is not in the list, or not yet.
    fn unknown(id: &str) -> Self {
        Self {
            provider: id.into(),
            name: id.to_owned(),
            linked: false,
            login: String::new(),
            state: "unknown",
        }
    }
}

/// Tells an element the state of each provider that it shows, now and after
/// every change.
pub(super) fn emit_states(view: View, emit: Function) {
    let states = memo(move || {
        let rows = view.rows();
        let known = rows.iter().map(|row| ProviderStatus {
            provider: Arc::clone(&row.id),
            name: row.name.get(),
            linked: row.works(),
            login: row.login().unwrap_or_default(),
            state: row.state().as_str(),
        });
        let only = view.only.get();
        let unknown = only
            .iter()
            .filter(|id| !rows.iter().any(|row| *row.id == **id));
        known
            .chain(unknown.map(|id| ProviderStatus::unknown(id)))
            .collect::<Vec<_>>()
    });
    let mut before: Vec<ProviderStatus> = Vec::new();
    effect(move || {
        let now = states.get();
        for state in now.iter().filter(|state| !before.contains(state)) {
            let detail = object(&[
                ("provider", (*state.provider).into()),
                ("name", name_without_isolates(&state.name).into()),
                ("linked", state.linked.into()),
                ("login", name_without_isolates(&state.login).into()),
                ("state", state.state.into()),
            ]);
            call(&emit, "state", &detail);
        }
        before = now;
    });
}

/// The name of an event, the provider that it is about, and its detail.
fn described(event: &SessionEvent) -> Option<(&'static str, String, Object)> {
    Some(match event {
        SessionEvent::Linked { provider, login } => {
            let login = login.clone().unwrap_or_default();
            let detail = object(&[
                ("provider", provider.into()),
                ("login", name_without_isolates(&login).into()),
            ]);
            ("linked", provider.clone(), detail)
        }
        SessionEvent::Unlinked { provider, revoked } => {
            let detail = object(&[
                ("provider", provider.into()),
                ("revoked", (*revoked).into()),
            ]);
            ("unlinked", provider.clone(), detail)
        }
        SessionEvent::RevocationFailed(warning) => {
            let detail = object(&[
                ("provider", (&warning.provider).into()),
                ("name", name_without_isolates(&warning.name).into()),
                ("reason", (&warning.reason).into()),
                ("url", (&warning.url).into()),
            ]);
            ("revocation-failed", warning.provider.clone(), detail)
        }
        SessionEvent::Unauthorized => ("unauthorized", String::new(), Object::new()),
        _ => return None,
    })
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

fn call(emit: &Function, name: &str, detail: &Object) {
    // An error in a listener of the embedding page does not concern this
    // program.
    let _ = emit.call2(&JsValue::UNDEFINED, &name.into(), detail);
}
