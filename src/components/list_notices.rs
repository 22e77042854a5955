use external_auth_core::{ApiErrorKind, routes};
use leptos::prelude::*;

use super::erased::dynamic;
use super::notice_box::raw_text;
use crate::platform::current_path;
use crate::store::ExternalAuthStore;
use crate::text::{self, button};

/// What concerns the whole list: the session is gone, the list could not be
/// loaded, loading takes long. There from the start, so that what comes into
/// it is announced.
#[component]
pub(crate) fn ListNotices(store: ExternalAuthStore) -> impl IntoView {
    let session_ended = dynamic(move || store.session_ended.get().then(|| session_ended(store)));
    let list_failed = dynamic(move || list_failed(store));
    let slow = dynamic(move || {
        let slow = store.list.read().slow;
        slow.then(|| view! { <p class="list-notice">{text::announce_refreshing()}</p> }.into_any())
    });
    view! {
        <div class="list-notices">
            <div role="alert">{session_ended} {list_failed}</div>
            <div role="status">{slow}</div>
            <div class="visually-hidden" role="status">{store.announcement}</div>
        </div>
    }
}

fn session_ended(store: ExternalAuthStore) -> AnyView {
    let sign_in = store.deployment_url(&routes::login(&current_path()));
    view! {
        <div class="notice notice--unsure">
            <div class="notice__words"><p>{text::session_ended(store.list.read().loaded)}</p></div>
            <a class="button button--main" href=sign_in>{button::SIGN_IN}</a>
        </div>
    }
    .into_any()
}

fn list_failed(store: ExternalAuthStore) -> Option<AnyView> {
    let list = store.list.read();
    // That the session is gone is said above, once.
    let error = list
        .error
        .as_ref()
        .filter(|error| error.kind != ApiErrorKind::Unauthorized)?;
    Some(
        view! {
            <div class="notice notice--attention">
                <div class="notice__words">
                    <p><strong>{text::list_failed(list.loaded)}</strong> " " {text::api_error(error)}</p>
                    {raw_text(error.to_string())}
                </div>
                <button type="button" class="button button--main" on:click=move |_| store.reload()>
                    {button::TRY_AGAIN}
                </button>
            </div>
        }
        .into_any(),
    )
}
