use crate::wire::{ExternalAuth, Link, Provider};
use crate::{ApiError, Timestamp};

/// An answer, and its place in the order in which questions were asked.
///
/// The order is a count and not a time, so that a clock that is set back
/// cannot make an old answer newer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading<T> {
    /// What was read.
    pub value: T,
    /// Later questions have larger numbers.
    pub order: u64,
}

/// All that is known of one provider. What
/// [`ProviderState::of`](crate::ProviderState::of) makes of it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Knowledge {
    /// What is configured; none for an orphan.
    pub provider: Option<Provider>,
    /// What the list said of the link, or what was done to it since.
    pub listed: Reading<Option<Link>>,
    /// The last live check that was answered.
    pub live: Option<Reading<ExternalAuth>>,
    /// The last live check that failed.
    pub failure: Option<Reading<ApiError>>,
    /// When the provider was last asked, by the list or live.
    pub checked_at: Option<Timestamp>,
}

impl Knowledge {
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
        if link.is_none() {
            self.forget_link(order);
        } else {
            self.checked_at = Some(now);
            self.listed = Reading { value: link, order };
        }
    }

    /// Takes a live answer, unless the link was removed while it was on its way.
    pub fn take_live(&mut self, answer: ExternalAuth, order: u64, now: Timestamp) {
        if self.listed.value.is_none() && order < self.listed.order {
            return;
        }
        self.checked_at = Some(now);
        self.live = Some(Reading {
            value: answer,
            order,
        });
    }

    /// Takes a live check that failed.
    pub fn take_failure(&mut self, error: ApiError, order: u64) {
        self.failure = Some(Reading {
            value: error,
            order,
        });
    }

    /// The link was removed.
    pub fn forget_link(&mut self, order: u64) {
        self.live = None;
        self.failure = None;
        self.checked_at = None;
        self.listed = Reading { value: None, order };
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
        self.is_listed() && self.is(|provider| provider.kind == "github")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ApiErrorKind;

    const NOW: Timestamp = Timestamp::from_unix_ms(1_780_000_000_000);

    fn listed(order: u64) -> Knowledge {
        let mut knowledge = Knowledge::default();
        let provider = Provider {
            id: "github".into(),
            kind: "github".into(),
            ..Provider::default()
        };
        knowledge.take_list(Some(provider), Some(Link::default()), order, NOW);
        knowledge
    }

    #[test]
    fn a_list_from_before_an_unlink_does_not_bring_the_link_back() {
        let mut knowledge = listed(1);
        knowledge.forget_link(3);
        knowledge.take_list(None, Some(Link::default()), 2, NOW);
        assert!(!knowledge.is_listed());
        knowledge.take_list(None, Some(Link::default()), 4, NOW);
        assert!(knowledge.is_listed());
    }

    #[test]
    fn a_live_answer_from_before_an_unlink_is_dropped() {
        let mut knowledge = listed(1);
        knowledge.forget_link(3);
        knowledge.take_live(ExternalAuth::default(), 2, NOW);
        assert_eq!(knowledge.live, None);
        knowledge.take_live(ExternalAuth::default(), 4, NOW);
        assert!(knowledge.live.is_some());
    }

    #[test]
    fn a_list_without_the_link_forgets_all_that_was_known_of_it() {
        let mut knowledge = listed(1);
        knowledge.take_live(ExternalAuth::default(), 2, NOW);
        knowledge.take_failure(ApiError::new(ApiErrorKind::TimedOut, "GET /x", ""), 3);
        let provider = knowledge.provider.clone();
        knowledge.take_list(provider.clone(), None, 4, NOW);
        assert_eq!(
            knowledge,
            Knowledge {
                provider,
                listed: Reading {
                    value: None,
                    order: 4
                },
                ..Knowledge::default()
            }
        );
    }

    #[test]
    fn only_linked_github_providers_are_worth_asking_live() {
        let mut knowledge = listed(1);
        assert!(knowledge.says_more_live());
        knowledge.forget_link(2);
        assert!(!knowledge.says_more_live());
        let mut gitlab = listed(1);
        gitlab.provider = Some(Provider {
            kind: "gitlab".into(),
            ..Provider::default()
        });
        assert!(!gitlab.says_more_live());
    }
}
