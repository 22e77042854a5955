use super::*;
use crate::wire::{Expiry, ExternalAuth, Installation, Provider};
use crate::{ApiError, ApiErrorKind, Observation};

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

    /// A live answer at this place in the sequence; the list is at 10.
    fn live(self, sequence: u64, authenticated: bool) -> Self {
        self.with(|case| {
            case.live = Some((
                ExternalAuth {
                    authenticated,
                    ..ExternalAuth::default()
                },
                sequence,
            ));
        })
    }

    fn failure(self, sequence: u64, kind: ApiErrorKind) -> Self {
        self.with(|case| case.failure = Some((kind, sequence)))
    }

    fn state(&self) -> ProviderState {
        let failure = (self.failure).map(|(kind, sequence)| Observation {
            value: ApiError::new(kind, "GET /x", ""),
            sequence,
            at: None,
        });
        let live = (self.live.clone()).map(|(value, sequence)| Observation {
            value,
            sequence,
            at: Some(NOW.plus_ms(-1_000)),
        });
        let record = ProviderRecord {
            provider: self.provider.clone(),
            listed: Observation {
                value: self.link.clone(),
                sequence: 10,
                at: Some(NOW.plus_ms(-10_000)),
            },
            live,
            failure,
            ..ProviderRecord::default()
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
