use external_auth_core::ProviderState;
use leptos::prelude::*;

use super::emit::works;
use crate::components::{DeviceFlowModal, ListNotices, UnlinkDialog, WindowLinkStatus, notices};
use crate::platform::FocusGuard;
use crate::reactive::{dynamic, effect, flag, memo, words};
use crate::session::ProviderRow;
use crate::text;
use crate::view::View;

/// One button: links the provider, and says that it is linked. What is to be
/// said besides, such as why that did not work, stands below it.
#[component]
pub(super) fn LinkButton(view: View, disabled: RwSignal<bool>) -> impl IntoView {
    let row = memo(move || view.rows().into_iter().next());
    effect(move || {
        if let Some(row) = row.get() {
            // Small as it is, it tells who is linked.
            view.set_near(&row, true);
        }
    });
    let instead = memo(move || said_instead(&row.get()?));
    let content = dynamic(move || {
        let Some(row) = row.get() else {
            return missing(view);
        };
        let Some(said) = instead.get() else {
            return Some(button(view, row, disabled));
        };
        // From the button that linked it, which goes now.
        FocusGuard::anywhere().move_to(&row.element_id());
        Some(
            view! {
                <span class="link-button__words" part="linked" id=row.element_id() tabindex="-1" prop:textContent=said></span>
            }
            .into_any(),
        )
    });
    let below = dynamic(move || {
        let row = row.get()?;
        let failures = notices(view, &row, false);
        Some(view! { <WindowLinkStatus view row /> {failures} }.into_any())
    });
    view! {
        <div class="link-button">
            {content}
            <ListNotices view />
            {below}
        </div>
        <UnlinkDialog view />
        <DeviceFlowModal view />
    }
    .into_any()
}

/// In place of the button, where there is nothing to link.
fn missing(view: View) -> Option<AnyView> {
    let list = view.session.list.read();
    let said = match (&list.error, list.loaded) {
        (_, true) => text::unknown_provider(),
        // Why stands below, with what can be done.
        (Some(_), false) => return None,
        (None, false) => text::progress::LOADING,
    };
    // A form that misses the link points here.
    Some(
        view! { <span class="link-button__words" tabindex="-1" prop:textContent=said></span> }
            .into_any(),
    )
}

/// In place of the button, where nothing is to be linked any more.
fn said_instead(row: &ProviderRow) -> Option<String> {
    match row.state() {
        state @ ProviderState::NoLongerConfigured => Some(text::state_label(state).to_owned()),
        _ if works(row) => Some(text::button_linked(row.login().as_deref())),
        _ => None,
    }
}

/// The same one while it links: it has the focus.
fn button(view: View, row: ProviderRow, disabled: RwSignal<bool>) -> AnyView {
    let words = {
        let row = row.clone();
        words(move || {
            let running = view.linking.window;
            let running = running.read();
            if running.as_ref().is_some_and(|link| link.provider == row.id) {
                text::button_waiting(&row.name.read())
            } else {
                text::device_title(&row.name.read())
            }
        })
    };
    let press = move |_| {
        view.link(&row);
    };
    view! {
        <button type="button" class="button button--main" part="button" disabled=flag(move || disabled.get())
            on:click=press prop:textContent=words></button>
    }
    .into_any()
}
