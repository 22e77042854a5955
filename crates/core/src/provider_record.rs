use crate::wire::{Expiry, ExternalAuth, Link, Provider};
use crate::{ApiError, LinkFailure, SafeUrl, Timestamp, classify_validate_error, redact};

/// An answer, and its place in the order in which questions were asked.
///
/// The order is a count and not a time, so that a clock that is set back
/// cannot make an old answer newer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Observation<T> {
    /// What was read.
    pub value: T,
    /// Later questions have larger numbers.
    pub order: u64,
    /// When the answer came; none where nobody was asked.
    pub at: Option<Timestamp>,
}

/// All that is known of one provider. What
/// [`ProviderState::of`](crate::ProviderState::of) makes of it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProviderRecord {
    /// What is configured; none for an orphan.
    pub provider: Option<Provider>,
    /// What the list said of the link, or what was done to it since.
    pub listed: Observation<Option<Link>>,
    /// The last live check that was answered.
    pub live: Option<Observation<ExternalAuth>>,
    /// The last live check that failed.
    pub failure: Option<Observation<ApiError>>,
    /// When the provider was last asked, by the list or live.
    pub checked_at: Option<Timestamp>,
}

impl ProviderRecord {
    /// Takes what a list says that was asked for at `order`, unless something
    /// newer is known of the link: a list that was asked for before an unlink
    /// still holds it.
    pub fn take_list(
        &mut self,
        provider: Option<Provider>,
        link: Option<Link>,
        order: u64,
        now: Timestamp,
    ) {
        self.provider = provider;
        if order <= self.listed.order {
            return;
        }
        match &link {
            // A later live answer stays: the account was linked meanwhile.
            None => self.forget_before(order),
            Some(listed) => {
                if self.is(|provider| provider.allow_validate) && was_checked(listed) {
                    self.checked_at = Some(now);
                }
                self.listed = Observation {
                    value: link,
                    order,
                    at: Some(now),
                };
            }
        }
    }

    /// Takes a live answer, unless the link was removed while it was on its way.
    pub fn take_live(&mut self, answer: ExternalAuth, order: u64, now: Timestamp) {
        if self.listed.value.is_none() && order < self.listed.order {
            return;
        }
        self.checked_at = Some(now);
        self.live = Some(Observation {
            value: answer,
            order,
            at: Some(now),
        });
    }

    /// Takes a live check that failed.
    pub fn take_failure(&mut self, error: ApiError, order: u64) {
        self.failure = Some(Observation {
            value: error,
            order,
            at: None,
        });
    }

    /// The link was removed.
    pub fn forget_link(&mut self, order: u64) {
        self.live = None;
        self.failure = None;
        self.forget_before(order);
    }

    /// Another person is signed in since `order`: what was learned before is
    /// somebody else's. What is configured is the same for all.
    pub fn forget_person(&mut self, order: u64) {
        self.live.take_if(|live| live.order < order);
        self.failure.take_if(|failure| failure.order < order);
        if self.listed.order < order {
            self.listed = Observation {
                // Older than any answer that is still to come.
                order: order.saturating_sub(1),
                ..Observation::default()
            };
            self.checked_at = self.live.as_ref().and_then(|live| live.at);
        }
    }

    /// There was no link at `order`: what was learned of one before is void.
    fn forget_before(&mut self, order: u64) {
        self.live.take_if(|live| live.order < order);
        self.failure.take_if(|failure| failure.order < order);
        if self.live.is_none() {
            self.checked_at = None;
        }
        self.listed = Observation {
            order,
            ..Observation::default()
        };
    }

    /// Whether the token has ended since the provider last accepted it, and is
    /// not renewed. Before that instant it was seen to work, after it nothing
    /// has to be asked.
    #[must_use]
    pub fn has_run_out(&self, now: Timestamp) -> bool {
        let Some(link) = &self.listed.value else {
            return false;
        };
        let Expiry::At(end) = link.expires else {
            return false;
        };
        let live = self
            .live
            .as_ref()
            .filter(|live| live.order > self.listed.order);
        let accepted_at = live.map_or(self.listed.at, |live| live.at);
        end <= now && !self.renews() && accepted_at.is_some_and(|at| at < end)
    }

    /// Whether there is a link by the list.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.listed.value.is_some()
    }

    /// Whether a live check says more than the list: only of linked `github`
    /// providers, of which it knows who and where the app is installed.
    #[must_use]
    pub fn says_more_live(&self) -> bool {
        self.is_listed() && self.is(Provider::is_github)
    }

    /// Whether the provider's app is installed nowhere and there is no address
    /// to install it at that may be followed: nobody but an administrator can
    /// change that. An older live answer tells it as well.
    #[must_use]
    pub fn lacks_install_address(&self) -> bool {
        (self.provider.as_ref().zip(self.live.as_ref())).is_some_and(|(provider, live)| {
            is_app_missing(provider, &live.value)
                && SafeUrl::parse(&live.value.app_install_url).is_none()
        })
    }

    /// Whether a live check that is later than the list was refused.
    #[must_use]
    pub fn is_refused_live(&self) -> bool {
        (self.live.as_ref())
            .is_some_and(|live| live.order > self.listed.order && !live.value.authenticated)
    }

    /// What the server or the provider complained of, in their words and
    /// redacted, where that is why the link is in the state that it is in;
    /// else empty: a live "no" has no words, and those of an older failure
    /// would contradict what is shown.
    #[must_use]
    pub fn complaint(&self) -> String {
        let listed = &self.listed;
        let live = self.live.as_ref().filter(|live| live.order > listed.order);
        let link = listed.value.as_ref();
        if link.is_none() && !live.is_some_and(|live| live.value.authenticated) {
            return String::new();
        }
        let last_answer = live.map_or(listed.order, |live| live.order);
        let failure = (self.failure.as_ref())
            .filter(|failure| failure.order > last_answer && failure.value.is_transient());
        if let Some(failure) = failure {
            return failure.value.to_string();
        }
        let is_why = |link: &&Link| match live {
            Some(live) => {
                let failure = classify_validate_error(&link.validate_error);
                !live.value.authenticated && matches!(failure, LinkFailure::Permanent(_))
            }
            None => true,
        };
        link.filter(|link| !link.authenticated)
            .filter(is_why)
            .map(|link| redact(&link.validate_error))
            .unwrap_or_default()
    }

    /// A flag of the provider's configuration; `false` for an orphan.
    pub fn is(&self, flag: impl Fn(&Provider) -> bool) -> bool {
        self.provider.as_ref().is_some_and(flag)
    }

    /// Whether the deployment renews the token by itself: it may, and has a
    /// refresh token to do it with.
    #[must_use]
    pub fn renews(&self) -> bool {
        self.is(|provider| provider.allow_refresh)
            && (self.listed.value.as_ref()).is_some_and(|link| link.has_refresh_token)
    }
}

/// Whether an app is installed nowhere. Only `github` providers list their
/// installations; the others answer with none, whatever is installed.
pub(crate) fn is_app_missing(provider: &Provider, live: &ExternalAuth) -> bool {
    provider.is_github()
        && live.authenticated
        && live.app_installable
        && live.installations.is_empty()
}

/// Whether the list could ask the provider: it has an answer, or a refusal.
fn was_checked(link: &Link) -> bool {
    link.authenticated
        || matches!(
            classify_validate_error(&link.validate_error),
            LinkFailure::Permanent(_)
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ApiErrorKind, ProviderState};

    const NOW: Timestamp = Timestamp::from_unix_ms(1_780_000_000_000);

    fn listed(order: u64) -> ProviderRecord {
        let mut record = ProviderRecord::default();
        let provider = Provider {
            id: "github".into(),
            kind: "github".into(),
            ..Provider::default()
        };
        record.take_list(Some(provider), Some(Link::default()), order, NOW);
        record
    }

    #[test]
    fn a_list_from_before_an_unlink_does_not_bring_the_link_back() {
        let mut record = listed(1);
        record.forget_link(3);
        record.take_list(None, Some(Link::default()), 2, NOW);
        assert!(!record.is_listed());
        record.take_list(None, Some(Link::default()), 4, NOW);
        assert!(record.is_listed());
    }

    #[test]
    fn a_live_answer_from_before_an_unlink_is_dropped() {
        let mut record = listed(1);
        record.forget_link(3);
        record.take_live(ExternalAuth::default(), 2, NOW);
        assert_eq!(record.live, None);
        record.take_live(ExternalAuth::default(), 4, NOW);
        assert!(record.live.is_some());
    }

    #[test]
    fn another_person_leaves_what_is_configured_and_what_was_read_for_them() {
        let mut record = listed(1);
        record.take_live(ExternalAuth::default(), 2, NOW);
        record.take_failure(ApiError::new(ApiErrorKind::TimedOut, "GET /x", ""), 3);
        let provider = record.provider.clone();
        let mut read_before = record.clone();
        read_before.forget_person(4);
        assert_eq!((read_before.is_listed(), &read_before.live), (false, &None));
        assert_eq!(
            (&read_before.failure, read_before.checked_at),
            (&None, None)
        );
        assert_eq!(read_before.provider, provider);
        // Their list was asked for together with who they are.
        read_before.take_list(provider.clone(), Some(Link::default()), 4, NOW);
        assert!(read_before.is_listed());

        record.take_list(provider, Some(Link::default()), 4, NOW);
        record.forget_person(4);
        assert!(record.is_listed(), "it is theirs");
        assert_eq!(record.live, None);
    }

    #[test]
    fn a_list_from_before_a_link_does_not_take_it_away() {
        let mut record = listed(1);
        record.forget_link(2);
        let works = ExternalAuth {
            authenticated: true,
            ..ExternalAuth::default()
        };
        record.take_live(works, 4, NOW);
        let provider = record.provider.clone();
        record.take_list(provider, None, 3, NOW);
        assert!(record.live.is_some());
        assert_eq!(record.checked_at, Some(NOW));
        assert!(ProviderState::of(&record, NOW).is_linked());
    }

    #[test]
    fn a_list_without_the_link_forgets_all_that_was_known_of_it() {
        let mut record = listed(1);
        record.take_live(ExternalAuth::default(), 2, NOW);
        record.take_failure(ApiError::new(ApiErrorKind::TimedOut, "GET /x", ""), 3);
        let provider = record.provider.clone();
        record.take_list(provider.clone(), None, 4, NOW);
        assert_eq!(
            record,
            ProviderRecord {
                provider,
                listed: Observation {
                    order: 4,
                    ..Observation::default()
                },
                ..ProviderRecord::default()
            }
        );
    }

    #[test]
    fn a_complaint_is_gone_when_the_link_works_again() {
        let mut record = listed(1);
        let broken = Link {
            validate_error: "token failed to validate".into(),
            ..Link::default()
        };
        record.take_list(record.provider.clone(), Some(broken), 2, NOW);
        assert_eq!(record.complaint(), "token failed to validate");
        record.take_failure(ApiError::new(ApiErrorKind::TimedOut, "GET /x", "late"), 3);
        assert_eq!(record.complaint(), "GET /x had no answer: late");
        let works = ExternalAuth {
            authenticated: true,
            ..ExternalAuth::default()
        };
        record.take_live(works, 4, NOW);
        assert_eq!(record.complaint(), "");
    }

    #[test]
    fn a_complaint_of_another_state_than_the_one_that_is_shown_is_not_repeated() {
        let limited = Link {
            validate_error: "status 429: body: x".into(),
            ..Link::default()
        };
        let mut record = listed(1);
        record.take_list(record.provider.clone(), Some(limited), 2, NOW);
        assert_eq!(record.complaint(), "status 429: body: x");
        record.take_failure(ApiError::new(ApiErrorKind::TimedOut, "GET /x", "late"), 3);
        record.take_live(ExternalAuth::default(), 4, NOW);
        assert_eq!(record.complaint(), "", "revoked, and nobody says why");
        record.take_failure(ApiError::new(ApiErrorKind::NotFound, "GET /x", "gone"), 5);
        assert_eq!(record.complaint(), "", "told beside the state");
        record.forget_link(6);
        record.take_failure(ApiError::new(ApiErrorKind::TimedOut, "GET /x", "late"), 7);
        assert_eq!(record.complaint(), "", "there is no link to complain of");
    }

    #[test]
    fn an_unknown_reason_is_there_to_be_read() {
        let mut record = listed(1);
        let unknown = Link {
            validate_error: "something new".into(),
            ..Link::default()
        };
        record.take_list(record.provider.clone(), Some(unknown), 2, NOW);
        assert_eq!(record.complaint(), "something new");
    }

    #[test]
    fn only_an_app_that_is_missing_lacks_an_address() {
        let lacks = |change: fn(&mut Provider, &mut ExternalAuth)| {
            let mut record = listed(1);
            let mut provider = record.provider.take().unwrap();
            let mut live = ExternalAuth {
                authenticated: true,
                app_installable: true,
                ..ExternalAuth::default()
            };
            change(&mut provider, &mut live);
            record.provider = Some(provider);
            record.take_live(live, 2, NOW);
            record.lacks_install_address()
        };
        assert!(lacks(|_, _| ()));
        assert!(lacks(|provider, _| provider.kind = "GitHub".into()));
        assert!(lacks(|_, live| live.app_install_url = "javascript:1".into()));
        assert!(!lacks(
            |_, live| live.app_install_url = "https://git.example/apps/x".into()
        ));
        assert!(!lacks(|_, live| live.app_installable = false));
        assert!(!lacks(|_, live| live.authenticated = false));
        assert!(!lacks(
            |_, live| live.installations = vec![crate::wire::Installation::default()]
        ));
        assert!(!lacks(|provider, _| provider.kind = "gitlab".into()));
    }

    #[test]
    fn only_what_was_asked_counts_as_checked() {
        let list = |allow_validate, validate_error: &str| {
            let mut record = ProviderRecord::default();
            let provider = Provider {
                allow_validate,
                ..Provider::default()
            };
            let link = Link {
                validate_error: validate_error.into(),
                authenticated: validate_error.is_empty(),
                ..Link::default()
            };
            record.take_list(Some(provider), Some(link), 1, NOW);
            record.checked_at
        };
        assert_eq!(list(true, ""), Some(NOW));
        assert_eq!(list(true, "token failed to validate"), Some(NOW));
        assert_eq!(list(true, "status 429: body: x"), None);
        assert_eq!(list(true, "something new"), None, "unknown is unknown");
        assert_eq!(list(false, ""), None);
    }

    #[test]
    fn only_linked_github_providers_are_worth_asking_live() {
        let mut record = listed(1);
        assert!(record.says_more_live());
        let mut spelled = record.clone();
        spelled.provider = Some(Provider {
            kind: "GitHub".into(),
            ..Provider::default()
        });
        assert!(spelled.says_more_live(), "types are compared without case");
        record.forget_link(2);
        assert!(!record.says_more_live());
        let mut gitlab = listed(1);
        gitlab.provider = Some(Provider {
            kind: "gitlab".into(),
            ..Provider::default()
        });
        assert!(!gitlab.says_more_live());
    }
}
