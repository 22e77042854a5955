use external_auth_core::{ApiError, ApiErrorKind};
use leptos::prelude::*;

use super::{Session, SessionEvent};

impl Session {
    /// An answer shows that there is a session, or that there was one when the
    /// request with this sequence number was sent.
    pub(crate) fn notice_answer(self, sequence: u64) {
        self.notice_proxy();
        let ended_at = self.inner.with_value(|inner| inner.session_ended_at.get());
        if self.session_ended.get_untracked()
            && sequence > ended_at
            && let Some(write) = self.write()
        {
            write.session_ended.set(false);
        }
    }

    /// Whether the person has to sign in. Then nothing is requested
    /// automatically.
    pub(crate) fn is_signed_out(self) -> bool {
        self.session_ended.get_untracked() || self.signed_out_at_proxy.get_untracked()
    }

    /// Processes an error: `401` means that the session has ended.
    pub(crate) fn notice_session_end(self, error: &ApiError) {
        self.notice_proxy();
        if error.kind == ApiErrorKind::Unauthorized {
            self.end_session();
        }
    }

    /// Checks whether a proxy in front of the deployment gave the last answer.
    /// If so, nothing more is requested automatically until the deployment
    /// answers again.
    pub(crate) fn notice_proxy(self) {
        let is_signed_out = self.client().is_signed_out_at_proxy();
        if self.signed_out_at_proxy.get_untracked() != is_signed_out
            && let Some(write) = self.write()
        {
            write.signed_out_at_proxy.set(is_signed_out);
        }
    }

    /// Ends the session. The content of the page stays, and nothing more is
    /// requested automatically.
    pub(crate) fn end_session(self) {
        let now = self.last_sequence();
        self.inner
            .with_value(|inner| inner.session_ended_at.set(now));
        if !self.session_ended.get_untracked()
            && let Some(write) = self.write()
        {
            write.session_ended.set(true);
            self.emit(&SessionEvent::Unauthorized);
        }
        self.end_background();
        self.emit(&SessionEvent::Ended);
    }
}
