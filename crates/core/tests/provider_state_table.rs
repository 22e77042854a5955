//! Every combination of what the state of a provider depends on, against a
//! table that is written from what a person must see and from nothing else.

use std::iter::once;

use external_auth_core::wire::{Expiry, ExternalAuth, Installation, Link, Provider};
use external_auth_core::{
    ApiError, ApiErrorKind, FailedResponse, LinkFailure, Observation, PermanentFailure as F,
    ProviderRecord, ProviderState as S, RowInput, RowModel, StateReason, Timestamp,
    TransientFailure as P,
};

const NOW: Timestamp = Timestamp::from_unix_ms(1_780_000_000_000);

// The sequence of events, oldest first: a failure, a live answer, a failure, the
// list, a failure, a live answer, a failure.
const LIST_SEQUENCE: u64 = 40;
const AFTER_ALL: u64 = 80;

// It shares no factor with the number of cases of any dimension.
const ROW_STEP: u32 = 13;

// Tokens end before the list, between it and the later live answer, or now.
const EARLIER_LIVE_AT: Timestamp = NOW.plus_ms(-30_000);
const BEFORE_THE_LIST: Timestamp = NOW.plus_ms(-25_000);
const LIST_AT: Timestamp = NOW.plus_ms(-20_000);
const SINCE_THE_LIST: Timestamp = NOW.plus_ms(-15_000);
const LATER_LIVE_AT: Timestamp = NOW.plus_ms(-10_000);

#[derive(Debug, Clone, Copy)]
struct Case {
    provider: Option<ProviderCase>,
    link: Option<LinkCase>,
    live: Option<LiveCase>,
    failure: Option<FailureCase>,
}

#[derive(Debug, Clone, Copy)]
struct ProviderCase {
    github: bool,
    allow_validate: bool,
    allow_refresh: bool,
}

#[derive(Debug, Clone, Copy)]
struct LinkCase {
    answer: ListAnswer,
    has_refresh_token: bool,
    ends: Ends,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum ListAnswer {
    Yes,
    Revoked,
    Expired,
    RefreshRefused,
    EmptyReason,
    RateLimited,
    Unavailable,
    TimedOut,
    Unreachable,
    Forbidden,
    ServerTrouble,
    UnknownReason,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Ends {
    Unknown,
    Never,
    Later,
    BeforeTheList,
    SinceTheList,
    Now,
}

#[derive(Debug, Clone, Copy)]
struct LiveCase {
    place: LivePlace,
    authenticated: bool,
    app: App,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum LivePlace {
    BeforeTheList,
    AfterTheList,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum App {
    NotInstallable,
    InstalledNowhere,
    InstalledNowhereUnsafeUrl,
    Installed,
}

#[derive(Debug, Clone, Copy)]
struct FailureCase {
    place: FailurePlace,
    kind: FailureKind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum FailurePlace {
    First,
    BeforeTheList,
    AfterTheList,
    Last,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum FailureKind {
    Unreachable,
    TimedOut,
    Aborted,
    RateLimited,
    Unreadable,
    ProxyFailed,
    ProviderLimited,
    ProviderUnavailable,
    ProviderTimedOut,
    ProviderUnreachable,
    ProviderForbids,
    ProviderUnclear,
    ReasonUnknown,
    CoderFailed,
    Unauthorized,
    Forbidden,
    NotFound,
    CsrfRefused,
    Rejected,
}

/// What the specification says: the first row that fits.
struct Row {
    name: &'static str,
    fits: fn(&Case) -> bool,
    state: fn(&Case) -> Option<S>,
    reason: Reason,
}

/// Whose words say why a provider is in its state.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Reason {
    None,
    FailedCheck,
    List,
}

const TABLE: &[Row] = &[
    Row {
        name: "orphan",
        fits: |case| case.provider.is_none(),
        state: |_| Some(S::NoLongerConfigured),
        reason: Reason::None,
    },
    Row {
        name: "no link, and none found since",
        fits: |case| case.link.is_none() && !case.live_yes(),
        state: |_| Some(S::NotLinked),
        reason: Reason::None,
    },
    Row {
        name: "the last check failed in passing",
        fits: |case| case.passing_failure().is_some(),
        state: |case| case.passing_failure().map(S::CouldNotCheck),
        reason: Reason::FailedCheck,
    },
    Row {
        name: "refused for good when it was listed, and not seen to work since",
        fits: |case| case.permanent_failure().is_some() && !case.live_yes(),
        state: |case| case.permanent_failure().map(S::NeedsAttention),
        reason: Reason::List,
    },
    Row {
        name: "ended, which is all that a live no says, and renewed by the list",
        fits: |case| case.live_no() && case.has_ended() && case.is_renewed(),
        state: |_| Some(S::Renewing),
        reason: Reason::None,
    },
    Row {
        name: "ended, and nobody renews it",
        fits: |case| case.live_no() && case.has_ended(),
        state: |_| Some(S::NeedsAttention(F::Expired)),
        reason: Reason::None,
    },
    Row {
        name: "refused live before its end",
        fits: Case::live_no,
        state: |_| Some(S::NeedsAttention(F::Revoked)),
        reason: Reason::None,
    },
    Row {
        name: "the list could not ask, and nobody has since",
        fits: |case| case.transient_failure().is_some() && !case.live_yes(),
        state: |case| case.transient_failure().map(S::CouldNotCheck),
        reason: Reason::List,
    },
    Row {
        name: "ended since it was last seen to work, and nobody renews it",
        fits: |case| case.has_ended_since_a_yes() && !case.is_renewed(),
        state: |_| Some(S::NeedsAttention(F::Expired)),
        reason: Reason::None,
    },
    Row {
        name: "works, but the app is installed nowhere",
        fits: Case::lacks_app,
        state: |_| Some(S::AppNotInstalled),
        reason: Reason::None,
    },
    Row {
        name: "works, as far as anyone can say",
        fits: |case| !case.allows_validate(),
        state: |_| Some(S::NotVerified),
        reason: Reason::None,
    },
    Row {
        name: "works",
        fits: |_| true,
        state: |_| Some(S::Linked),
        reason: Reason::None,
    },
];

impl Case {
    fn live_says(&self, authenticated: bool) -> bool {
        self.live.is_some_and(|live| {
            live.place == LivePlace::AfterTheList && live.authenticated == authenticated
        })
    }

    fn live_yes(&self) -> bool {
        self.live_says(true)
    }

    fn live_no(&self) -> bool {
        self.live_says(false)
    }

    /// A failure that no answer came after.
    fn last_failure(&self) -> Option<FailureKind> {
        let answered_since = match self.failure?.place {
            FailurePlace::First | FailurePlace::BeforeTheList => true,
            FailurePlace::AfterTheList => self.live_yes() || self.live_no(),
            FailurePlace::Last => false,
        };
        (!answered_since).then_some(self.failure?.kind)
    }

    fn passing_failure(&self) -> Option<P> {
        self.last_failure()?.passing()
    }

    fn allows_validate(&self) -> bool {
        self.provider
            .is_some_and(|provider| provider.allow_validate)
    }

    fn is_renewed(&self) -> bool {
        self.provider.is_some_and(|provider| provider.allow_refresh)
            && self.link.is_some_and(|link| link.has_refresh_token)
    }

    fn ends(&self) -> Ends {
        self.link.map_or(Ends::Unknown, |link| link.ends)
    }

    fn has_ended(&self) -> bool {
        matches!(
            self.ends(),
            Ends::BeforeTheList | Ends::SinceTheList | Ends::Now
        )
    }

    fn has_ended_since_a_yes(&self) -> bool {
        match self.ends() {
            Ends::Unknown | Ends::Never | Ends::Later | Ends::BeforeTheList => false,
            Ends::SinceTheList => !self.live_yes(),
            Ends::Now => true,
        }
    }

    fn refusal(&self) -> Option<LinkFailure> {
        self.link.and_then(|link| link.answer.refusal())
    }

    fn permanent_failure(&self) -> Option<F> {
        match self.refusal()? {
            LinkFailure::Permanent(failure) => Some(failure),
            LinkFailure::Transient(_) => None,
        }
    }

    fn transient_failure(&self) -> Option<P> {
        match self.refusal()? {
            LinkFailure::Transient(failure) => Some(failure),
            LinkFailure::Permanent(_) => None,
        }
    }

    /// Where the app is installed is told by an earlier answer as well, if
    /// only the token worked then.
    fn lacks_app(&self) -> bool {
        self.provider.is_some_and(|provider| provider.github)
            && (self.live)
                .is_some_and(|live| live.authenticated && live.app == App::InstalledNowhere)
    }
}

impl Reason {
    /// The reason of a record; none where the record does not hold it.
    fn of(self, record: &ProviderRecord) -> Option<StateReason<'_>> {
        Some(match self {
            Self::None => StateReason::None,
            Self::FailedCheck => StateReason::FailedCheck(&record.failure.as_ref()?.value),
            Self::List => StateReason::ValidateError(&record.listed.value.as_ref()?.validate_error),
        })
    }
}

impl ListAnswer {
    const ALL: [Self; 12] = [
        Self::Yes,
        Self::Revoked,
        Self::Expired,
        Self::RefreshRefused,
        Self::EmptyReason,
        Self::RateLimited,
        Self::Unavailable,
        Self::TimedOut,
        Self::Unreachable,
        Self::Forbidden,
        Self::ServerTrouble,
        Self::UnknownReason,
    ];

    fn validate_error(self) -> &'static str {
        match self {
            Self::Yes | Self::EmptyReason => "",
            Self::Revoked => "token failed to validate",
            Self::Expired => {
                "token expired, refreshing is either disabled or refreshing failed and will not be retried"
            }
            Self::RefreshRefused => {
                "token expired and refreshing failed 3m ago with: invalid_grant"
            }
            Self::RateLimited => "validate external auth token: status 429: body: slow down",
            Self::Unavailable => "validate external auth token: status 503: body: <html></html>",
            Self::TimedOut => "refresh token: context deadline exceeded",
            Self::Unreachable => "refresh token: dial tcp: connection refused",
            Self::Forbidden => "refresh token: oauth2: cannot fetch token: 403 Forbidden",
            Self::ServerTrouble => "persist refreshed token: token expired",
            Self::UnknownReason => "expired, revoked, refresh token: something new",
        }
    }

    fn refusal(self) -> Option<LinkFailure> {
        Some(match self {
            Self::Yes => return None,
            Self::Revoked => LinkFailure::Permanent(F::Revoked),
            Self::Expired => LinkFailure::Permanent(F::Expired),
            Self::RefreshRefused => LinkFailure::Permanent(F::RefreshRefused),
            Self::EmptyReason => LinkFailure::Permanent(F::Unexplained),
            Self::RateLimited => LinkFailure::Transient(P::RateLimited),
            Self::Unavailable => LinkFailure::Transient(P::Unavailable),
            Self::TimedOut => LinkFailure::Transient(P::TimedOut),
            Self::Unreachable => LinkFailure::Transient(P::Unreachable),
            Self::Forbidden => LinkFailure::Transient(P::Forbidden),
            Self::ServerTrouble => LinkFailure::Transient(P::DeploymentFailed),
            Self::UnknownReason => LinkFailure::Transient(P::UnknownReason),
        })
    }
}

impl FailureKind {
    const ALL: [Self; 19] = [
        Self::Unreachable,
        Self::TimedOut,
        Self::Aborted,
        Self::RateLimited,
        Self::Unreadable,
        Self::ProxyFailed,
        Self::ProviderLimited,
        Self::ProviderUnavailable,
        Self::ProviderTimedOut,
        Self::ProviderUnreachable,
        Self::ProviderForbids,
        Self::ProviderUnclear,
        Self::ReasonUnknown,
        Self::CoderFailed,
        Self::Unauthorized,
        Self::Forbidden,
        Self::NotFound,
        Self::CsrfRefused,
        Self::Rejected,
    ];

    fn passing(self) -> Option<P> {
        match self {
            Self::Unreachable | Self::Aborted => Some(P::NoConnection),
            Self::TimedOut | Self::ProviderTimedOut => Some(P::TimedOut),
            Self::RateLimited => Some(P::DeploymentLimited),
            Self::Unreadable => Some(P::Unreadable),
            Self::ProxyFailed | Self::CoderFailed => Some(P::DeploymentFailed),
            Self::ProviderLimited => Some(P::RateLimited),
            Self::ProviderUnavailable => Some(P::Unavailable),
            Self::ProviderUnreachable | Self::ProviderUnclear => Some(P::Unreachable),
            Self::ProviderForbids => Some(P::Forbidden),
            Self::ReasonUnknown => Some(P::UnknownReason),
            Self::Unauthorized
            | Self::Forbidden
            | Self::NotFound
            | Self::CsrfRefused
            | Self::Rejected => None,
        }
    }

    fn error(self) -> ApiError {
        let without_answer = |kind| ApiError::new(kind, "GET /x", "no answer");
        let json = |status, body| response(status, "application/json", body);
        match self {
            Self::Unreachable => without_answer(ApiErrorKind::Unreachable),
            Self::TimedOut => without_answer(ApiErrorKind::TimedOut),
            Self::Aborted => without_answer(ApiErrorKind::Aborted),
            Self::RateLimited => json(429, r#"{"message":"slow down"}"#),
            Self::Unreadable => ApiError::unreadable("GET /x", 200, "text/html", "cut off"),
            Self::ProxyFailed => response(502, "text/html", "<html>Bad gateway</html>"),
            Self::ProviderLimited => provider_failed("status 429: body: x"),
            Self::ProviderForbids => provider_failed("status 403: body: rate limit"),
            Self::ReasonUnknown => provider_failed("something new"),
            Self::CoderFailed => json(
                500,
                r#"{"message":"An internal server error occurred.","detail":"connection refused"}"#,
            ),
            Self::ProviderUnavailable => provider_failed("status 502: body: x"),
            Self::ProviderTimedOut => provider_failed("context deadline exceeded"),
            Self::ProviderUnreachable => provider_failed("dial tcp: connection refused"),
            Self::ProviderUnclear => provider_failed(""),
            Self::Unauthorized => json(401, r#"{"message":"sign in"}"#),
            Self::Forbidden => json(403, r#"{"message":"forbidden"}"#),
            Self::NotFound => json(404, r#"{"message":"not found"}"#),
            Self::CsrfRefused => response(
                400,
                "text/plain",
                "Something is wrong with your CSRF token. Please refresh the page.",
            ),
            Self::Rejected => json(400, r#"{"message":"no"}"#),
        }
    }
}

fn response(status: u16, content_type: &str, body: &str) -> ApiError {
    let response = FailedResponse {
        status,
        content_type,
        retry_after: None,
        body,
    };
    ApiError::from_response("GET /x", response)
}

fn provider_failed(detail: &str) -> ApiError {
    let body = format!(r#"{{"message":"Failed to validate token.","detail":"{detail}"}}"#);
    response(500, "application/json", &body)
}

/// What is known in the cases of one dimension, made once for all of them.
struct Dimension<C, K>(Vec<(C, K)>);

impl<C: Copy, K> Dimension<C, K> {
    fn of(cases: impl IntoIterator<Item = C>, known: impl Fn(C) -> K) -> Self {
        Self(cases.into_iter().map(|case| (case, known(case))).collect())
    }
}

fn providers() -> Dimension<Option<ProviderCase>, Option<Provider>> {
    let mut cases = vec![None];
    for github in [true, false] {
        for allow_validate in [true, false] {
            for allow_refresh in [true, false] {
                cases.push(Some(ProviderCase {
                    github,
                    allow_validate,
                    allow_refresh,
                }));
            }
        }
    }
    Dimension::of(cases, |case| {
        case.map(|case| Provider {
            id: "x".into(),
            kind: match case {
                // Types are compared without regard to case.
                ProviderCase {
                    github: true,
                    allow_refresh: true,
                    ..
                } => "GitHub",
                ProviderCase { github: true, .. } => "github",
                _ => "gitlab",
            }
            .into(),
            allow_validate: case.allow_validate,
            allow_refresh: case.allow_refresh,
            ..Provider::default()
        })
    })
}

fn links() -> Dimension<Option<LinkCase>, Observation<Option<Link>>> {
    let mut cases = vec![None];
    for answer in ListAnswer::ALL {
        for has_refresh_token in [true, false] {
            for ends in [
                Ends::Unknown,
                Ends::Never,
                Ends::Later,
                Ends::BeforeTheList,
                Ends::SinceTheList,
                Ends::Now,
            ] {
                cases.push(Some(LinkCase {
                    answer,
                    has_refresh_token,
                    ends,
                }));
            }
        }
    }
    Dimension::of(cases, |case| Observation {
        value: case.map(link),
        sequence: LIST_SEQUENCE,
        at: case.map(|_| LIST_AT),
    })
}

fn link(case: LinkCase) -> Link {
    Link {
        provider_id: "x".into(),
        authenticated: case.answer == ListAnswer::Yes,
        validate_error: case.answer.validate_error().into(),
        has_refresh_token: case.has_refresh_token,
        expires: match case.ends {
            Ends::Unknown => Expiry::Unknown,
            Ends::Never => Expiry::Never,
            Ends::Later => Expiry::At(NOW.plus_ms(1)),
            Ends::BeforeTheList => Expiry::At(BEFORE_THE_LIST),
            Ends::SinceTheList => Expiry::At(SINCE_THE_LIST),
            Ends::Now => Expiry::At(NOW),
        },
        ..Link::default()
    }
}

fn lives() -> Dimension<Option<LiveCase>, Option<Observation<ExternalAuth>>> {
    let mut cases = vec![None];
    for place in [LivePlace::BeforeTheList, LivePlace::AfterTheList] {
        for authenticated in [true, false] {
            for app in [
                App::NotInstallable,
                App::InstalledNowhere,
                App::InstalledNowhereUnsafeUrl,
                App::Installed,
            ] {
                cases.push(Some(LiveCase {
                    place,
                    authenticated,
                    app,
                }));
            }
        }
    }
    Dimension::of(cases, |case| {
        case.map(|case| {
            let (sequence, at) = match case.place {
                LivePlace::BeforeTheList => (20, EARLIER_LIVE_AT),
                LivePlace::AfterTheList => (60, LATER_LIVE_AT),
            };
            Observation {
                value: live_answer(case.authenticated, case.app),
                sequence,
                at: Some(at),
            }
        })
    })
}

fn live_answer(authenticated: bool, app: App) -> ExternalAuth {
    ExternalAuth {
        authenticated,
        app_installable: app != App::NotInstallable,
        app_install_url: match app {
            App::InstalledNowhereUnsafeUrl => "javascript:alert(1)".into(),
            _ => "https://git.example/apps/x".into(),
        },
        installations: match app {
            App::Installed => vec![Installation::default()],
            _ => Vec::new(),
        },
        ..ExternalAuth::default()
    }
}

fn failures() -> Dimension<Option<FailureCase>, Option<Observation<ApiError>>> {
    let places = [
        FailurePlace::First,
        FailurePlace::BeforeTheList,
        FailurePlace::AfterTheList,
        FailurePlace::Last,
    ];
    let cases = places
        .into_iter()
        .flat_map(|place| FailureKind::ALL.map(|kind| Some(FailureCase { place, kind })));
    Dimension::of(once(None).chain(cases), |case| {
        case.map(|case| Observation {
            value: case.kind.error(),
            sequence: match case.place {
                FailurePlace::First => 10,
                FailurePlace::BeforeTheList => 30,
                FailurePlace::AfterTheList => 50,
                FailurePlace::Last => 70,
            },
            at: None,
        })
    })
}

fn row_of(record: &ProviderRecord) -> RowModel {
    RowModel::of(RowInput {
        id: "x",
        name: "X",
        record,
        pending: None,
        warning: None,
        is_linking: false,
        verification_uri: "",
        now: NOW,
    })
}

/// Calls `visit` with every combination there is.
fn for_each_case(mut visit: impl FnMut(&Case, &ProviderRecord)) {
    let (links, lives, failures) = (links(), lives(), failures());
    let mut record = ProviderRecord::default();
    for (provider, known) in providers().0 {
        record.provider = known;
        for (link, known) in &links.0 {
            record.listed = known.clone();
            for (live, known) in &lives.0 {
                record.live.clone_from(known);
                for (failure, known) in &failures.0 {
                    record.failure.clone_from(known);
                    let case = Case {
                        provider,
                        link: *link,
                        live: *live,
                        failure: *failure,
                    };
                    visit(&case, &record);
                }
            }
        }
    }
}

#[test]
fn every_combination_is_in_the_state_that_the_table_says() {
    let mut fitted = [0_u32; TABLE.len()];
    let mut states = Vec::new();
    let mut disagreements = Vec::new();
    for_each_case(|case, record| {
        let position = (TABLE.iter().position(|row| (row.fits)(case))).unwrap();
        fitted[position] += 1;
        let row = &TABLE[position];
        let (state, reason) = S::with_reason(record, NOW);
        // An orphan tells the reason of its link all the same.
        let agrees = (row.state)(case) == Some(state)
            && (case.provider.is_none() || Some(reason) == row.reason.of(record));
        // A row takes longer to make. This step meets every case of every
        // dimension, and all their pairs.
        let is_row_meant = fitted.iter().sum::<u32>() % ROW_STEP == 0;
        let row_agrees = || {
            let model = row_of(record);
            model.state == state && model.reason == reason.into()
        };
        if !agrees || is_row_meant && !row_agrees() {
            disagreements.push((row.name, state, *case));
        }
        if !states.contains(&state) {
            states.push(state);
        }
    });
    assert!(
        disagreements.is_empty(),
        "{} disagreements, such as {:#?}",
        disagreements.len(),
        disagreements.first()
    );
    // Providers, links, live answers, failures: none may be lost unnoticed.
    assert_eq!(fitted.iter().sum::<u32>(), 9 * 145 * 17 * 77);
    for (row, count) in TABLE.iter().zip(fitted) {
        assert_ne!(count, 0, "nothing fits \"{}\"", row.name);
    }

    let passing = [
        P::RateLimited,
        P::Unavailable,
        P::Forbidden,
        P::TimedOut,
        P::Unreachable,
        P::NoConnection,
        P::DeploymentLimited,
        P::DeploymentFailed,
        P::Unreadable,
        P::UnknownReason,
    ];
    let lasting = [F::Expired, F::RefreshRefused, F::Revoked, F::Unexplained];
    let plain = [
        S::NoLongerConfigured,
        S::NotLinked,
        S::Renewing,
        S::AppNotInstalled,
        S::NotVerified,
        S::Linked,
    ];
    let every_state = (plain.into_iter())
        .chain(passing.map(S::CouldNotCheck))
        .chain(lasting.map(S::NeedsAttention));
    let expected: Vec<_> = every_state.collect();
    for state in &expected {
        assert!(states.contains(state), "nothing is {state:?}");
    }
    assert_eq!(states.len(), expected.len());
}

#[test]
fn no_combination_says_two_things_that_contradict_each_other() {
    for_each_case(|case, record| {
        let (state, reason) = S::with_reason(record, NOW);
        let complains = || !reason.words().is_empty();
        let holds = match state {
            S::NoLongerConfigured => case.provider.is_none(),
            S::NotLinked => case.link.is_none() && !complains(),
            S::CouldNotCheck(_) => (case.link.is_some() || case.live_yes()) && complains(),
            S::NeedsAttention(F::RefreshRefused) => complains(),
            S::NeedsAttention(F::Revoked) => {
                // A live no has no words, and is the only thing that makes
                // more of a transient failure.
                case.live_no() || case.permanent_failure() == Some(F::Revoked) && complains()
            }
            S::NeedsAttention(F::Expired) => {
                case.has_ended() || case.permanent_failure() == Some(F::Expired)
            }
            S::NeedsAttention(F::Unexplained) => case
                .link
                .is_some_and(|link| link.answer == ListAnswer::EmptyReason),
            S::Renewing => case.is_renewed() && case.has_ended(),
            S::AppNotInstalled | S::NotVerified | S::Linked => !complains(),
        };
        assert!(holds, "{state:?}, {reason:?}: {case:#?}");
    });
}

#[test]
fn a_stale_failure_is_gone_when_the_link_works_again() {
    for_each_case(|case, record| {
        if case.provider.is_none() || case.link.is_none() {
            return;
        }
        let app = case.live.map_or(App::InstalledNowhere, |live| live.app);
        let mut record = record.clone();
        record.apply_live(live_answer(true, app), AFTER_ALL, NOW);
        let (state, reason) = S::with_reason(&record, NOW);
        assert!(
            matches!(state, S::Linked | S::NotVerified | S::AppNotInstalled),
            "{state:?}: {case:#?}"
        );
        assert_eq!(reason, StateReason::None, "{case:#?}");
    });
}
