use crate::provider_record::is_app_missing;
use crate::wire::{ExternalAuth, Link};
use crate::{
    LinkFailure, PermanentFailure, ProviderRecord, SafeUrl, Timestamp, TransientFailure,
    classify_validate_error,
};

/// The one state that a provider is shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderState {
    /// Linked, but the deployment no longer configures the provider.
    NoLongerConfigured,
    /// There is no link.
    NotLinked,
    /// There is a link, and whether it works is not known: nobody could be
    /// asked, or the reason that came back is not known.
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

    /// Merges what the list and the live checks said into one state. The first
    /// row that fits decides:
    ///
    /// | | row | why it comes before the next |
    /// | --- | --- | --- |
    /// | 1 | no provider: no longer configured | nothing else can be asked of it |
    /// | 2 | no link, and no later live yes: not linked | what failed or was refused concerns a link, and there is none |
    /// | 3 | a check that failed in passing, later than every answer: could not check | the last that is known is that nothing is known; it says nothing against the link |
    /// | 4 | a later live no, of a token that has ended and can be renewed, unless the list's no is final: renewing | by-id does not renew, the list does, so its no means only "ended" |
    /// | 5 | the list's no, with no later live yes: could not check, or needs attention, by its reason | a broken link is of no use, whatever else is known |
    /// | 6 | a later live no: needs attention | as 5; it has no reason, so the end of the token is one |
    /// | 7 | the token has ended since it was last accepted: needs attention | nobody renews it, and nobody has to be asked |
    /// | 8 | an app that is installed nowhere | the link works, but not for private repositories |
    /// | 9 | nothing to verify it at: not verified | a yes that nobody gave is not a yes |
    /// | 10 | linked | |
    ///
    /// "Later" is by the order of the questions, not by a clock. A live no to
    /// a link that the list could only not ask about is row 4 or 6; a failed check
    /// that is final (`404`, `403`) says nothing about the link, and is told
    /// beside it.
    #[must_use]
    pub fn of(record: &ProviderRecord, now: Timestamp) -> Self {
        let Some(provider) = &record.provider else {
            return Self::NoLongerConfigured;
        };
        let listed = &record.listed;
        let live = (record.live.as_ref()).filter(|live| live.order > listed.order);
        let link = listed.value.as_ref();
        if link.is_none() && !live.is_some_and(|live| live.value.authenticated) {
            return Self::NotLinked;
        }

        let last_success = live.map_or(listed.order, |live| live.order);
        if let Some(failure) = record
            .failure
            .as_ref()
            .filter(|failure| failure.order > last_success && failure.value.is_transient())
        {
            return Self::CouldNotCheck((&failure.value).into());
        }

        match (live, link) {
            (Some(live), _) if live.value.authenticated => {}
            (Some(_), Some(link)) => return Self::of_live_no(record, link, now),
            (None, Some(link)) if !link.authenticated => {
                return match classify_validate_error(&link.validate_error) {
                    LinkFailure::Transient(failure) => Self::CouldNotCheck(failure),
                    LinkFailure::Permanent(failure) => Self::NeedsAttention(failure),
                };
            }
            _ => {}
        }
        if record.has_run_out(now) {
            return Self::NeedsAttention(PermanentFailure::Expired);
        }

        // An older live answer still tells where the app is installed.
        let can_install = |live: &ExternalAuth| {
            is_app_missing(provider, live) && SafeUrl::parse(&live.app_install_url).is_some()
        };
        if (record.live.as_ref()).is_some_and(|live| can_install(&live.value)) {
            Self::AppNotInstalled
        } else if provider.allow_validate {
            Self::Linked
        } else {
            Self::NotVerified
        }
    }

    /// A live no comes without a reason: the list's is taken, or the end of the
    /// token.
    fn of_live_no(record: &ProviderRecord, link: &Link, now: Timestamp) -> Self {
        let refused = (!link.authenticated).then(|| classify_validate_error(&link.validate_error));
        if let Some(LinkFailure::Permanent(failure)) = refused {
            Self::NeedsAttention(failure)
        } else if !link.expires.is_past(now) {
            Self::NeedsAttention(PermanentFailure::Revoked)
        } else if record.renews() {
            // By-id does not refresh tokens, the list does.
            Self::Renewing
        } else {
            Self::NeedsAttention(PermanentFailure::Expired)
        }
    }

    /// Whether there is a link.
    #[must_use]
    pub fn is_linked(self) -> bool {
        self != Self::NotLinked
    }

    /// Whether it is for the person to do something, or to know something.
    #[must_use]
    pub fn needs_attention(self) -> bool {
        matches!(
            self,
            Self::NeedsAttention(_) | Self::CouldNotCheck(_) | Self::AppNotInstalled
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Observation;
    use crate::wire::{Expiry, Installation, Provider};
    use crate::{ApiError, ApiErrorKind};

    const NOW: Timestamp = Timestamp::from_unix_ms(1_780_000_000_000);

    /// What a test says differently from a link that works.
    struct Case {
        provider: Option<Provider>,
        link: Option<Link>,
        live: Option<(ExternalAuth, u64)>,
        failure: Option<(ApiErrorKind, u64)>,
    }

    impl Case {
        fn linked() -> Self {
            Self {
                provider: Some(Provider {
                    id: "github".into(),
                    kind: "github".into(),
                    allow_refresh: true,
                    allow_validate: true,
                    ..Provider::default()
                }),
                link: Some(Link {
                    provider_id: "github".into(),
                    authenticated: true,
                    has_refresh_token: true,
                    expires: Expiry::At(NOW.plus_ms(60_000)),
                    ..Link::default()
                }),
                live: None,
                failure: None,
            }
        }

        fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
            change(&mut self);
            self
        }

        fn link(self, change: impl FnOnce(&mut Link)) -> Self {
            self.with(|case| change(case.link.get_or_insert_default()))
        }

        fn provider(self, change: impl FnOnce(&mut Provider)) -> Self {
            self.with(|case| change(case.provider.get_or_insert_default()))
        }

        /// A live answer at this place in the order; the list is at 10.
        fn live(self, order: u64, authenticated: bool) -> Self {
            self.with(|case| {
                case.live = Some((
                    ExternalAuth {
                        authenticated,
                        ..ExternalAuth::default()
                    },
                    order,
                ));
            })
        }

        fn failure(self, order: u64, kind: ApiErrorKind) -> Self {
            self.with(|case| case.failure = Some((kind, order)))
        }

        fn state(&self) -> ProviderState {
            let failure = (self.failure).map(|(kind, order)| Observation {
                value: ApiError::new(kind, "GET /x", ""),
                order,
                at: None,
            });
            let live = (self.live.clone()).map(|(value, order)| Observation {
                value,
                order,
                at: Some(NOW.plus_ms(-1_000)),
            });
            let record = ProviderRecord {
                provider: self.provider.clone(),
                listed: Observation {
                    value: self.link.clone(),
                    order: 10,
                    at: Some(NOW.plus_ms(-10_000)),
                },
                live,
                failure,
                checked_at: None,
            };
            ProviderState::of(&record, NOW)
        }
    }

    #[test]
    #[allow(clippy::too_many_lines, reason = "a table, not a procedure")]
    fn each_row_of_the_state_table() {
        use ProviderState as S;

        let expired = |link: &mut Link| link.expires = Expiry::At(NOW.plus_ms(-1));
        let broken = |link: &mut Link| {
            link.authenticated = false;
            link.validate_error = "token failed to validate".into();
        };
        let limited = |link: &mut Link| {
            link.authenticated = false;
            link.validate_error = "validate external auth token: status 429: body: x".into();
        };
        let unknown = |link: &mut Link| {
            link.authenticated = false;
            link.validate_error = "something new".into();
        };
        let installable = |case: &mut Case| {
            case.live = Some((
                ExternalAuth {
                    authenticated: true,
                    app_installable: true,
                    app_install_url: "https://git.example/apps/x".into(),
                    ..ExternalAuth::default()
                },
                11,
            ));
        };
        let cases = vec![
            (
                "an orphan",
                Case::linked().with(|case| case.provider = None),
                S::NoLongerConfigured,
            ),
            (
                "no link",
                Case::linked().with(|case| case.link = None),
                S::NotLinked,
            ),
            (
                "no link, live says no",
                Case::linked().with(|case| case.link = None).live(11, false),
                S::NotLinked,
            ),
            (
                "linked elsewhere since the list",
                Case::linked().with(|case| case.link = None).live(11, true),
                S::Linked,
            ),
            (
                "unlinked since the live answer",
                Case::linked().with(|case| case.link = None).live(9, true),
                S::NotLinked,
            ),
            (
                "a failed check",
                Case::linked().failure(11, ApiErrorKind::ServerFailed),
                S::CouldNotCheck(TransientFailure::DeploymentFailed),
            ),
            (
                "a failed check of a broken link",
                Case::linked()
                    .link(broken)
                    .failure(11, ApiErrorKind::TimedOut),
                S::CouldNotCheck(TransientFailure::TimedOut),
            ),
            (
                "a failed check before the list",
                Case::linked().failure(9, ApiErrorKind::ServerFailed),
                S::Linked,
            ),
            (
                "a failed check before a good one",
                Case::linked()
                    .failure(11, ApiErrorKind::ServerFailed)
                    .live(12, true),
                S::Linked,
            ),
            (
                "a failed check of nothing",
                Case::linked()
                    .with(|case| case.link = None)
                    .failure(11, ApiErrorKind::ServerFailed),
                S::NotLinked,
            ),
            (
                "a check that was refused for good",
                Case::linked().failure(11, ApiErrorKind::NotFound),
                S::Linked,
            ),
            (
                "the list could not ask",
                Case::linked().link(limited),
                S::CouldNotCheck(TransientFailure::RateLimited),
            ),
            (
                "the list gave a reason that is not known",
                Case::linked().link(unknown),
                S::CouldNotCheck(TransientFailure::UnknownReason),
            ),
            (
                "the list gave a reason that is not known, and a check says no",
                Case::linked().link(unknown).live(11, false),
                S::NeedsAttention(PermanentFailure::Revoked),
            ),
            (
                "the list gave a reason that is not known, and a check says yes",
                Case::linked().link(unknown).live(11, true),
                S::Linked,
            ),
            (
                "a link without a token",
                Case::linked().link(|link| link.authenticated = false),
                S::NeedsAttention(PermanentFailure::Unexplained),
            ),
            (
                "the list could not ask, a check could",
                Case::linked().link(limited).live(11, false),
                S::NeedsAttention(PermanentFailure::Revoked),
            ),
            (
                "the list could not renew, and a check finds that the token has ended",
                Case::linked().link(limited).link(expired).live(11, false),
                S::Renewing,
            ),
            (
                "the list was refused the renewal, and so is a check",
                Case::linked().link(broken).link(expired).live(11, false),
                S::NeedsAttention(PermanentFailure::Revoked),
            ),
            (
                "the list could not ask, and a check finds that the token has ended for good",
                Case::linked()
                    .link(limited)
                    .link(|link| {
                        expired(link);
                        link.has_refresh_token = false;
                    })
                    .live(11, false),
                S::NeedsAttention(PermanentFailure::Expired),
            ),
            (
                "broken",
                Case::linked().link(broken),
                S::NeedsAttention(PermanentFailure::Revoked),
            ),
            (
                "broken, and works again",
                Case::linked().link(broken).live(11, true),
                S::Linked,
            ),
            (
                "worked, and is broken",
                Case::linked().link(broken).live(9, true),
                S::NeedsAttention(PermanentFailure::Revoked),
            ),
            (
                "live says no to a link that the list knew",
                Case::linked().live(11, false),
                S::NeedsAttention(PermanentFailure::Revoked),
            ),
            (
                "expired since the list, and can be refreshed",
                Case::linked().link(expired).live(11, false),
                S::Renewing,
            ),
            (
                "expired, no refresh token",
                Case::linked()
                    .link(|link| {
                        expired(link);
                        link.has_refresh_token = false;
                    })
                    .live(11, false),
                S::NeedsAttention(PermanentFailure::Expired),
            ),
            (
                "expired, refreshing is off",
                Case::linked()
                    .link(expired)
                    .provider(|p| p.allow_refresh = false)
                    .live(11, false),
                S::NeedsAttention(PermanentFailure::Expired),
            ),
            (
                "expired, and the list could not refresh",
                Case::linked()
                    .link(|link| {
                        expired(link);
                        broken(link);
                    })
                    .live(9, false),
                S::NeedsAttention(PermanentFailure::Revoked),
            ),
            (
                "no app",
                Case::linked().with(installable),
                S::AppNotInstalled,
            ),
            (
                "an app",
                Case::linked().with(installable).with(|case| {
                    case.live
                        .iter_mut()
                        .for_each(|(live, _)| live.installations = vec![Installation::default()]);
                }),
                S::Linked,
            ),
            (
                "no app to be had",
                Case::linked().with(installable).with(|case| {
                    case.live
                        .iter_mut()
                        .for_each(|(live, _)| live.app_install_url = "javascript:1".into());
                }),
                S::Linked,
            ),
            (
                "no app, at a provider whose type is spelled in another case",
                Case::linked()
                    .with(installable)
                    .provider(|p| p.kind = "GitHub".into()),
                S::AppNotInstalled,
            ),
            (
                "no app, at a provider that does not say",
                Case::linked()
                    .with(installable)
                    .provider(|p| p.kind = "gitlab".into()),
                S::Linked,
            ),
            (
                "nothing to verify at",
                Case::linked().provider(|p| p.allow_validate = false),
                S::NotVerified,
            ),
            ("linked", Case::linked().live(11, true), S::Linked),
            (
                "has run out since the list",
                Case::linked().link(|link| {
                    link.has_refresh_token = false;
                    link.expires = Expiry::At(NOW.plus_ms(-5_000));
                }),
                S::NeedsAttention(PermanentFailure::Expired),
            ),
            (
                "has run out since the list, and is renewed",
                Case::linked().link(|link| link.expires = Expiry::At(NOW.plus_ms(-5_000))),
                S::Linked,
            ),
            (
                "had run out before, and works all the same",
                Case::linked().live(11, true).link(|link| {
                    link.has_refresh_token = false;
                    link.expires = Expiry::At(NOW.plus_ms(-5_000));
                }),
                S::Linked,
            ),
        ];
        for (name, case, state) in cases {
            assert_eq!(case.state(), state, "{name}");
        }
    }
}
