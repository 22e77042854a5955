use crate::{PermanentFailure, ProviderRecord, ProviderState, Timestamp};

/// What is known when a link is removed. The answer is interpreted with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BeforeUnlink {
    /// Whether the provider has an address to revoke tokens at, according to
    /// the list.
    pub supports_revocation: bool,
    /// Whether the provider was known to refuse the token.
    pub was_refused: bool,
}

impl BeforeUnlink {
    /// Takes it from the record of a provider at `now`.
    ///
    /// A token that has only expired counts as accepted: its refresh token may
    /// still be valid, and that is the token that most providers revoke.
    #[must_use]
    pub fn of(record: &ProviderRecord, now: Timestamp) -> Self {
        Self {
            supports_revocation: record.is(|provider| provider.supports_revocation),
            was_refused: matches!(
                ProviderState::of(record, now),
                ProviderState::NeedsAttention(
                    PermanentFailure::Revoked | PermanentFailure::RefreshRefused
                )
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{ExternalAuth, Link, Provider};

    const NOW: Timestamp = Timestamp::from_unix_ms(1_780_000_000_000);

    fn listed(authenticated: bool, validate_error: &str) -> ProviderRecord {
        let mut record = ProviderRecord::default();
        let provider = Provider {
            supports_revocation: true,
            allow_validate: true,
            ..Provider::default()
        };
        let link = Link {
            authenticated,
            validate_error: validate_error.into(),
            ..Link::default()
        };
        record.apply_list(Some(provider), Some(link), 1, NOW);
        record
    }

    #[test]
    fn only_a_refusal_of_the_provider_counts() {
        for (authenticated, validate_error, was_refused) in [
            (true, "", false),
            (false, "token failed to validate", true),
            (
                false,
                "token expired and refreshing failed 3m ago with: oauth2: \"invalid_grant\"",
                true,
            ),
            (
                false,
                "token expired, refreshing is either disabled or refreshing failed and will not be retried",
                false,
            ),
            (
                false,
                "validate external auth token: status 503: body: x",
                false,
            ),
        ] {
            let before = BeforeUnlink::of(&listed(authenticated, validate_error), NOW);
            assert_eq!(before.was_refused, was_refused, "{validate_error}");
            assert!(before.supports_revocation);
        }
    }

    #[test]
    fn the_last_answer_decides() {
        let live = |authenticated| ExternalAuth {
            authenticated,
            ..ExternalAuth::default()
        };
        let mut record = listed(true, "");
        record.apply_live(live(false), 2, NOW);
        assert!(BeforeUnlink::of(&record, NOW).was_refused);
        record.apply_live(live(true), 3, NOW);
        assert!(!BeforeUnlink::of(&record, NOW).was_refused);
    }

    #[test]
    fn an_orphan_has_no_revocation_address() {
        let mut record = listed(false, "token failed to validate");
        record.provider = None;
        assert_eq!(BeforeUnlink::of(&record, NOW), BeforeUnlink::default());
    }
}
