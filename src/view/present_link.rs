use std::cell::Cell;
use std::rc::Rc;

use external_auth_core::WindowView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{View, card_id};
use crate::linking::{DeviceLink, LinkOutcome, LinkReport, LinkStart, Reporter};
use crate::platform::{FocusGuard, focus_by_id, page_host};
use crate::session::{Deferred, ProviderRow};
use crate::text::{self, Notice, Tone};

/// The element that had the focus when the account was linked.
type KeptFocus = Rc<Cell<Option<FocusGuard>>>;

impl View {
    /// Links a provider, or links it again, and shows the outcome. Call this in
    /// a click. The returned future resolves when the link is over.
    pub(crate) fn link(self, row: &ProviderRow) -> Deferred<LinkOutcome> {
        if row.pending_untracked().is_some() {
            return Deferred::of(LinkOutcome::Nothing);
        }
        self.clear_notices(row);
        let (report, focus) = self.reporter(row);
        let end = match self.linking().link(row, &self.config(), report) {
            LinkStart::Joined(end) => {
                // Its dialog may have been closed just now.
                self.device_dialog.notify();
                if self.linking().shown.get_untracked().wanted.as_ref() == Some(&row.id) {
                    self.announce(self.window_conflict_words(row));
                }
                return end;
            }
            LinkStart::Window(end) => end,
            LinkStart::Waiting(end) => {
                self.announce(self.window_conflict_words(row));
                end
            }
            LinkStart::Device(link, end) => {
                // Its dialog is about to be replaced.
                self.close_device_dialog();
                self.device_dialog.set(Some(link));
                end
            }
        };
        self.present_end(row, end.clone(), focus);
        end
    }

    /// Starts the device flow for a provider, and shows the outcome. The caller
    /// shows the flow and closes it.
    #[must_use]
    pub(crate) fn begin_device_link(self, row: &ProviderRow) -> DeviceLink {
        let (report, focus) = self.reporter(row);
        let (link, end) = self.linking().link_by_device(row, report);
        self.present_end(row, end, focus);
        link
    }

    /// Closes the device flow whose dialog is open, if there is one.
    pub(crate) fn close_device_dialog(self) {
        let link = self.device_dialog.try_get_untracked().flatten();
        if let Some(link) = link {
            self.close_device_link(&link);
        }
    }

    /// Closes a device flow, because its dialog is closed. By then the dialog of
    /// another flow may be open.
    pub(crate) fn close_device_link(self, link: &DeviceLink) {
        if self.device_dialog.get_untracked().as_ref() == Some(link) {
            self.device_dialog.set(None);
        }
        link.close();
    }

    /// Starts the redirect flow in this tab. It returns to this page.
    pub(crate) fn link_in_this_tab(self, row: &ProviderRow) {
        let end = self.linking().link_in_this_tab(row);
        self.present_end(row, end, KeptFocus::default());
    }

    /// Shows the outcome of the redirect flow from which this tab returns.
    pub(super) fn present_return(self, id: &str) {
        let Some(row) = self.session.row(id) else {
            return;
        };
        let outcome = self.linking().outcome_of_return(&row);
        let is_said = outcome != LinkOutcome::Nothing;
        self.present(&row, outcome);
        if is_said {
            focus_by_id(&card_id(&row.id));
        }
    }

    /// The sentence that another provider than `wanted` is being linked.
    #[must_use]
    pub(crate) fn window_conflict_words(self, wanted: &ProviderRow) -> String {
        let running = self.linking().shown.get_untracked().window;
        let running = running.and_then(|running| self.session.row(&running.provider));
        let running = running.map(|row| row.name.get_untracked());
        text::window_conflict(&running.unwrap_or_default(), &wanted.name.get_untracked())
    }

    /// Receives the reports of a link of this view, and remembers the focus.
    fn reporter(self, row: &ProviderRow) -> (Reporter, KeptFocus) {
        let focus = KeptFocus::default();
        let kept = Rc::clone(&focus);
        let row = row.clone();
        let report = move |report: LinkReport| match report {
            LinkReport::Window(view) => self.announce_window(&row, view),
            LinkReport::Linked => kept.set(Some(FocusGuard::anywhere())),
            LinkReport::Over => self.close_link(&row),
            LinkReport::Late(end) => self.present_end(&row, end, Rc::clone(&kept)),
        };
        (Rc::new(report), focus)
    }

    fn announce_window(self, row: &ProviderRow, view: &WindowView) {
        let name = row.name.get_untracked();
        self.announce(text::window_link(&name, view, &page_host()));
    }

    /// Removes what showed a link, and moves the focus to the card.
    fn close_link(self, row: &ProviderRow) {
        let link = self.device_dialog.try_get_untracked().flatten();
        if link.is_some_and(|link| link.row == *row) {
            self.device_dialog.set(None);
        }
        let card = card_id(&row.id);
        FocusGuard::within(&card).move_to(&card);
    }

    fn present_end(self, row: &ProviderRow, end: Deferred<LinkOutcome>, focus: KeptFocus) {
        let row = row.clone();
        spawn_local(async move {
            let outcome = end.await;
            if self.is_gone() {
                return;
            }
            self.present(&row, outcome);
            if let Some(focus) = focus.take() {
                focus.move_to(&card_id(&row.id));
            }
        });
    }

    fn present(self, row: &ProviderRow, outcome: LinkOutcome) {
        let name = row.name.get_untracked();
        match outcome {
            LinkOutcome::Linked { before, now } => {
                self.push_linked_notice(row, before.as_deref(), now.as_deref());
            }
            LinkOutcome::Unusable => {
                self.push_notice(
                    row,
                    Notice::new(Tone::Error, text::linked_and_refused(&name)),
                );
            }
            LinkOutcome::Works => {
                let words = text::works_unconfirmed(&name);
                self.push_notice(row, Notice::new(Tone::Information, words));
            }
            LinkOutcome::NotFinished => {
                let words = text::link_not_finished(&name);
                self.push_notice(row, Notice::new(Tone::Information, words));
            }
            LinkOutcome::Cancelled { window_left_open } => {
                if window_left_open {
                    let words = text::window_left_open(&name);
                    self.push_silent_notice(row, Notice::new(Tone::Information, words));
                }
            }
            LinkOutcome::Failed(detail) => {
                let notice = Notice::new(Tone::Error, text::link_failed(&name));
                self.push_notice(row, Notice { detail, ..notice });
                focus_by_id(&card_id(&row.id));
            }
            LinkOutcome::NotConfirmed(error) => self.say_not_confirmed(row, &error),
            LinkOutcome::AnotherCookie(mismatch) => {
                let words = text::another_cookie(&name, &mismatch);
                self.push_notice(row, Notice::new(Tone::Error, words));
            }
            // The session tells that another person is signed in.
            LinkOutcome::AnotherPerson | LinkOutcome::SignedOut | LinkOutcome::Nothing => {}
        }
    }

    fn push_linked_notice(self, row: &ProviderRow, before: Option<&str>, now: Option<&str>) {
        let name = row.name.get_untracked();
        let notice = match (before, now) {
            (Some(before), Some(now)) if before != now => {
                Notice::new(Tone::Warning, text::login_changed(&name, before, now))
            }
            _ => Notice::new(Tone::Success, text::is_linked(&name)),
        };
        self.push_notice(row, notice);
    }
}
