use external_auth_core::{LinkEvidence, LinkHealth, LinkSnapshot, LinkVerdict};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ExternalAuthStore, ProviderEntry, StoreEvent};
use crate::platform::FocusGuard;
use crate::text::{self, Notice, Tone};

impl ExternalAuthStore {
    /// What is known of a link now.
    pub(super) fn link_snapshot(self, entry: &ProviderEntry) -> LinkSnapshot {
        LinkSnapshot::of(&entry.record(), self.read_clock())
    }

    /// Reads the provider by id, and judges whether the account was linked
    /// since `before`.
    pub(crate) async fn judge_live(
        self,
        entry: &ProviderEntry,
        before: &LinkSnapshot,
        evidence: LinkEvidence,
    ) -> LinkVerdict {
        let answer = self.read_external_auth(entry).await;
        self.judge(entry, before, evidence, matches!(answer, Some(Ok(()))))
    }

    /// Reads a list that is asked for after this moment, and judges whether
    /// the account was linked since `before`.
    pub(crate) async fn judge_by_list(
        self,
        entry: &ProviderEntry,
        before: &LinkSnapshot,
        evidence: LinkEvidence,
    ) -> LinkVerdict {
        // One that is running already may be from before the change; if it says
        // that the account is linked, it is not.
        let joined = self.is_loading();
        let mut loaded = self.load().await;
        if joined && self.judge(entry, before, evidence, loaded) != LinkVerdict::Linked {
            loaded = !self.is_disposed() && self.load().await;
        }
        let verdict = self.judge(entry, before, evidence, loaded);
        // The list does not say who is linked. Another login tells a new link
        // from a token that was refreshed.
        let may_tell = verdict == LinkVerdict::Works
            && before.login.is_some()
            && (entry.try_record()).is_some_and(|record| record.says_more_live());
        if may_tell && matches!(self.join_external_auth(entry).await, Some(Ok(()))) {
            return self.judge(entry, before, evidence, true);
        }
        verdict
    }

    /// Whether there was a link decides where it is looked for: a new one is
    /// found live, and what became of an old one is in the list alone.
    pub(crate) async fn judge_link(
        self,
        entry: &ProviderEntry,
        before: &LinkSnapshot,
        evidence: LinkEvidence,
    ) -> LinkVerdict {
        if before.health == LinkHealth::Absent {
            self.judge_live(entry, before, evidence).await
        } else {
            self.judge_by_list(entry, before, evidence).await
        }
    }

    fn judge(
        self,
        entry: &ProviderEntry,
        before: &LinkSnapshot,
        evidence: LinkEvidence,
        was_read: bool,
    ) -> LinkVerdict {
        // The page may have gone while it was read.
        let now = (was_read && !self.is_disposed()).then(|| self.link_snapshot(entry));
        LinkVerdict::of(before, now.as_ref(), evidence)
    }

    /// An account was linked: brings the card up to date, says what came of it,
    /// and lets the other tabs know.
    ///
    /// A link that the provider refuses all the same is not called linked: there
    /// is a warning, and no event, because whoever waits for one goes on with a
    /// link that does not work. `list_is_old`: no list was read since.
    pub(crate) fn finish_link(self, entry: ProviderEntry, before: LinkSnapshot, list_is_old: bool) {
        spawn_local(async move {
            self.tell_other_tabs(&entry.id);
            let focus = FocusGuard::anywhere();
            // Live first, which is quick; then the list, which alone knows
            // when the token ends. The return page may report only now, and
            // then it is read once more.
            let Some(answer) = self.read_external_auth_or_later(&entry).await else {
                return;
            };
            let verdict = self.judge(&entry, &before, LinkEvidence::Exchanged, answer.is_ok());
            if verdict == LinkVerdict::Unusable {
                self.say_unusable(&entry);
            } else {
                self.say_linked(&entry, &before);
            }
            focus.move_to(&entry.element_id());
            if list_is_old {
                self.load_anew().await;
            }
        });
    }

    fn say_linked(self, entry: &ProviderEntry, before: &LinkSnapshot) {
        let name = entry.name.get_untracked();
        let now = untrack(|| entry.login());
        let notice = match (&before.login, &now) {
            (Some(before), Some(now)) if before != now => {
                Notice::new(Tone::Warning, text::login_changed(&name, before, now))
            }
            _ => Notice::new(Tone::Success, text::is_linked(&name)),
        };
        self.announce(notice.text.clone());
        self.push_silent_notice(&entry, notice);
        self.emit(&StoreEvent::Linked {
            provider: entry.id.to_string(),
            login: now,
        });
    }

    /// The account was linked, and the provider refuses the link all the same.
    pub(crate) fn say_unusable(self, entry: &ProviderEntry) {
        let words = text::linked_and_refused(&entry.name.get_untracked());
        self.announce(words.clone());
        self.push_silent_notice(&entry, Notice::new(Tone::Error, words));
    }

    /// The link works, and whether it was linked again is not known.
    pub(crate) fn say_works(self, entry: &ProviderEntry) {
        let words = text::works_unconfirmed(&entry.name.get_untracked());
        self.announce(words.clone());
        self.push_silent_notice(&entry, Notice::new(Tone::Information, words));
    }
}
