use leptos::prelude::*;

use crate::reactive::dynamic;
use crate::store::{ExternalAuthStore, ProviderEntry, WindowLinkPhase, WindowLinkShown};
use crate::text::{self, button};

/// A redirect flow that runs in a window, on the card that it is for: how it
/// stands, and what can be done about it.
#[component]
pub(crate) fn WindowLinkStatus(store: ExternalAuthStore, entry: ProviderEntry) -> impl IntoView {
    dynamic(move || {
        let conflict = store.window_conflict.get();
        if conflict.is_some_and(|wanted| wanted.id == entry.id) {
            return Some(conflict_box(store, &entry));
        }
        let running = store.window_link.get()?;
        (running.provider == entry.id).then(|| running_box(store, &entry, &running))
    })
}

fn running_box(
    store: ExternalAuthStore,
    entry: &ProviderEntry,
    running: &WindowLinkShown,
) -> AnyView {
    let name = entry.name.get();
    let continue_here = {
        let entry = entry.clone();
        choice(button::CONTINUE_HERE.to_owned(), move || {
            store.link_in_this_tab(&entry);
        })
    };
    let cancel = choice(button::CANCEL.to_owned(), move || {
        store.cancel_window_link();
    });
    let first = match running.phase {
        WindowLinkPhase::Blocked => None,
        WindowLinkPhase::Waiting { seems_closed: true } => {
            let look = move || store.look_for_link();
            Some(choice(button::LOOK_NOW.to_owned(), look))
        }
        WindowLinkPhase::Waiting { .. } => {
            let show = move || store.bring_window_to_front();
            Some(choice(button::BRING_TO_FRONT.to_owned(), show))
        }
        WindowLinkPhase::StillWaiting => {
            let wait = move || store.keep_waiting();
            Some(choice(button::KEEP_WAITING.to_owned(), wait))
        }
    };
    let choices = first.into_iter().chain([continue_here, cancel]).collect();
    let elsewhere = running.elsewhere.as_ref().map(|page| {
        view! { <p><a href=page.to_string()>{text::open_elsewhere(page)}</a></p> }.into_any()
    });
    status_box(text::window_link(&name, running), elsewhere, choices)
}

fn conflict_box(store: ExternalAuthStore, entry: &ProviderEntry) -> AnyView {
    let wanted = entry.name.get();
    let instead = {
        let entry = entry.clone();
        choice(text::link_instead(&wanted), move || {
            store.link_instead(&entry);
        })
    };
    let finish = choice(button::BRING_TO_FRONT.to_owned(), move || {
        store.drop_window_conflict();
        store.bring_window_to_front();
    });
    let running = store.window_link.get();
    let sentence = running.map(|running| store.window_conflict_words(entry, &running));
    status_box(sentence.unwrap_or_default(), None, vec![instead, finish])
}

fn status_box(sentence: String, link: Option<AnyView>, choices: Vec<AnyView>) -> AnyView {
    view! {
        <div class="notice notice--unsure" part="notice">
            <div class="notice__words"><p prop:textContent=sentence></p> {link}</div>
            <div class="notice__choices">{choices}</div>
        </div>
    }
    .into_any()
}

fn choice(words: String, run: impl Fn() + 'static) -> AnyView {
    let run: Box<dyn Fn()> = Box::new(run);
    view! { <button type="button" class="button" on:click=move |_| run() prop:textContent=words></button> }
        .into_any()
}
