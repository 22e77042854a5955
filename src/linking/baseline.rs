use external_auth_core::{LinkEvidence, LinkHealth, LinkSnapshot, LinkVerdict};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::LinkOutcome;
use super::link_report::{LinkReport, Reporter};
use crate::session::{Deferred, FailedCommand, ProviderRow, Session, SessionEvent};

/// What was known of a link when linking started. What is read later is
/// compared with it.
#[derive(Clone)]
pub(super) struct Baseline {
    pub(super) session: Session,
    pub(super) row: ProviderRow,
    pub(super) before: LinkSnapshot,
}

impl Baseline {
    /// Takes what is known now.
    pub(super) fn now(session: Session, row: ProviderRow) -> Self {
        let before = snapshot(session, &row);
        Self {
            session,
            row,
            before,
        }
    }

    /// Whether there was no link before.
    pub(super) fn is_absent(&self) -> bool {
        self.before.health == LinkHealth::Absent
    }

    /// Reads the provider by id, and judges whether the account was linked.
    pub(super) async fn read_live(&self, evidence: LinkEvidence) -> LinkVerdict {
        let answer = self.session.read_external_auth(&self.row).await;
        self.judge(evidence, matches!(answer, Some(Ok(()))))
    }

    /// Reads a list that is requested after this call, and judges whether the
    /// account was linked.
    pub(super) async fn read_list(&self, evidence: LinkEvidence) -> LinkVerdict {
        // The answer to a request that is already running may be older than the
        // link. It counts only if it says that the account is linked.
        let joined = self.session.is_loading();
        let mut loaded = self.session.load().await;
        if joined && self.judge(evidence, loaded) != LinkVerdict::Linked {
            loaded = !self.session.is_gone() && self.session.load().await;
        }
        let verdict = self.judge(evidence, loaded);
        // The list does not contain the login. Another login tells a new link
        // from a refreshed token.
        let record = self.row.try_record();
        let may_tell = verdict == LinkVerdict::Works
            && self.before.login.is_some()
            && record.is_some_and(|record| record.says_more_live());
        if may_tell {
            let answer = self.session.join_external_auth(&self.row).await;
            if matches!(answer, Some(Ok(()))) {
                return self.judge(evidence, true);
            }
        }
        verdict
    }

    /// Reads the source that has the answer: by id for a new link, and the list
    /// for a link that existed before.
    pub(super) async fn read(&self, evidence: LinkEvidence) -> LinkVerdict {
        if self.is_absent() {
            self.read_live(evidence).await
        } else {
            self.read_list(evidence).await
        }
    }

    /// The account was linked. Tells the other tabs, and reads the new link.
    ///
    /// A link that the provider refuses does not count as linked, because the
    /// caller would continue with a link that does not work.
    /// `list_is_old`: no list was read since.
    pub(super) fn finish(self, report: Reporter, list_is_old: bool, end: Deferred<LinkOutcome>) {
        spawn_local(async move {
            let outcome = self.read_outcome(&report).await;
            let is_known = outcome != LinkOutcome::Nothing;
            self.end(&end, outcome);
            if list_is_old && is_known {
                self.session.load_anew().await;
            }
        });
    }

    async fn read_outcome(&self, report: &Reporter) -> LinkOutcome {
        self.session.tell_other_tabs(&self.row.id);
        report(LinkReport::Linked);
        // The live answer comes first, because it is quick. Only the list
        // contains when the token expires. If the return page reports only now,
        // the provider is read once more.
        let answer = self.session.read_external_auth_or_later(&self.row).await;
        let Some(answer) = answer.filter(|_| !self.session.is_gone()) else {
            return LinkOutcome::Nothing;
        };
        match self.judge(LinkEvidence::Exchanged, answer.is_ok()) {
            LinkVerdict::Unusable => LinkOutcome::Unusable,
            _ => LinkOutcome::Linked {
                before: self.before.login.clone(),
                now: untrack(|| self.row.login()),
            },
        }
    }

    /// Ends a link with this outcome, and tells pages that embed a view of it.
    /// The view that started the link may be gone by now.
    pub(super) fn end(&self, end: &Deferred<LinkOutcome>, outcome: LinkOutcome) {
        let (session, row) = (self.session, &self.row);
        if !session.is_gone() {
            let provider = row.id.to_string();
            match &outcome {
                LinkOutcome::Linked { now, .. } => {
                    let login = now.clone();
                    session.emit(&SessionEvent::Linked { provider, login });
                }
                LinkOutcome::Failed(_) => session.emit(&SessionEvent::Failed {
                    provider: Some(provider),
                    failure: FailedCommand::Link {
                        name: row.name.get_untracked(),
                    },
                }),
                LinkOutcome::AnotherCookie(mismatch) => session.emit(&SessionEvent::Failed {
                    provider: Some(provider),
                    failure: FailedCommand::AnotherCookie {
                        name: row.name.get_untracked(),
                        mismatch: mismatch.clone(),
                    },
                }),
                LinkOutcome::AnotherPerson => session.tell_nothing_changed(&row.id),
                LinkOutcome::NotConfirmed(error) => session.emit_error(Some(&row.id), error),
                _ => {}
            }
        }
        end.resolve(outcome);
    }

    fn judge(&self, evidence: LinkEvidence, was_read: bool) -> LinkVerdict {
        // The page may be gone by the time of the answer.
        let is_known = was_read && !self.session.is_gone();
        let now = is_known.then(|| snapshot(self.session, &self.row));
        LinkVerdict::of(&self.before, now.as_ref(), evidence)
    }
}

fn snapshot(session: Session, row: &ProviderRow) -> LinkSnapshot {
    LinkSnapshot::of(&row.record(), session.read_clock())
}
