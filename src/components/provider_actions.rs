use external_auth_core::{ProviderState, SafeUrl};
use leptos::prelude::*;

use super::text_span::{hidden_name, live_text_span};
use crate::reactive::{aria_flag, dynamic, flag, words};
use crate::store::{ExternalAuthStore, Pending, ProviderEntry};
use crate::text::{button, progress};

/// What can be done with a provider; what its state asks for stands out.
///
/// The buttons keep their places and are only hidden, so that the focus stays
/// on one whose card changes its state.
#[component]
pub(super) fn ProviderActions(store: ExternalAuthStore, entry: ProviderEntry) -> impl IntoView {
    let ProviderEntry {
        name,
        record,
        pending,
        state,
        ..
    } = entry.clone();
    let link = Callback::new({
        let entry = entry.clone();
        move |()| store.link(&entry)
    });
    let check = Callback::new({
        let entry = entry.clone();
        move |()| store.check(entry.clone())
    });
    let unlink = Callback::new({
        let entry = entry.clone();
        move |()| store.unlink_candidate.set(Some(entry.clone()))
    });
    let button = move |action: Action, run| {
        action_button(ActionButton {
            words: words(move || {
                let progress = action.progress(pending.get());
                progress.unwrap_or(action.words()).to_owned()
            }),
            name,
            main: flag(move || stands_out(state.get(), action)),
            hidden: flag(move || !is_offered(action, state.get())),
            // An unlink need not wait for a check.
            busy: flag(move || match pending.get() {
                None => false,
                Some(pending) => pending == Pending::Unlinking || action != Action::Unlink,
            }),
            run,
        })
    };
    let install = dynamic(move || {
        if main_action(state.get()) != Some(Action::Install) {
            return None;
        }
        let url = SafeUrl::parse(&record.read().live.as_ref()?.value.app_install_url)?;
        Some(install_link(store, &entry, &url))
    });
    view! {
        <div class="provider-actions">
            {install}
            {button(Action::Link, link)}
            {button(Action::Check, check)}
            {button(Action::Reauthenticate, link)}
            {button(Action::Unlink, unlink)}
        </div>
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Install,
    Link,
    Reauthenticate,
    Check,
    Unlink,
}

impl Action {
    fn words(self) -> &'static str {
        match self {
            Self::Install => button::INSTALL_APP,
            Self::Link => button::LINK,
            Self::Reauthenticate => button::REAUTHENTICATE,
            Self::Check => button::CHECK,
            Self::Unlink => button::UNLINK,
        }
    }

    /// What is said instead while it runs, here on the page.
    fn progress(self, pending: Option<Pending>) -> Option<&'static str> {
        match (self, pending?) {
            (Self::Check, Pending::Checking) => Some(progress::CHECKING),
            (Self::Unlink, Pending::Unlinking) => Some(progress::UNLINKING),
            _ => None,
        }
    }
}

/// What a state asks for. An orphan asks for nothing.
fn main_action(state: ProviderState) -> Option<Action> {
    match state {
        ProviderState::NoLongerConfigured => None,
        ProviderState::NotLinked => Some(Action::Link),
        ProviderState::NeedsAttention(_) | ProviderState::NotVerified => {
            Some(Action::Reauthenticate)
        }
        ProviderState::AppNotInstalled => Some(Action::Install),
        ProviderState::CouldNotCheck(_) | ProviderState::Renewing | ProviderState::Linked => {
            Some(Action::Check)
        }
    }
}

fn is_offered(action: Action, state: ProviderState) -> bool {
    match state {
        ProviderState::NotLinked => action == Action::Link,
        ProviderState::NoLongerConfigured => action == Action::Unlink,
        // There is nothing to check it at.
        ProviderState::NotVerified => matches!(action, Action::Reauthenticate | Action::Unlink),
        _ => action != Action::Link,
    }
}

/// Whether the button of an action is the strong one. Where all is well no
/// button is: a page of strong buttons has none.
fn stands_out(state: ProviderState, action: Action) -> bool {
    let is_well = matches!(
        state,
        ProviderState::Linked | ProviderState::Renewing | ProviderState::NotVerified
    );
    !is_well && main_action(state) == Some(action)
}

struct ActionButton {
    words: Signal<String>,
    name: Signal<String>,
    main: Signal<bool>,
    hidden: Signal<bool>,
    busy: Signal<bool>,
    run: Callback<()>,
}

fn action_button(button: ActionButton) -> AnyView {
    let ActionButton {
        words: label,
        name,
        main,
        hidden,
        busy,
        run,
    } = button;
    view! {
        <button type="button" part="button" class=words(move || button_class(main.get()).to_owned()) hidden=hidden
            // Not `disabled`, which would drop the focus.
            aria-disabled=aria_flag(move || busy.get())
            on:click=move |_| if !busy.get_untracked() { run.run(()) }>
            {live_text_span(label)}{hidden_name(name)}
        </button>
    }
    .into_any()
}

fn button_class(main: bool) -> &'static str {
    if main {
        "button button--main"
    } else {
        "button"
    }
}

fn install_link(store: ExternalAuthStore, entry: &ProviderEntry, url: &SafeUrl) -> AnyView {
    let name = entry.name;
    let entry = entry.clone();
    view! {
        <a class=button_class(true) part="button" href=url.to_string() target="_blank" rel="noopener noreferrer"
            on:click=move |_| store.notice_install(&entry)>
            {button::INSTALL_APP}{hidden_name(name)}
        </a>
    }
    .into_any()
}
