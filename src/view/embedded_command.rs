use external_auth_core::ProviderState;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::View;
use super::commands::COMMANDS;
use crate::chunk::Chunk;
use crate::linking::LinkOutcome;
use crate::session::{Deferred, ProviderRow};
use crate::unlinking::UnlinkOutcome;

/// A command of the page that embeds an element.
#[derive(Clone, Copy)]
pub enum EmbeddedCommand {
    /// Links a provider, as its button does.
    Link,
    /// Asks the person whether to remove a link, as its button does.
    Unlink,
}

impl View {
    /// Begins a command for the provider with this id. Call this in a click. The
    /// returned future resolves when it is over, to whether the account was
    /// linked, or the link removed.
    pub(crate) fn begin(self, provider: &str, command: EmbeddedCommand) -> Deferred<bool> {
        let done = Deferred::default();
        let ended = done.clone();
        let provider = provider.to_owned();
        Chunk::run(&COMMANDS, move |commands| match commands {
            Ok(commands) => commands.begin(self, provider, command, done),
            Err(_) => done.resolve(false),
        });
        ended
    }

    /// [`begin`](Self::begin), when the code for it is there.
    pub(super) fn begin_now(
        self,
        provider: String,
        command: EmbeddedCommand,
        done: Deferred<bool>,
    ) {
        let row = move || {
            let rows = untrack(|| self.rows());
            rows.into_iter().find(|row| *row.id == *provider)
        };
        // Inside the click, if the list is already loaded.
        let begun = row().map(|row| command.begin(self, &row));
        spawn_local(async move {
            let begun = if let Some(begun) = begun {
                begun
            } else {
                self.session.load().await;
                let row = if self.is_gone() { None } else { row() };
                row.map_or(Begun::Nothing, |row| command.begin(self, &row))
            };
            done.resolve(begun.result().await);
        });
    }
}

impl EmbeddedCommand {
    /// Begins the command for a row.
    fn begin(self, view: View, row: &ProviderRow) -> Begun {
        match self {
            Self::Link => Begun::Link(view.link(row)),
            Self::Unlink if row.state_untracked() == ProviderState::NotLinked => Begun::Nothing,
            Self::Unlink => Begun::Unlink(view.ask_unlink(row)),
        }
    }
}

/// A command that has begun.
enum Begun {
    Link(Deferred<LinkOutcome>),
    Unlink(Deferred<UnlinkOutcome>),
    Nothing,
}

impl Begun {
    /// Whether the command did what it was given for.
    async fn result(self) -> bool {
        match self {
            Self::Link(outcome) => outcome.await.is_linked(),
            Self::Unlink(outcome) => outcome.await.is_removed(),
            Self::Nothing => false,
        }
    }
}
