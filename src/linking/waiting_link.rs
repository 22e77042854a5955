use std::sync::Arc;

use leptos::prelude::*;

use super::link_report::{LinkReport, Reporter};
use super::{LinkOutcome, LinkStart, Linking};
use crate::Config;
use crate::session::{Deferred, ProviderRow};

/// A link that waits until the person chooses between it and the redirect flow
/// that runs in a window.
pub(super) struct WaitingLink {
    row: ProviderRow,
    config: Config,
    end: Deferred<LinkOutcome>,
    report: Reporter,
}

impl WaitingLink {
    /// Ends without a notice: there is nothing to choose any longer.
    pub(super) fn stop(&self) {
        self.end.resolve(LinkOutcome::Nothing);
    }
}

impl Linking {
    /// Asks the person to choose between this provider and the running one.
    pub(super) fn wait(self, row: &ProviderRow, config: &Config, report: Reporter) -> LinkStart {
        let same = self.inner.with_value(|inner| {
            let waiting = inner.waiting.borrow();
            let same = waiting.as_ref().filter(|waiting| waiting.row == *row);
            same.map(|waiting| waiting.end.clone())
        });
        if let Some(end) = same {
            return LinkStart::Joined(end);
        }
        self.cancel_waiting();
        let waiting = WaitingLink {
            row: row.clone(),
            config: config.clone(),
            end: Deferred::default(),
            report,
        };
        let end = waiting.end.clone();
        let write = self.inner.with_value(|inner| {
            inner.waiting.replace(Some(waiting));
            inner.write_shown
        });
        write.update(|shown| shown.wanted = Some(Arc::clone(&row.id)));
        LinkStart::Waiting(end)
    }

    /// Cancels the running flow and links the waiting provider instead. Does
    /// nothing if no provider waits. Call this in a click.
    pub(crate) fn link_instead(self) {
        let Some(waiting) = self.take_waiting() else {
            return;
        };
        self.cancel_window();
        self.open_window(&waiting.row, &waiting.config, waiting.end, waiting.report);
    }

    /// Cancels the link that waits.
    pub fn cancel_waiting(self) {
        if let Some(waiting) = self.take_waiting() {
            waiting.end.resolve(LinkOutcome::Cancelled {
                window_left_open: false,
            });
        }
    }

    /// Ends the link that waits, because the running flow is over.
    pub(super) fn end_waiting(self) {
        if let Some(waiting) = self.take_waiting() {
            (waiting.report)(LinkReport::Over);
            waiting.stop();
        }
    }

    fn take_waiting(self) -> Option<WaitingLink> {
        let taken = self
            .inner
            .try_with_value(|inner| Some((inner.waiting.take()?, inner.write_shown)));
        let (waiting, write) = taken.flatten()?;
        write.update(|shown| shown.wanted = None);
        Some(waiting)
    }
}
