use external_auth_core::Timestamp;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ExternalAuthStore, ProviderEntry, StoreEvent};
use crate::platform::KeptFocus;
use crate::text::{self, Notice, Tone};

/// What was known of a link when linking began: what a success is told by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LinkBaseline {
    /// Whether there was a link.
    was_linked: bool,
    /// When its tokens were last replaced.
    updated_at: Option<Timestamp>,
    /// Who was linked, where that is known.
    login: Option<String>,
}

impl LinkBaseline {
    pub(super) fn of(entry: &ProviderEntry) -> Self {
        let knowledge = entry.knowledge.read_untracked();
        let link = knowledge.listed.value.as_ref();
        Self {
            was_linked: link.is_some(),
            updated_at: link.and_then(|link| link.updated_at),
            login: untrack(|| entry.login()),
        }
    }

    /// Whether this is about replacing the tokens of a link.
    pub(super) fn was_linked(&self) -> bool {
        self.was_linked
    }
}

impl ExternalAuthStore {
    /// Reads whether the account was linked since: live where there was no
    /// link; by a newer time in the list where there was one, since that looks
    /// the same live before and after. False also when it cannot be read.
    pub(super) async fn is_linked_since(
        self,
        entry: &ProviderEntry,
        baseline: &LinkBaseline,
    ) -> bool {
        if !baseline.was_linked {
            return matches!(self.read_external_auth(entry).await, Some(Ok(())))
                && (entry.knowledge.read_untracked().live.as_ref())
                    .is_some_and(|live| live.value.authenticated);
        }
        let is_newer = || {
            let knowledge = entry.knowledge.read_untracked();
            let updated_at = (knowledge.listed.value.as_ref()).and_then(|link| link.updated_at);
            updated_at > baseline.updated_at
        };
        // One that was running already may have been asked before the change.
        let joined = self.is_loading();
        let loaded = self.load().await;
        if joined && loaded && !is_newer() {
            return self.load().await && is_newer();
        }
        loaded && is_newer()
    }

    /// An account was linked: says so, brings the card up to date, and lets
    /// the other tabs know.
    pub(super) fn finish_link(self, entry: ProviderEntry, baseline: LinkBaseline) {
        spawn_local(async move {
            self.tell_other_tabs(&entry.id);
            let focus = KeptFocus::anywhere();
            // Live first, which is quick; then the list, which alone knows
            // when the token ends. The return page may report only now, and
            // then it is read once more.
            if self.read_external_auth_or_later(&entry).await.is_none() {
                return;
            }
            let name = entry.name.get_untracked();
            let now = untrack(|| entry.login());
            let notice = match (&baseline.login, &now) {
                (Some(before), Some(now)) if before != now => {
                    Notice::new(Tone::Warning, text::login_changed(&name, before, now))
                }
                _ => Notice::new(Tone::Success, text::is_linked(&name)),
            };
            self.announce(notice.text.clone());
            entry.say(notice);
            self.emit(&StoreEvent::Linked {
                provider: entry.id.to_string(),
                login: now,
            });
            self.emit_settled(&entry.id);
            focus.give_on(&entry.element_id());
            if !baseline.was_linked {
                // One that is running already was asked for before the link.
                self.load_anew().await;
            }
        });
    }
}
