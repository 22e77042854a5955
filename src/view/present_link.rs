use std::cell::Cell;
use std::rc::Rc;

use external_auth_core::WindowView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::View;
use crate::linking::{DeviceLink, LinkEnd, LinkOutcome, LinkReport, LinkStart, Reporter};
use crate::platform::{FocusGuard, focus_by_id, page_host};
use crate::session::{FailedCommand, ProviderRow, SessionEvent};
use crate::text::{self, Notice, Tone};

/// The element that had the focus when the account was linked.
type KeptFocus = Rc<Cell<Option<FocusGuard>>>;

impl View {
    /// Links a provider, or links it again, and shows the outcome. Call this in
    /// a click. The returned future resolves when the link is over.
    pub(crate) fn link(self, row: &ProviderRow) -> LinkEnd {
        if row.pending_untracked().is_some() {
            return LinkEnd::of(LinkOutcome::Nothing);
        }
        self.clear_notices(row);
        let (report, focus) = self.reporter(row);
        let end = match self.linking.link(row, &self.config(), report) {
            LinkStart::Joined(end) => return end,
            LinkStart::Window(end) => end,
            LinkStart::Waiting(end) => {
                self.announce(self.window_conflict_words(row));
                end
            }
            LinkStart::Device(link, end) => {
                self.device_dialog.set(Some(link));
                end
            }
        };
        self.present_end(row, end.clone(), focus);
        end
    }

    /// Starts the device flow for a provider, and shows the outcome. Whoever
    /// shows the flow closes it.
    #[must_use]
    pub(crate) fn begin_device_link(self, row: &ProviderRow) -> DeviceLink {
        let (report, focus) = self.reporter(row);
        let (link, end) = self.linking.link_by_device(row, report);
        self.present_end(row, end, focus);
        link
    }

    /// Closes the device flow of this view, because its dialog is closed.
    pub(crate) fn close_device_dialog(self) {
        let link = self.device_dialog.try_get_untracked().flatten();
        if let Some(link) = link {
            self.device_dialog.set(None);
            link.close();
        }
    }

    /// Starts the redirect flow in this tab. It returns to this page.
    pub(crate) fn link_in_this_tab(self, row: &ProviderRow) {
        let row = row.clone();
        spawn_local(async move {
            let outcome = self.linking.link_in_this_tab(row.clone()).await;
            if !self.is_gone() {
                self.present(&row, outcome);
            }
        });
    }

    /// Shows the outcome of the redirect flow from which this tab returns.
    pub(super) fn welcome_back(self, id: &str) {
        let Some(row) = self.session.row(id) else {
            return;
        };
        let outcome = self.linking.come_back(&row);
        let is_said = outcome != LinkOutcome::Nothing;
        self.present(&row, outcome);
        if is_said {
            focus_by_id(&row.element_id());
        }
    }

    /// The sentence that another provider than `wanted` is being linked.
    #[must_use]
    pub(crate) fn window_conflict_words(self, wanted: &ProviderRow) -> String {
        let running = self.linking.window.get_untracked();
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
            LinkReport::Over => self.leave_link(&row),
            LinkReport::Late(end) => self.present_end(&row, end, Rc::clone(&kept)),
        };
        (Rc::new(report), focus)
    }

    fn announce_window(self, row: &ProviderRow, view: &WindowView) {
        let name = row.name.get_untracked();
        self.announce(text::window_link(&name, view, &page_host()));
    }

    /// Removes what showed a link, and moves the focus to the card.
    fn leave_link(self, row: &ProviderRow) {
        let link = self.device_dialog.try_get_untracked().flatten();
        if link.is_some_and(|link| link.row == *row) {
            self.device_dialog.set(None);
        }
        let card = row.element_id();
        FocusGuard::within(&card).move_to(&card);
    }

    fn present_end(self, row: &ProviderRow, end: LinkEnd, focus: KeptFocus) {
        let row = row.clone();
        spawn_local(async move {
            let outcome = end.await;
            if self.is_gone() {
                return;
            }
            self.present(&row, outcome);
            if let Some(focus) = focus.take() {
                focus.move_to(&row.element_id());
            }
        });
    }

    fn present(self, row: &ProviderRow, outcome: LinkOutcome) {
        let name = row.name.get_untracked();
        match outcome {
            LinkOutcome::Linked { before, now } => self.say_linked(row, before, now),
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
                self.session.emit(&SessionEvent::Failed {
                    provider: Some(row.id.to_string()),
                    failure: FailedCommand::Link { name: name.clone() },
                });
                let notice = Notice::new(Tone::Error, text::link_failed(&name));
                self.push_notice(row, Notice { detail, ..notice });
                focus_by_id(&row.element_id());
            }
            LinkOutcome::AnotherPerson => self.session.tell_nothing_changed(&row.id),
            LinkOutcome::NotConfirmed(error) => self.say_not_confirmed(row, &error),
            LinkOutcome::SignedOut | LinkOutcome::Nothing => {}
        }
    }

    fn say_linked(self, row: &ProviderRow, before: Option<String>, now: Option<String>) {
        let name = row.name.get_untracked();
        let notice = match (&before, &now) {
            (Some(before), Some(now)) if before != now => {
                Notice::new(Tone::Warning, text::login_changed(&name, before, now))
            }
            _ => Notice::new(Tone::Success, text::is_linked(&name)),
        };
        self.push_notice(row, notice);
        self.session.emit(&SessionEvent::Linked {
            provider: row.id.to_string(),
            login: now,
        });
    }
}
