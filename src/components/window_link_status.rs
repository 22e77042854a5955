use external_auth_core::{WindowPhase, WindowView};
use leptos::prelude::*;

use super::attr::{attr, text_attr};
use crate::platform::page_host;
use crate::reactive::dynamic;
use crate::session::ProviderRow;
use crate::text::{self, button};
use crate::view::View;

/// A redirect flow that runs in a window, on the card of its provider: its
/// status, and the person's choices. `has_row`: "Cancel" is in the row while the
/// window is open.
#[component]
pub(crate) fn WindowLinkStatus(view: View, row: ProviderRow, has_row: bool) -> impl IntoView {
    dynamic(move || {
        let shown = view.linking().shown.get();
        if shown.wanted.as_ref() == Some(&row.id) {
            return Some(conflict_box(view, &row));
        }
        let running = shown.window?;
        (running.provider == row.id).then(|| running_box(view, &row, &running, has_row))
    })
}

fn running_box(view: View, row: &ProviderRow, running: &WindowView, has_row: bool) -> AnyView {
    let linking = view.linking();
    let name = row.name.get();
    let continue_here = {
        let row = row.clone();
        choice(button::CONTINUE_HERE.to_owned(), move || {
            view.link_in_this_tab(&row);
        })
    };
    let cancel = (!(has_row && running.phase.is_open())).then(|| {
        choice(button::CANCEL.to_owned(), move || {
            linking.cancel_window();
        })
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
    let choices = [first, Some(continue_here), cancel];
    let choices = choices.into_iter().flatten().collect();
    let elsewhere = running.elsewhere.as_ref().map(|page| {
        view! { <p><a {..text_attr("href", page.to_string())}>{text::open_elsewhere(page)}</a></p> }.into_any()
    });
    status_box(
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
    status_box(view.window_conflict_words(row), None, vec![instead, finish])
}

fn status_box(sentence: String, link: Option<AnyView>, choices: Vec<AnyView>) -> AnyView {
    view! {
        <div class="window-status" {..attr("part", "notice")}>
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
