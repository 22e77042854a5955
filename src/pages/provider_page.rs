use external_auth_core::{ApiError, ApiErrorKind};
use leptos::prelude::*;

use crate::Config;
use crate::components::{
    DeviceFlowPanel, Glyph, GlyphKind, ListNotices, ListSkeleton, RowsLayout, attr, dialogs,
    provider_rows, raw_text, text_span,
};
use crate::platform::close_this_window;
use crate::reactive::{dynamic, effect, memo};
use crate::session::ProviderRow;
use crate::text::{self, button};
use crate::view::{ProviderPageStatus, View};

/// The page of one provider, `/external-auth/:id`. It starts linking
/// automatically, and shows the same card as the list. `redirected`: a flow has
/// just returned here, so no new one starts automatically.
#[component]
pub fn ProviderPage(config: Config, id: String, redirected: bool) -> impl IntoView {
    let view = View::new(&config);
    let status = RwSignal::new(ProviderPageStatus::Loading);
    view.open_provider(&id, status, !redirected);
    // Its name is not known yet.
    document().set_title(&text::provider_page_title(&id));
    let content = dynamic(move || {
        Some(match status.get() {
            ProviderPageStatus::Loading => {
                view! { <h1>{text::title()}</h1> <ListSkeleton cards=1 /> }.into_any()
            }
            // `ListNotices` already says that the person is signed out.
            ProviderPageStatus::Failed(error) if error.kind.is_sign_out() => {
                view! { <h1>{text::title()}</h1> }.into_any()
            }
            ProviderPageStatus::Failed(error) => {
                let id = id.clone();
                let retry = Callback::new(move |()| view.open_provider(&id, status, !redirected));
                failed(view, &error, retry)
            }
            ProviderPageStatus::Ready(row) => ready(view, row, redirected),
        })
    });
    view! {
        <section class="external-auth-list">
            <ListNotices view />
            {content}
            <p><a href="./">{button::ALL_ACCOUNTS}</a></p>
            {dialogs(view)}
        </section>
    }
}

fn ready(view: View, row: ProviderRow, redirected: bool) -> AnyView {
    let name = row.name;
    effect(move || document().set_title(&text::provider_page_title(&name.read())));
    let was_linked = row.state_untracked().is_linked();
    let lead = {
        let row = row.clone();
        dynamic(move || {
            let name = name.get();
            Some(if row.state().is_linked() {
                linked(&text::greeting(&name, row.login().as_deref()))
            } else if redirected && !was_linked {
                view! { <p class="provider-page__lead" prop:textContent=text::redirected_without_link(&name)></p> }
                    .into_any()
            } else {
                view! { <p class="provider-page__lead" prop:textContent=text::not_linked_yet(&name)></p> }
                    .into_any()
            })
        })
    };
    let begins = !was_linked && row.record().is(|provider| provider.device);
    let ended = {
        let row = row.clone();
        memo(move || row.state().is_linked())
    };
    let device = {
        let row = row.clone();
        dynamic(move || {
            if !begins || ended.get() {
                return None;
            }
            let link = view.begin_device_link(&row);
            let shown = link.clone();
            on_cleanup(move || shown.close());
            Some(
                view! { <div class="page-message device-flow"><DeviceFlowPanel link /></div> }
                    .into_any(),
            )
        })
    };
    // While the flow runs in the page, no card offers to start it again.
    let card = dynamic(move || {
        let is_here = !begins || ended.get();
        let row = row.clone();
        is_here.then(|| {
            let number = row.number;
            let shown = memo(move || vec![number]);
            provider_rows(view, move || vec![row.clone()], shown, RowsLayout::OpenCard)
        })
    });
    view! {
        // The device flow moves the focus here when its button goes.
        <h1 {..attr("id", "device-title")} {..attr("tabindex", "-1")} prop:textContent=name></h1>
        {lead} {device} {card}
    }
    .into_any()
}

fn linked(greeting: &str) -> AnyView {
    view! {
        <p class="provider-page__lead">
            {text_span(greeting.to_owned())}
            <button {..attr("type", "button")} class="button" on:click=move |_| close_this_window()>
                {button::CLOSE_WINDOW}
            </button>
        </p>
    }
    .into_any()
}

fn failed(view: View, error: &ApiError, retry: Callback<()>) -> AnyView {
    let (sentence, more) = if error.kind == ApiErrorKind::NotFound {
        (text::unknown_provider(), String::new())
    } else {
        (text::page_failed(), text::api_error(error))
    };
    view! {
        <h1>{text::title()}</h1>
        <div class="notice notice--attention" {..attr("role", "alert")}>
            <Glyph kind=GlyphKind::Exclamation />
            <div class="notice__words">
                <p><strong prop:textContent=sentence></strong></p>
                <p prop:textContent=more></p>
                {raw_text(error.to_string(), view.announcement)}
            </div>
            <button {..attr("type", "button")} class="button button--main" on:click=move |_| retry.run(())>
                {button::TRY_AGAIN}
            </button>
        </div>
    }
    .into_any()
}
