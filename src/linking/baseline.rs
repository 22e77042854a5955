use external_auth_core::{LinkEvidence, LinkHealth, LinkSnapshot, LinkVerdict};
use leptos::prelude::*;

use super::LinkOutcome;
use super::link_report::{LinkReport, Reporter};
use crate::session::{ProviderRow, Session};

/// What was known of a link when linking began: what is read later is compared
/// with it.
#[derive(Clone)]
pub(super) struct Baseline {
    pub(super) session: Session,
    pub(super) row: ProviderRow,
    pub(super) before: LinkSnapshot,
}

impl Baseline {
    /// What is known now.
    pub(super) fn now(session: Session, row: ProviderRow) -> Self {
        let before = snapshot(session, &row);
        Self {
            session,
            row,
            before,
        }
    }

    /// Whether there was no link.
    pub(super) fn is_absent(&self) -> bool {
        self.before.health == LinkHealth::Absent
    }

    /// Reads the provider by id, and judges whether the account was linked.
    pub(super) async fn read_live(&self, evidence: LinkEvidence) -> LinkVerdict {
        let answer = self.session.read_external_auth(&self.row).await;
        self.judge(evidence, matches!(answer, Some(Ok(()))))
    }

    /// Reads a list that is asked for after this moment, and judges whether the
    /// account was linked.
    pub(super) async fn read_list(&self, evidence: LinkEvidence) -> LinkVerdict {
        // A list that is running already may be from before the change; if it
        // says that the account is linked, it is not.
        let joined = self.session.is_loading();
        let mut loaded = self.session.load().await;
        if joined && self.judge(evidence, loaded) != LinkVerdict::Linked {
            loaded = !self.session.is_gone() && self.session.load().await;
        }
        let verdict = self.judge(evidence, loaded);
        // The list does not say who is linked. Another login tells a new link
        // from a token that was refreshed.
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

    /// Reads where the answer is: a new link is found live, and what became of
    /// an old one is in the list alone.
    pub(super) async fn read(&self, evidence: LinkEvidence) -> LinkVerdict {
        if self.is_absent() {
            self.read_live(evidence).await
        } else {
            self.read_list(evidence).await
        }
    }

    /// The account was linked: tells the other tabs, and reads what came of it.
    ///
    /// A link that the provider refuses all the same is not called linked:
    /// whoever waits for one would go on with a link that does not work.
    pub(super) async fn finish(&self, report: &Reporter) -> LinkOutcome {
        self.session.tell_other_tabs(&self.row.id);
        report(LinkReport::Linked);
        // Live first, which is quick; the list alone knows when the token ends.
        // The return page may report only now, and then it is read once more.
        let answer = self.session.read_external_auth_or_later(&self.row).await;
        let Some(answer) = answer else {
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

    fn judge(&self, evidence: LinkEvidence, was_read: bool) -> LinkVerdict {
        // The page may have gone while it was read.
        let is_known = was_read && !self.session.is_gone();
        let now = is_known.then(|| snapshot(self.session, &self.row));
        LinkVerdict::of(&self.before, now.as_ref(), evidence)
    }
}

fn snapshot(session: Session, row: &ProviderRow) -> LinkSnapshot {
    LinkSnapshot::of(&row.record(), session.read_clock())
}
