use std::sync::Arc;

use external_auth_core::ProviderAction;
use leptos::prelude::*;

use super::{EmbeddedCommand, View};
use crate::chunk::{Chunk, ChunkStatus, declare_chunk};
use crate::linking::Linking;
use crate::session::{BACKGROUND, Deferred, ProviderRow};

declare_chunk! {
    /// What a person can do in a view.
    COMMANDS, later::commands: dyn Commands = &ViewCommands
}

/// What a person can do in a view.
pub(crate) trait Commands {
    /// Begins to follow the session for a view.
    fn attach(&self, view: View);
    /// Begins what an address or a browser's storage asks for: shows the outcome
    /// of the redirect flow that the browser comes back from, and the warnings of
    /// earlier visits.
    fn start(&self, view: View);
    /// Does what a button of a row is for. Call this in a click.
    fn act(&self, view: View, action: ProviderAction, row: &ProviderRow);
    /// Checks all providers, or stops that.
    fn check_all(&self, view: View);
    /// Begins a command of the embedding page: see [`View::begin`].
    fn begin(&self, view: View, provider: String, command: EmbeddedCommand, done: Deferred<bool>);
    /// The providers with a notice: see [`View::noticed_by_commands`].
    fn noticed(&self, view: View) -> Vec<Arc<str>>;
}

struct ViewCommands;

impl Commands for ViewCommands {
    fn attach(&self, view: View) {
        let owner = (view.inner).try_with_value(|inner| inner.owner.upgrade());
        let Some(owner) = owner.flatten() else {
            return;
        };
        // A command asks who is signed in, so it is known first for whom the list is.
        view.session.start_background();
        Chunk::load(&BACKGROUND);
        owner.with(|| {
            let _ = view.linking();
            view.observe_session();
            on_cleanup(move || {
                view.answer_unlink(false);
                view.close_device_dialog();
            });
        });
    }

    fn start(&self, view: View) {
        if !view.is_gone() {
            view.start_background();
        }
    }

    fn act(&self, view: View, action: ProviderAction, row: &ProviderRow) {
        if view.is_gone() {
            return;
        }
        match action {
            ProviderAction::Install => view.notice_install(row),
            ProviderAction::Link | ProviderAction::Reauthenticate => {
                view.link(row);
            }
            ProviderAction::Check => view.check(row.clone()),
            ProviderAction::Unlink => {
                view.ask_unlink(row);
            }
            ProviderAction::Cancel => view.linking().cancel_window(),
        }
    }

    fn begin(&self, view: View, provider: String, command: EmbeddedCommand, done: Deferred<bool>) {
        if view.is_gone() {
            done.resolve(false);
        } else {
            view.begin_now(provider, command, done);
        }
    }

    fn noticed(&self, view: View) -> Vec<Arc<str>> {
        view.noticed_by_commands()
    }

    fn check_all(&self, view: View) {
        if view.is_gone() {
        } else if view.session.check_all.read_untracked().is_some() {
            view.cancel_check_all();
        } else {
            view.check_all();
        }
    }
}

impl View {
    /// The links that are being made, which all views of the session share.
    #[must_use]
    pub fn linking(self) -> Linking {
        let slot = self.inner.with_value(|inner| inner.linking.clone());
        slot.linking(self.session)
    }

    /// Does what a button of a row is for. Call this in a click. When the code
    /// for it cannot be fetched, the row says so.
    pub fn act(self, action: ProviderAction, row: &ProviderRow) {
        let row = row.clone();
        Chunk::run(&COMMANDS, move |commands| match commands {
            Ok(commands) => {
                if self.failed_action.try_get_untracked().flatten().is_some() {
                    self.failed_action.set(None);
                }
                commands.act(self, action, &row);
            }
            Err(_) => {
                self.failed_action.try_set(Some((row, action)));
            }
        });
    }

    /// Checks all providers, or stops that.
    pub fn toggle_check_all(self) {
        Chunk::run(&COMMANDS, move |commands| {
            if let Ok(commands) = commands {
                commands.check_all(self);
            }
        });
    }

    /// The providers about which there is more to say than what is known of them:
    /// notices, the state of a link that is being made in a window, and that the
    /// code for an action could not be fetched. A reader runs again when there are
    /// more or fewer.
    #[must_use]
    pub(crate) fn noticed(self) -> Vec<Arc<str>> {
        let mut noticed = match Chunk::status(&COMMANDS) {
            ChunkStatus::Ready => Chunk::get(&COMMANDS).map(|commands| commands.noticed(self)),
            ChunkStatus::Awaited | ChunkStatus::Failed => None,
        }
        .unwrap_or_default();
        noticed.extend(
            self.failed_action
                .read()
                .iter()
                .map(|(row, _)| Arc::clone(&row.id)),
        );
        noticed
    }
}
