use std::cell::{Cell, RefCell};
use std::rc::Rc;

use external_auth_core::wire::User;
use external_auth_core::{ApiError, ApiErrorKind, KnownPerson, ListFilter, PersonChange};
use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ExternalAuthStore, ProviderEntry, StoreEvent};
use crate::api::SingleFlight;
use crate::platform::{is_visible, moment};
use crate::text::{self, Notice, Tone};

/// The one place that knows who is signed in.
#[derive(Default)]
pub(super) struct Person {
    known: RefCell<KnownPerson>,
    asking: SingleFlight<Result<PersonChange, ApiError>>,
    /// How often the page was hidden.
    hidden: Cell<u64>,
    /// The deployment has no route to ask for it (`404`).
    is_never_told: Cell<bool>,
    /// Answers to requests with a lower order number are another person's.
    since: Cell<u64>,
    /// How often another person was found.
    changes: Cell<u64>,
    /// Whether the list was read again because nobody knew whose list the page
    /// showed before.
    was_unknown: Cell<bool>,
}

impl Person {
    /// The page is hidden: another person may sign in meanwhile.
    pub(super) fn see_hidden(&self) {
        self.hidden.set(self.hidden.get() + 1);
        self.known.borrow_mut().doubt();
    }
}

/// What was found out about the person before something is changed for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PersonCheck {
    /// Nobody else is signed in.
    Same,
    /// Somebody else is, or it was never known for whom the list was read. The
    /// page is already on the way to their list.
    Other,
    /// It could not be asked.
    Unknown(ApiError),
}

/// The person for whom something was begun.
#[derive(Clone, Copy)]
pub(super) struct ActingPerson {
    store: ExternalAuthStore,
    changes: u64,
}

impl ActingPerson {
    /// Whether no other person was found since.
    pub(super) fn is_still_there(self) -> bool {
        self.store.person_changes() == self.changes
    }

    /// Confirms that it is still the same person. A change must not be made for
    /// them otherwise. Nothing is asked where that is sure, unless `asks_anyway`.
    pub(super) async fn confirm(self, asks_anyway: bool) -> PersonCheck {
        let check = self.store.confirm_person(asks_anyway).await;
        if check == PersonCheck::Same && !self.is_still_there() {
            return PersonCheck::Other;
        }
        check
    }
}

/// Whether a change may be sent, for [`Client`](crate::api::Client).
pub(super) type Gate = Box<dyn Fn(bool) -> LocalBoxFuture<'static, bool>>;

impl ActingPerson {
    /// Lets a change pass only for the person for whom it was begun, and while it
    /// is wanted. Keeps why the person could not be confirmed.
    pub(super) fn gate(
        self,
        is_wanted: impl Fn() -> bool + Clone + 'static,
    ) -> (Gate, Rc<Cell<Option<ApiError>>>) {
        let error = Rc::new(Cell::new(None));
        let kept = Rc::clone(&error);
        let gate: Gate = Box::new(move |asks_anyway| {
            let kept = Rc::clone(&kept);
            let is_wanted = is_wanted.clone();
            if asks_anyway {
                // The CSRF token is new, and so of whoever is signed in now. Should
                // the question fail, the next change asks again.
                self.store
                    .with_person(|person| person.known.borrow_mut().doubt());
            }
            Box::pin(async move {
                if !is_wanted() {
                    return false;
                }
                match self.confirm(asks_anyway).await {
                    PersonCheck::Same => is_wanted(),
                    PersonCheck::Other => false,
                    PersonCheck::Unknown(error) => {
                        kept.set(Some(error));
                        false
                    }
                }
            })
        });
        (gate, error)
    }
}

impl ExternalAuthStore {
    /// For whom something is begun now.
    pub(super) fn acting_person(self) -> ActingPerson {
        ActingPerson {
            store: self,
            changes: self.person_changes(),
        }
    }

    /// Who is signed in, as far as it is known.
    pub(super) fn user(self) -> Option<User> {
        self.with_person(|person| person.known.borrow().user().cloned())
            .flatten()
    }

    /// Answers to requests with a lower order number are another person's.
    pub(super) fn person_since(self) -> u64 {
        self.with_person(|person| person.since.get())
            .unwrap_or_default()
    }

    /// Whether a session token says who it is, and so nobody need be asked: it
    /// is not shared with other tabs.
    pub(super) fn has_fixed_person(self) -> bool {
        self.inner
            .try_with_value(|inner| {
                let embedding = inner.config.embedding.as_ref();
                embedding.is_some_and(|embedding| embedding.session_token.is_some())
            })
            .unwrap_or(true)
    }

    /// Whether a change may be made without asking who is signed in.
    pub(super) fn is_person_sure(self) -> bool {
        self.has_fixed_person()
            || self.with_person(|person| {
                person.is_never_told.get() || person.known.borrow().is_sure(moment())
            }) == Some(true)
    }

    /// Asks who is signed in, beside a question that takes this place in the
    /// order, so that it is known for whom its answer is.
    pub(super) fn ask_person_beside(self, order: u64) {
        if self.has_fixed_person() {
            return;
        }
        // One that is on its way may be from before another person signed in.
        let running = self.with_person(|person| person.asking.running()).flatten();
        let begun = running.is_none().then(|| self.ask_person(order, true));
        spawn_local(async move {
            if let Some(running) = running {
                let _ = running.await;
            }
            let _ = match begun {
                Some(begun) => begun.await,
                // The list was sent before this: it may be of the person before.
                None => self.ask_person(self.next_order(), true).await,
            };
        });
    }

    /// After a pause: finds out, beside what is asked for next, whether it is
    /// still the same person.
    pub(super) fn doubt_person(self) {
        if self.user().is_some() && !self.is_person_sure() {
            spawn_local(async move {
                self.confirm_person(false).await;
            });
        }
    }

    /// Confirms for whom a change would be made: the person for whom the list was
    /// read. Asks where that is not sure, and always where `asks_anyway` is set.
    /// Where it is somebody else, the page is on the way to their list when this
    /// ends.
    ///
    /// A deployment that does not know the question (`404`) cannot be asked; then
    /// changes are made without.
    pub(super) async fn confirm_person(self, asks_anyway: bool) -> PersonCheck {
        if self.has_fixed_person() {
            return PersonCheck::Same;
        }
        let before = self.person_changes();
        while let Some(running) = self.with_person(|person| person.asking.running()).flatten() {
            let _ = running.await;
        }
        let answer = if self.person_changes() != before {
            Ok(PersonChange::Other)
        } else if self.is_person_sure() && !asks_anyway {
            Ok(PersonChange::Same)
        } else if self.inner.is_disposed() {
            Ok(PersonChange::Other)
        } else {
            let order = self.next_order();
            self.ask_person(order, false).await
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

    /// Asks for a warning, where a session token says who it is. Whether it is
    /// known now.
    pub(super) async fn identify_user(self) -> bool {
        while let Some(running) = self.with_person(|person| person.asking.running()).flatten() {
            let _ = running.await;
        }
        if self.user().is_none() && self.has_fixed_person() && !self.inner.is_disposed() {
            let order = self.next_order();
            let _ = self.ask_person(order, true).await;
        }
        self.user().is_some()
    }

    /// Says that a change was not made, because another person is signed in.
    pub(super) fn say_nothing_changed(self, provider: &str) {
        let words = self.person_words(true);
        self.set_person_notice(Some(words.clone()));
        self.emit(&StoreEvent::Error {
            provider: Some(provider.to_owned()),
            message: words,
        });
    }

    fn person_words(self, nothing_changed: bool) -> String {
        let user = self.user().unwrap_or_default();
        if self.with_person(|person| person.was_unknown.get()) == Some(true) {
            text::list_read_again_for(&user.username, nothing_changed)
        } else {
            text::now_signed_in_as(&user.username, nothing_changed)
        }
    }

    /// Says that a change was not made, because nobody says who is signed in.
    pub(super) fn say_not_confirmed(self, entry: &ProviderEntry, error: &ApiError) {
        self.emit_error(Some(&entry.id), error);
        let notice = if error.kind.is_sign_out() {
            // Why is said once, for the whole page.
            Notice::new(Tone::Error, text::nothing_changed())
        } else {
            Notice::error(text::person_not_confirmed(), error)
        };
        self.announce(notice.text.clone());
        entry.say(notice);
    }

    /// That another person was found to be signed in, until it is dismissed.
    #[must_use]
    pub fn person_notice(self) -> Option<String> {
        (self.inner)
            .try_with_value(|inner| inner.person_notice)?
            .get()
    }

    /// Says that another person was found to be signed in, or dismisses that.
    pub(crate) fn set_person_notice(self, words: Option<String>) {
        let _ = (self.inner).try_with_value(|inner| inner.person_notice.try_set(words));
    }

    /// How often another person was found.
    fn person_changes(self) -> u64 {
        self.with_person(|person| person.changes.get())
            .unwrap_or(u64::MAX)
    }

    fn with_person<T>(self, run: impl FnOnce(&Person) -> T) -> Option<T> {
        self.inner.try_with_value(|inner| run(&inner.person))
    }

    /// Asks who is signed in, or joins the question that is on its way. `beside`:
    /// what is asked for at `order` is not on the page yet.
    fn ask_person(
        self,
        order: u64,
        beside: bool,
    ) -> impl Future<Output = Result<PersonChange, ApiError>> + use<> {
        let asked = self.with_person(|person| {
            (person.asking).join(|| Box::pin(self.ask_and_take_person(order, beside)))
        });
        async move {
            match asked {
                Some(asked) => asked.await,
                None => Ok(PersonChange::Other),
            }
        }
    }

    async fn ask_and_take_person(self, order: u64, beside: bool) -> Result<PersonChange, ApiError> {
        let asked_at = moment();
        let hidden = self.with_person(|person| person.hidden.get());
        let answer = self.client().current_user().await;
        if self.inner.is_disposed() {
            return Ok(PersonChange::Other);
        }
        let user = answer.inspect_err(|error| {
            self.notice_session_end(error);
            self.with_person(|person| {
                let mut known = person.known.borrow_mut();
                known.doubt();
                // A route that was there before is missing for a moment only.
                if error.kind == ApiErrorKind::NotFound && known.user().is_none() {
                    person.is_never_told.set(true);
                }
            });
        })?;
        self.with_person(|person| person.is_never_told.set(false));
        let was_in_sight = is_visible() && self.with_person(|person| person.hidden.get()) == hidden;
        let asked_at = was_in_sight.then_some(asked_at);
        let change = self
            .with_person(|person| person.known.borrow_mut().take(user, asked_at))
            .unwrap_or(PersonChange::Same);
        // Nobody knows for whom the list was read that is on the page.
        let is_unclear =
            change == PersonChange::First && !beside && self.has_list_from_before(order);
        self.with_person(|person| person.was_unknown.set(is_unclear));
        let change = if is_unclear {
            PersonChange::Other
        } else {
            change
        };
        match change {
            PersonChange::First => {
                self.read_warnings();
                // The list may have been quicker; what is warned of comes first.
                self.sort_entries();
            }
            PersonChange::Same => {}
            PersonChange::Other => self.begin_for_another_person(order),
        }
        Ok(change)
    }

    fn has_list_from_before(self, order: u64) -> bool {
        let shown = self.inner.with_value(|inner| inner.list_order.get());
        shown < order && !self.entries.read_untracked().is_empty()
    }

    /// Takes what was read for the person from before off the page, ends what
    /// runs for them, and loads the list of the one who is signed in now, unless
    /// that is what was asked for at `order`.
    fn begin_for_another_person(self, order: u64) {
        self.with_person(|person| {
            person.changes.set(person.changes.get() + 1);
            person.since.set(order);
        });
        self.cancel_check_all();
        self.cancel_window_link();
        if let Some(link) = self.device_link.get_value() {
            link.end_for_another_person();
        }
        let now = self.read_clock();
        for entry in self.entries.get_untracked() {
            Self::give_up_live_check(&entry);
            entry.notices.set(Vec::new());
            entry.pending.set(None);
            entry.apply(now, |record| record.forget_person(order));
        }
        self.inner.with_value(|inner| {
            inner.unkept_warnings.borrow_mut().clear();
            inner.installing.replace(None);
        });
        for view in self.views() {
            view.query.set(String::new());
            view.filter.set(ListFilter::default());
        }
        self.read_warnings();
        self.person_changed.update(|count| *count += 1);

        let is_theirs = self.inner.with_value(|inner| {
            let is_theirs = inner.list_order.get() >= order;
            if !is_theirs {
                inner.list_order.set(order.saturating_sub(1));
            }
            is_theirs
        });
        let words = self.person_words(false);
        self.set_person_notice(Some(words));
        if is_theirs {
            self.sort_entries();
            self.read_live();
            return;
        }
        self.list.update(|list| {
            list.loaded = false;
            list.error = None;
        });
        // Until their list is here nothing is known: not that they have no link.
        // The page of one provider keeps its row.
        if self
            .inner
            .with_value(|inner| inner.single.borrow().is_none())
        {
            self.entries.set(Vec::new());
        }
        spawn_local(async move {
            self.load().await;
        });
    }
}
