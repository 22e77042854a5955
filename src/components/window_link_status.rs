use external_auth_core::{WindowPhase, WindowView};
use leptos::prelude::*;

use super::attr::{attr, text_attr};
use crate::platform::page_host;
use crate::reactive::dynamic;
use crate::session::ProviderRow;
use crate::text::{self, button};
use crate::view::View;

/// A redirect flow that runs in a window, on the card of its provider: its
/// status, and the person's choices.
#[component]
pub(crate) fn WindowLinkStatus(view: View, row: ProviderRow) -> impl IntoView {
    dynamic(move || {
        let shown = view.linking().shown.get();
        if shown.wanted.as_ref() == Some(&row.id) {
            return Some(conflict_box(view, &row));
        }
        let running = shown.window?;
        (running.provider == row.id).then(|| running_box(view, &row, &running))
    })
}

fn running_box(view: View, row: &ProviderRow, running: &WindowView) -> AnyView {
    let linking = view.linking();
    let name = row.name.get();
    let continue_here = {
        let row = row.clone();
        choice(button::CONTINUE_HERE.to_owned(), move || {
            view.link_in_this_tab(&row);
        })
    };
    let cancel = choice(button::CANCEL.to_owned(), move || {
        linking.cancel_window();
    });
    let first = match running.phase {
        WindowPhase::Blocked => None,
        WindowPhase::Waiting { seems_closed: true } => {
            let check = move || linking.check_now();
            Some(choice(button::CHECK_NOW.to_owned(), check))
        }
        WindowPhase::Waiting { .. } => {
            let show = move || linking.bring_window_to_front();
            Some(choice(button::BRING_TO_FRONT.to_owned(), show))
        }
        WindowPhase::StillWaiting => {
            let wait = move || linking.keep_waiting();
            Some(choice(button::KEEP_WAITING.to_owned(), wait))
        }
    };
    let choices = first.into_iter().chain([continue_here, cancel]).collect();
    let elsewhere = running.elsewhere.as_ref().map(|page| {
        view! { <p><a {..text_attr("href", page.to_string())}>{text::open_elsewhere(page)}</a></p> }.into_any()
    });
    let waits = matches!(
        running.phase,
        WindowPhase::Waiting {
            seems_closed: false
        }
    );
    status_box(
        waits,
        text::window_link(&name, running, &page_host()),
        elsewhere,
        choices,
    )
}

fn conflict_box(view: View, row: &ProviderRow) -> AnyView {
    let wanted = row.name.get();
    let linking = view.linking();
    let instead = choice(text::link_instead(&wanted), move || linking.link_instead());
    let finish = choice(button::BRING_TO_FRONT.to_owned(), move || {
        linking.cancel_waiting();
        linking.bring_window_to_front();
    });
    status_box(
        false,
        view.window_conflict_words(row),
        None,
        vec![instead, finish],
    )
}

/// `waits`: something goes on elsewhere.
fn status_box(
    waits: bool,
    sentence: String,
    link: Option<AnyView>,
    choices: Vec<AnyView>,
) -> AnyView {
    let sign = waits.then(|| {
        view! { <span class="spinner" {..attr("aria-hidden", "true")}></span> }.into_any()
    });
    view! {
        <div class="notice" {..attr("part", "notice")}>
            {sign}
            <div class="notice__words"><p prop:textContent=sentence></p> {link}</div>
            <div class="notice__choices">{choices}</div>
        </div>
    }
    .into_any()
}

fn choice(words: String, run: impl Fn() + 'static) -> AnyView {
    let run: Box<dyn Fn()> = Box::new(run);
    view! { <button {..attr("type", "button")} class="button" on:click=move |_| run() prop:textContent=words></button> }
        .into_any()
}
