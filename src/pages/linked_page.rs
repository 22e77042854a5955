use leptos::prelude::*;

use crate::Config;
use crate::components::attr;
use crate::platform::{AnnounceChannel, close_this_window};
use crate::text::{self, button};

/// The return page of a redirect flow in a window. It tells the other tabs, and
/// closes the window where the browser allows that.
///
/// It knows only that the browser came back. The page that started the flow
/// reads whether the account is linked.
#[component]
pub fn LinkedPage(config: Config, id: String) -> impl IntoView {
    if let Some(channel) = AnnounceChannel::open(config.base_url, |_| ()) {
        channel.send(&id, true);
    }
    close_this_window();
    let (heading, sentence) = text::returned();
    view! {
        <section class="page-message">
            <h1>{heading}</h1>
            <p>{sentence}</p>
            <div>
                <button {..attr("type", "button")} class="button button--main" on:click=move |_| close_this_window()>
                    {button::CLOSE_WINDOW}
                </button>
            </div>
        </section>
    }
}
