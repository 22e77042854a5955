use std::cell::{Cell, RefCell};
use std::time::Duration;

use external_auth_core::wire::User;
use external_auth_core::{ApiError, ApiErrorKind, KnownPerson, Moment, PersonChange, PersonNotice};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{PersonCheck, Session};
use crate::api::SingleFlight;
use crate::platform::{is_visible, moment};

/// The only place that knows who is signed in.
#[derive(Default)]
pub(super) struct Person {
    pub(super) known: RefCell<KnownPerson>,
    asking: SingleFlight<Result<PersonChange, ApiError>>,
    /// The number of times that the page was hidden.
    hidden: Cell<u64>,
    /// The deployment has no route for this question (`404`).
    is_never_told: Cell<bool>,
    /// Answers to requests with a lower sequence number are another person's.
    pub(super) since: Cell<u64>,
    /// The number of times that another person was found.
    pub(super) changes: Cell<u64>,
    /// The sequence number of the last question that was answered.
    told: Cell<u64>,
    /// Whether the list was read again because it was not known for whom the
    /// page showed the list before.
    was_unknown: Cell<bool>,
    /// When the first list was requested, until the person is asked for.
    pub(super) list_asked: Cell<Option<InSight>>,
}

/// For how long after the request for the first list the person is taken for the
/// one who asked for it. The code for the question is fetched after the first
/// rows are shown.
const BESIDE: Duration = Duration::from_secs(30);

/// An instant, and how often the page was hidden before.
#[derive(Clone, Copy)]
pub(super) struct InSight {
    at: Moment,
    hidden: u64,
}

impl Person {
    /// Now, and how often the page was hidden before.
    pub(super) fn in_sight_since(&self) -> InSight {
        InSight {
            at: moment(),
            hidden: self.hidden.get(),
        }
    }

    /// The page is hidden. Another person may sign in meanwhile.
    pub(super) fn see_hidden(&self) {
        self.hidden.set(self.hidden.get() + 1);
        self.known.borrow_mut().doubt();
    }
}

impl Session {
    /// The person who is signed in, if that is known.
    pub(crate) fn user(self) -> Option<User> {
        self.with_person(|person| person.known.borrow().user().cloned())
            .flatten()
    }

    /// Answers to requests with a lower sequence number are another person's.
    pub(super) fn person_since(self) -> u64 {
        self.with_person(|person| person.since.get())
            .unwrap_or_default()
    }

    /// Whether a session token identifies the person. Tabs do not share it, so
    /// the question who is signed in is not needed.
    pub(super) fn has_fixed_person(self) -> bool {
        self.inner
            .try_with_value(|inner| inner.has_session_token)
            .unwrap_or(true)
    }

    /// Whether a change may be made without asking who is signed in.
    pub(crate) fn is_person_sure(self) -> bool {
        self.has_fixed_person()
            || self.with_person(|person| {
                person.is_never_told.get() || person.known.borrow().is_sure(moment())
            }) == Some(true)
    }

    /// Asks who is signed in, after the first list was requested. Where the question
    /// was not sent beside the list, and that was long ago or the page was hidden
    /// since, another person may have signed in between. The list is then read
    /// again.
    pub(super) fn ask_person_of_first_list(self) {
        if self.has_fixed_person() {
            return;
        }
        let asked = self.with_person(|person| (person.list_asked.take(), person.in_sight_since()));
        let Some((Some(asked), now)) = asked else {
            return;
        };
        let is_beside = self.client().has_asked_for_user()
            || asked.hidden == now.hidden
                && now.at.monotonic.saturating_sub(asked.at.monotonic) < BESIDE;
        // Asked at once: a command that comes next waits for the answer.
        let asking = self.ask_person(self.next_sequence(), is_beside);
        spawn_local(async move {
            let _ = asking.await;
        });
    }

    /// Asks who is signed in, together with the request with this sequence
    /// number, so that it is known for whom that answer is.
    pub(super) fn ask_person_beside_now(self, sequence: u64) {
        if self.has_fixed_person() {
            return;
        }
        // The answer to a running question may be older than the sign-in of
        // another person.
        let running = self.with_person(|person| person.asking.running()).flatten();
        let begun = running.is_none().then(|| self.ask_person(sequence, true));
        spawn_local(async move {
            if let Some(running) = running {
                let _ = running.await;
            }
            let _ = match begun {
                Some(begun) => begun.await,
                // The list was requested before this question, so it may be the
                // previous person's.
                None => self.ask_person(self.next_sequence(), true).await,
            };
        });
    }

    /// After a pause: checks, together with the next request, whether the same
    /// person is still signed in.
    pub(super) fn doubt_person(self) {
        if self.user().is_some() && !self.is_person_sure() {
            spawn_local(async move {
                self.confirm_person(false).await;
            });
        }
    }

    /// Confirms that a change would be made, or an answer was given, for the
    /// person for whom the list was read. Asks if that is not certain. If
    /// `asks_anyway` is set, only a question counts that is sent after this call;
    /// several calls share it. If another person is signed in, their list is
    /// already being loaded when this ends.
    ///
    /// A deployment without this route (`404`) cannot be asked. Changes are
    /// then made without the question.
    pub(super) async fn confirm_person(self, asks_anyway: bool) -> PersonCheck {
        if self.has_fixed_person() {
            return PersonCheck::Same;
        }
        let before = self.person_changes();
        let called_at = self.last_sequence();
        while let Some(running) = self.with_person(|person| person.asking.running()).flatten() {
            let _ = running.await;
        }
        let answer = if self.person_changes() != before {
            Ok(PersonChange::Other)
        } else if self.is_person_sure() && (!asks_anyway || self.person_told_at() > called_at) {
            Ok(PersonChange::Same)
        } else if self.is_gone() {
            Ok(PersonChange::Other)
        } else {
            let sequence = self.next_sequence();
            self.ask_person(sequence, false).await
        };
        match answer {
            Ok(PersonChange::Other) => PersonCheck::Other,
            Ok(_) => PersonCheck::Same,
            Err(_) if self.with_person(|person| person.is_never_told.get()) == Some(true) => {
                PersonCheck::Same
            }
            Err(error) => PersonCheck::Unknown(error),
        }
    }

    /// Asks who is signed in if a session token identifies the person, because
    /// a warning belongs to a person. Returns whether the person is known now.
    pub(super) async fn identify_user(self) -> bool {
        while let Some(running) = self.with_person(|person| person.asking.running()).flatten() {
            let _ = running.await;
        }
        if self.user().is_none() && self.has_fixed_person() && !self.is_gone() {
            let sequence = self.next_sequence();
            let _ = self.ask_person(sequence, true).await;
        }
        self.user().is_some()
    }

    /// The person whose list the page shows now, and why.
    pub(super) fn describe_person(self, nothing_changed: bool) -> PersonNotice {
        PersonNotice {
            username: self.user().unwrap_or_default().username,
            was_unknown: self.with_person(|person| person.was_unknown.get()) == Some(true),
            nothing_changed,
        }
    }

    /// The number of times that another person was found.
    pub(super) fn person_changes(self) -> u64 {
        self.with_person(|person| person.changes.get())
            .unwrap_or(u64::MAX)
    }

    /// The sequence number of the last question that was answered.
    fn person_told_at(self) -> u64 {
        self.with_person(|person| person.told.get())
            .unwrap_or_default()
    }

    pub(super) fn with_person<T>(self, run: impl FnOnce(&Person) -> T) -> Option<T> {
        self.inner.try_with_value(|inner| run(&inner.person))
    }

    /// Asks who is signed in, or joins the running question. `beside`: the
    /// answer to the request with this sequence number is not on the page yet.
    fn ask_person(
        self,
        sequence: u64,
        beside: bool,
    ) -> impl Future<Output = Result<PersonChange, ApiError>> + use<> {
        let asked = self.with_person(|person| {
            (person.asking).join(|| Box::pin(self.ask_and_take_person(sequence, beside)))
        });
        async move {
            match asked {
                Some(asked) => asked.await,
                None => Ok(PersonChange::Other),
            }
        }
    }

    async fn ask_and_take_person(
        self,
        sequence: u64,
        beside: bool,
    ) -> Result<PersonChange, ApiError> {
        let asked_at = self.client().current_user_sent_at();
        let hidden = self.with_person(|person| person.hidden.get());
        let answer = self.client().current_user().await;
        if self.is_gone() {
            return Ok(PersonChange::Other);
        }
        let user = answer.inspect_err(|error| {
            self.notice_session_end(error);
            self.with_person(|person| {
                let mut known = person.known.borrow_mut();
                known.doubt();
                // A route that existed before is missing only temporarily.
                if error.kind == ApiErrorKind::NotFound && known.user().is_none() {
                    person.is_never_told.set(true);
                }
            });
        })?;
        self.with_person(|person| {
            person.is_never_told.set(false);
            person.told.set(sequence);
        });
        let was_in_sight = is_visible() && self.with_person(|person| person.hidden.get()) == hidden;
        let asked_at = asked_at.filter(|_| was_in_sight);
        let change = self
            .with_person(|person| person.known.borrow_mut().take(user, asked_at))
            .unwrap_or(PersonChange::Same);
        // It is not known for whom the list on the page was read.
        let is_unclear =
            change == PersonChange::First && !beside && self.has_list_from_before(sequence);
        self.with_person(|person| person.was_unknown.set(is_unclear));
        let change = if is_unclear {
            PersonChange::Other
        } else {
            change
        };
        match change {
            PersonChange::First => {
                self.read_warnings();
                // The list may have been shown before. Rows with a warning come first.
                if !self.warnings.read_untracked().is_empty() {
                    self.sort_rows();
                }
            }
            PersonChange::Same => {}
            PersonChange::Other => self.begin_for_another_person(sequence),
        }
        Ok(change)
    }

    fn has_list_from_before(self, sequence: u64) -> bool {
        let shown = self.inner.with_value(|inner| inner.list_sequence.get());
        shown < sequence && !self.rows.read_untracked().is_empty()
    }
}
