use crate::current_link::CurrentLink;
use crate::wire::Link;
use crate::{
    LinkFailure, PermanentFailure, ProviderRecord, StateReason, Timestamp, TransientFailure,
    classify_validate_error,
};

#[cfg(test)]
mod tests;

/// The one state that a provider is shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderState {
    /// Linked, but the deployment no longer configures the provider.
    NoLongerConfigured,
    /// There is no link.
    NotLinked,
    /// There is a link, and whether it works is not known: the provider could
    /// not be asked, or the reason that came back is not known.
    CouldNotCheck(TransientFailure),
    /// The link does not work until its owner does something.
    NeedsAttention(PermanentFailure),
    /// The token ended, and the deployment renews it when the list is read.
    Renewing,
    /// Linked, but the provider's app is installed nowhere.
    AppNotInstalled,
    /// Linked; the deployment has no address to check it at.
    NotVerified,
    /// Linked.
    Linked,
}

impl ProviderState {
    /// Every state with every failure, for tables and samples.
    pub const ALL: [Self; 20] = [
        Self::NoLongerConfigured,
        Self::NotLinked,
        Self::CouldNotCheck(TransientFailure::RateLimited),
        Self::CouldNotCheck(TransientFailure::Unavailable),
        Self::CouldNotCheck(TransientFailure::Forbidden),
        Self::CouldNotCheck(TransientFailure::TimedOut),
        Self::CouldNotCheck(TransientFailure::Unreachable),
        Self::CouldNotCheck(TransientFailure::NoConnection),
        Self::CouldNotCheck(TransientFailure::DeploymentLimited),
        Self::CouldNotCheck(TransientFailure::DeploymentFailed),
        Self::CouldNotCheck(TransientFailure::Unreadable),
        Self::CouldNotCheck(TransientFailure::UnknownReason),
        Self::NeedsAttention(PermanentFailure::Expired),
        Self::NeedsAttention(PermanentFailure::RefreshRefused),
        Self::NeedsAttention(PermanentFailure::Revoked),
        Self::NeedsAttention(PermanentFailure::Unexplained),
        Self::Renewing,
        Self::AppNotInstalled,
        Self::NotVerified,
        Self::Linked,
    ];

    /// A name for programs: it stays the same whatever the page calls the state.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoLongerConfigured => "no-longer-configured",
            Self::NotLinked => "not-linked",
            Self::CouldNotCheck(_) => "could-not-check",
            Self::NeedsAttention(_) => "needs-attention",
            Self::Renewing => "renewing",
            Self::AppNotInstalled => "app-not-installed",
            Self::NotVerified => "not-verified",
            Self::Linked => "linked",
        }
    }

    /// The state of a provider at `now`: see [`with_reason`](Self::with_reason).
    #[must_use]
    pub fn of(record: &ProviderRecord, now: Timestamp) -> Self {
        Self::with_reason(record, now).0
    }

    /// Combines what the list and the live checks said into one state, and the
    /// reason for it. The first row that fits decides:
    ///
    /// | | row | why it comes before the next |
    /// | --- | --- | --- |
    /// | 1 | no provider: no longer configured | nothing else can be asked of it |
    /// | 2 | no link, and no later live yes: not linked | what failed or was refused concerns a link, and there is none |
    /// | 3 | a transient failure of a check, later than every answer: could not check | the newest observation is that nothing is known; it says nothing against the link |
    /// | 4 | a later live no, of a token that has ended and can be renewed, unless the list's no is final: renewing | by-id does not renew, the list does, so its no means only "ended" |
    /// | 5 | the list's no, with no later live yes: could not check, or needs attention, by its reason | a broken link is of no use, whatever else is known |
    /// | 6 | a later live no: needs attention | as 5; it has no reason, so the end of the token is one |
    /// | 7 | the token has ended since it was last accepted: needs attention | nobody renews it, and nobody has to be asked |
    /// | 8 | an app that is installed nowhere | the link works, but not for private repositories |
    /// | 9 | nothing to verify it at: not verified | a yes that nobody gave is not a yes |
    /// | 10 | linked | |
    ///
    /// "Later" is by the sequence of the requests, not by a clock. A live no to
    /// a link that the list could only not ask about is row 4 or 6. A permanent
    /// failure of a check (`404`, `403`) says nothing about the link, and is
    /// told beside the state.
    ///
    /// An orphan has the reason of its link, whatever its state.
    #[must_use]
    pub fn with_reason(record: &ProviderRecord, now: Timestamp) -> (Self, StateReason<'_>) {
        let (state, reason) = Self::of_link(record, now);
        if record.provider.is_none() {
            (Self::NoLongerConfigured, reason)
        } else {
            (state, reason)
        }
    }

    fn of_link(record: &ProviderRecord, now: Timestamp) -> (Self, StateReason<'_>) {
        let current = CurrentLink::of(record);
        if !current.exists() {
            return (Self::NotLinked, StateReason::None);
        }
        if let Some(failure) = current.failure {
            let state = Self::CouldNotCheck(failure.into());
            return (state, StateReason::FailedCheck(failure));
        }
        if let Some(link) = current.listed {
            if current.is_refused_live() {
                return Self::of_live_refusal(record, link, now);
            }
            if current.live.is_none() && !link.authenticated {
                return Self::of_refusal(link);
            }
        }
        let state = if current.has_ended_since(now) && !record.renews() {
            Self::NeedsAttention(PermanentFailure::Expired)
        } else if record.is_app_missing() && !record.lacks_install_address() {
            Self::AppNotInstalled
        } else if record.is(|provider| provider.allow_validate) {
            Self::Linked
        } else {
            Self::NotVerified
        };
        (state, StateReason::None)
    }

    /// The list could not ask the provider, or was refused.
    fn of_refusal(link: &Link) -> (Self, StateReason<'_>) {
        let state = match classify_validate_error(&link.validate_error) {
            LinkFailure::Transient(failure) => Self::CouldNotCheck(failure),
            LinkFailure::Permanent(failure) => Self::NeedsAttention(failure),
        };
        (state, StateReason::ValidateError(&link.validate_error))
    }

    /// A live check was refused, which comes without a reason. The reason is
    /// that of the list if it was refused as well, or the end of the token.
    fn of_live_refusal<'a>(
        record: &ProviderRecord,
        link: &'a Link,
        now: Timestamp,
    ) -> (Self, StateReason<'a>) {
        if !link.authenticated
            && let (state @ Self::NeedsAttention(_), reason) = Self::of_refusal(link)
        {
            return (state, reason);
        }
        let state = if !link.expires.is_past(now) {
            Self::NeedsAttention(PermanentFailure::Revoked)
        } else if record.renews() {
            // By-id does not refresh tokens, the list does.
            Self::Renewing
        } else {
            Self::NeedsAttention(PermanentFailure::Expired)
        };
        (state, StateReason::None)
    }

    /// Whether there is a link.
    #[must_use]
    pub fn is_linked(self) -> bool {
        self != Self::NotLinked
    }

    /// Whether the person has to do something, or to know something.
    #[must_use]
    pub fn needs_attention(self) -> bool {
        matches!(
            self,
            Self::NeedsAttention(_) | Self::CouldNotCheck(_) | Self::AppNotInstalled
        )
    }
}
