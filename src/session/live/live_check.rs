use external_auth_core::ApiError;
use futures_util::FutureExt;
use futures_util::future::{AbortHandle, abortable};

use crate::api::SharedFuture;
use crate::session::{PersonCheck, ProviderRow, Session};

/// The result of a live check: the answer was applied, or there was an
/// error. None if the check was given up.
pub(crate) type LiveAnswer = Option<Result<(), ApiError>>;

/// A running request to a provider. It is given up when this is dropped.
#[must_use = "the request is given up when this is dropped"]
pub(crate) struct LiveCheck {
    answer: SharedFuture<LiveAnswer>,
    abort: AbortHandle,
}

impl LiveCheck {
    fn begin(request: impl Future<Output = LiveAnswer> + 'static) -> Self {
        let (request, abort) = abortable(request);
        let answer = request.map(|ended| ended.ok().flatten());
        Self {
            answer: SharedFuture::new(answer.boxed_local()),
            abort,
        }
    }
}

impl Drop for LiveCheck {
    fn drop(&mut self) {
        self.abort.abort();
    }
}

impl Session {
    /// Asks a provider live and keeps the answer or the failure. Joins a
    /// running request. An answer that contradicts what is known of the link is
    /// kept only after the person is confirmed. None if the request was given up,
    /// another person is signed in, or the session is over.
    pub(crate) async fn join_external_auth(self, row: &ProviderRow) -> LiveAnswer {
        let answer = row.with_live(|live| {
            let running = (live.running.take())
                .filter(|running| !running.answer.is_over())
                .unwrap_or_else(|| LiveCheck::begin(self.ask_external_auth(row.clone())));
            let answer = running.answer.clone();
            live.running = Some(running);
            live.is_wanted = false;
            answer
        });
        answer?.await
    }

    /// Like [`join_external_auth`](Self::join_external_auth), but always sends
    /// a new request. Gives up a running one, because its answer may be older
    /// than a change.
    pub(crate) async fn read_external_auth(self, row: &ProviderRow) -> LiveAnswer {
        Self::give_up_live_check(row);
        self.join_external_auth(row).await
    }

    /// Like [`read_external_auth`](Self::read_external_auth). If the request is
    /// given up for a later one, this returns the answer to the later one.
    pub(crate) async fn read_external_auth_or_later(self, row: &ProviderRow) -> LiveAnswer {
        let mut answer = self.read_external_auth(row).await;
        while answer.is_none() && Self::is_being_asked(row) {
            answer = self.join_external_auth(row).await;
        }
        answer
    }

    /// Waits until the running request to a provider is over, if there is one.
    pub(crate) async fn let_external_auth_end(row: &ProviderRow) {
        let running = row.with_live(|live| {
            let running = live.running.as_ref();
            running.map(|running| running.answer.clone())
        });
        if let Some(answer) = running.flatten() {
            answer.await;
        }
    }

    /// Whether a request to a provider is running.
    fn is_being_asked(row: &ProviderRow) -> bool {
        let asked = row.with_live(|live| {
            let running = live.running.as_ref();
            running.is_some_and(|running| !running.answer.is_over())
        });
        asked == Some(true)
    }

    /// Gives up the running request to a provider, if there is one.
    pub(crate) fn give_up_live_check(row: &ProviderRow) {
        // Dropped after the borrow, because dropping it wakes the tasks that
        // wait for it.
        let running = row.with_live(|live| live.running.take());
        drop(running);
    }

    async fn ask_external_auth(self, row: ProviderRow) -> LiveAnswer {
        let sequence = self.next_sequence();
        // After a pause the answer may be about another person's account.
        self.doubt_person();
        let answer = self.client().external_auth(&row.id).await;
        if self.is_gone() {
            return None;
        }
        let answer = match answer {
            // It may be about the link of another person, who has signed in in another tab.
            Ok(value) if row.record().is_contradicted_by(&value) => {
                match self.confirm_person(true).await {
                    PersonCheck::Same => Ok(value),
                    PersonCheck::Unknown(error) => Err(error),
                    PersonCheck::Other | PersonCheck::Mismatch(_) => return None,
                }
            }
            answer => answer,
        };
        if self.is_gone() {
            return None;
        }
        Some(match answer {
            Ok(value) => {
                self.notice_answer(sequence);
                let now = self.read_clock();
                row.apply(now, |record| record.apply_live(value, sequence, now));
                Ok(())
            }
            Err(error) => {
                self.notice_session_end(&error);
                let failure = error.clone();
                row.apply(self.read_clock(), |record| {
                    record.apply_failure(failure, sequence);
                });
                Err(error)
            }
        })
    }
}
