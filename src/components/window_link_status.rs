use leptos::prelude::*;

use super::erased::dynamic;
use crate::store::{ExternalAuthStore, ProviderEntry, WindowLinkPhase};
use crate::text::{self, button};

/// A redirect flow that runs in a window, on the card that it is for: how it
/// stands, and what can be done about it.
#[component]
pub(super) fn WindowLinkStatus(store: ExternalAuthStore, entry: ProviderEntry) -> impl IntoView {
    dynamic(move || {
        let conflict = store.window_conflict.get();
        if conflict.is_some_and(|wanted| wanted.id == entry.id) {
            return Some(conflict_box(store, &entry));
        }
        let running = store.window_link.get()?;
        (running.provider == entry.id).then(|| running_box(store, &entry, running.phase))
    })
}

fn running_box(store: ExternalAuthStore, entry: &ProviderEntry, phase: WindowLinkPhase) -> AnyView {
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
    let (sentence, choices) = match phase {
        WindowLinkPhase::Blocked => (text::window_blocked(&name), vec![continue_here, cancel]),
        WindowLinkPhase::Waiting { seems_closed } => {
            let first = if seems_closed {
                choice(button::LOOK_NOW.to_owned(), move || store.look_for_link())
            } else {
                choice(button::BRING_TO_FRONT.to_owned(), move || {
                    store.bring_window_to_front();
                })
            };
            (
                text::window_waiting(&name, seems_closed),
                vec![first, continue_here, cancel],
            )
        }
        WindowLinkPhase::StillWaiting => {
            let keep_waiting = choice(button::KEEP_WAITING.to_owned(), move || {
                store.keep_waiting();
            });
            (
                text::window_still_waiting(&name),
                vec![keep_waiting, continue_here, cancel],
            )
        }
    };
    status_box(sentence, choices)
}

fn conflict_box(store: ExternalAuthStore, entry: &ProviderEntry) -> AnyView {
    let wanted = entry.name.get();
    let running = store.window_link.get().and_then(|running| {
        let entries = store.entries.read();
        entries
            .iter()
            .find(|entry| entry.id == running.provider)
            .map(|entry| entry.name.get())
    });
    let instead = {
        let entry = entry.clone();
        choice(text::link_instead(&wanted), move || {
            store.link_instead(&entry);
        })
    };
    let finish = choice(button::BRING_TO_FRONT.to_owned(), move || {
        store.window_conflict.set(None);
        store.bring_window_to_front();
    });
    let sentence = text::window_conflict(&running.unwrap_or_default(), &wanted);
    status_box(sentence, vec![instead, finish])
}

fn status_box(sentence: String, choices: Vec<AnyView>) -> AnyView {
    view! {
        <div class="notice notice--unsure" role="status">
            <div class="notice__words"><p>{sentence}</p></div>
            <div class="notice__choices">{choices}</div>
        </div>
    }
    .into_any()
}

fn choice(words: String, run: impl Fn() + 'static) -> AnyView {
    let run: Box<dyn Fn()> = Box::new(run);
    view! { <button type="button" class="button" on:click=move |_| run()>{words}</button> }
        .into_any()
}
