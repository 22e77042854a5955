use external_auth_core::SafeUrl;
use leptos::prelude::*;

use super::View;
use crate::session::ProviderRow;
use crate::text::{self, Notice, Tone};
use crate::unlinking::UnlinkOutcome;

impl View {
    /// Shows the outcome of an unlink: in a notice on the card, or by reading out
    /// the warning that stays on it.
    pub(super) fn present_unlink(self, row: &ProviderRow, outcome: &UnlinkOutcome) {
        let name = &row.name.get_untracked();
        let notice = match outcome {
            UnlinkOutcome::Revoked => Notice::new(Tone::Success, text::unlinked_and_revoked(name)),
            UnlinkOutcome::NotRevoked { authorizations_url } => information(
                text::unlinked_not_revoked(name),
                authorizations_url.as_ref(),
                "",
            ),
            UnlinkOutcome::AlreadyRefused {
                reason,
                authorizations_url,
            } => information(
                text::unlinked_already_refused(name),
                authorizations_url.as_ref(),
                reason,
            ),
            UnlinkOutcome::MayStillBeValid => {
                return self.announce_now(text::revocation_warning(name, None));
            }
            UnlinkOutcome::WasRemovedAlready { is_known } => {
                let words = text::was_unlinked_already(name, *is_known);
                Notice::new(Tone::Information, words)
            }
            UnlinkOutcome::OrphanCannotBeRemoved => {
                Notice::new(Tone::Warning, text::orphan_cannot_be_unlinked(name))
            }
            UnlinkOutcome::Unconfirmed { error, is_known } => {
                let words = text::unlink_outcome_unknown(name, error.kind, *is_known);
                Notice {
                    detail: error.to_string(),
                    ..Notice::new(Tone::Error, words)
                }
            }
            // The page says why, once.
            UnlinkOutcome::Failed(error) if error.kind.is_sign_out() => {
                Notice::new(Tone::Error, text::unlink_failed())
            }
            UnlinkOutcome::Failed(error) => Notice::error(text::unlink_failed(), error),
            UnlinkOutcome::PersonNotConfirmed(error) => {
                return self.say_not_confirmed(row, error);
            }
            UnlinkOutcome::AnotherPerson | UnlinkOutcome::NotDone => return,
        };
        self.push_notice(row, notice);
    }
}

/// Words that ask for nothing, with a link to where the access can be looked at.
fn information(words: String, url: Option<&SafeUrl>, detail: &str) -> Notice {
    Notice {
        url: url.cloned(),
        detail: detail.to_owned(),
        ..Notice::new(Tone::Information, words)
    }
}
