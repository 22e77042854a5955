use std::rc::Rc;

use crate::current_link::CurrentLink;
use crate::wire::{Account, ExternalAuth, Link, Provider};
use crate::{
    ApiError, LinkFailure, Observation, Origins, ProviderHints, SafeUrl, Timestamp,
    authorizations_url, classify_validate_error,
};

#[cfg(test)]
mod tests;

/// All that is known of one provider. What
/// [`ProviderState::of`](crate::ProviderState::of) makes of it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProviderRecord {
    /// Judges the addresses that the answers name.
    pub origins: Rc<Origins>,
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
    /// The host that the last live answer has named. It stays when the link is
    /// removed. Empty where no answer has named one.
    pub host: String,
}

impl ProviderRecord {
    /// Takes what a list says that was asked for at `sequence`, unless something
    /// newer is known of the link: a list that was asked for before an unlink
    /// still holds it.
    pub fn apply_list(
        &mut self,
        provider: Option<Provider>,
        link: Option<Link>,
        sequence: u64,
        now: Timestamp,
    ) {
        self.provider = provider;
        if sequence <= self.listed.sequence {
            return;
        }
        match &link {
            // A later live answer stays: the account was linked meanwhile.
            None => self.forget_before(sequence),
            Some(listed) => {
                if self.is(|provider| provider.allow_validate) && was_checked(listed) {
                    self.checked_at = Some(now);
                }
                self.listed = Observation {
                    value: link,
                    sequence,
                    at: Some(now),
                };
            }
        }
    }

    /// Takes a live answer, unless the link was removed while it was on its way.
    pub fn apply_live(&mut self, answer: ExternalAuth, sequence: u64, now: Timestamp) {
        if self.listed.value.is_none() && sequence < self.listed.sequence {
            return;
        }
        self.checked_at = Some(now);
        let profile = answer.user.as_ref().map(|user| user.profile_url.as_str());
        let named = [profile.unwrap_or_default(), &answer.app_install_url];
        let mut named = named
            .iter()
            .filter_map(|address| self.origins.link(address));
        if let Some(url) = named.next() {
            url.host().clone_into(&mut self.host);
        }
        self.live = Some(Observation {
            value: answer,
            sequence,
            at: Some(now),
        });
    }

    /// Takes a live check that failed.
    pub fn apply_failure(&mut self, error: ApiError, sequence: u64) {
        self.failure = Some(Observation {
            value: error,
            sequence,
            at: None,
        });
    }

    /// The link was removed.
    pub fn forget_link(&mut self, sequence: u64) {
        self.live = None;
        self.failure = None;
        self.forget_before(sequence);
    }

    /// Another person is signed in since `sequence`: what was learned before is
    /// somebody else's. What is configured is the same for all.
    pub fn forget_person(&mut self, sequence: u64) {
        if (self.live.as_ref()).is_none_or(|live| live.sequence < sequence) {
            self.host.clear();
        }
        self.live.take_if(|live| live.sequence < sequence);
        self.failure.take_if(|failure| failure.sequence < sequence);
        if self.listed.sequence < sequence {
            self.listed = Observation {
                // Older than any answer that is still to come.
                sequence: sequence.saturating_sub(1),
                ..Observation::default()
            };
            self.checked_at = self.live.as_ref().and_then(|live| live.at);
        }
    }

    /// There was no link at `sequence`: what was learned of one before is void.
    fn forget_before(&mut self, sequence: u64) {
        self.live.take_if(|live| live.sequence < sequence);
        self.failure.take_if(|failure| failure.sequence < sequence);
        if self.live.is_none() {
            self.checked_at = None;
        }
        self.listed = Observation {
            sequence,
            ..Observation::default()
        };
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

    /// Whether a live check that is later than the list was refused.
    #[must_use]
    pub fn is_refused_live(&self) -> bool {
        CurrentLink::of(self).is_refused_live()
    }

    /// Whether a live check was refused, which reading the list may mend: by-id
    /// does not refresh tokens, the list does.
    #[must_use]
    pub fn could_renew(&self) -> bool {
        self.renews() && self.is_refused_live()
    }

    /// Whether a live answer says something else of the link than what is known
    /// of it: that it works, that it does not, or another account. The link of
    /// another person explains this as well.
    #[must_use]
    pub fn is_contradicted_by(&self, answer: &ExternalAuth) -> bool {
        let link = CurrentLink::of(self);
        let known = self.account();
        let is_other = |now: &Account| known.is_some_and(|known| known.login != now.login);
        link.works()
            .is_some_and(|works| works != answer.authenticated)
            || link.exists() && answer.user.as_ref().is_some_and(is_other)
    }

    /// The account that is linked, where a live check has named it.
    #[must_use]
    pub fn account(&self) -> Option<&Account> {
        self.live.as_ref()?.value.user.as_ref()
    }

    /// Where the provider's app can be installed, if that is an address that
    /// may be followed.
    #[must_use]
    pub fn install_url(&self) -> Option<SafeUrl> {
        (self.origins).link(&self.live.as_ref()?.value.app_install_url)
    }

    /// Where the provider lists the applications that the person has
    /// authorized; none where that is not known. `verification_uri` is the
    /// address of the last device flow (RFC 8628), or empty.
    #[must_use]
    pub fn authorizations_url(&self, verification_uri: &str) -> Option<SafeUrl> {
        let provider = self.provider.as_ref()?;
        let live = self.live.as_ref().map(|live| &live.value);
        let profile_url = self.account().map(|account| account.profile_url.as_str());
        let app_install_url = live.map(|live| live.app_install_url.as_str());
        authorizations_url(ProviderHints {
            origins: &self.origins,
            kind: &provider.kind,
            display_name: &provider.display_name,
            has_app: live.is_some_and(|live| live.app_installable),
            addresses: &[
                profile_url.unwrap_or_default(),
                app_install_url.unwrap_or_default(),
                verification_uri,
            ],
        })
    }

    /// Whether the provider's app is installed nowhere. Only `github` providers
    /// list their installations; the others answer with none, whatever is
    /// installed. An older live answer counts as well.
    pub(crate) fn is_app_missing(&self) -> bool {
        let Some(live) = self.live.as_ref().map(|live| &live.value) else {
            return false;
        };
        self.is(Provider::is_github)
            && live.authenticated
            && live.app_installable
            && live.installations.is_empty()
    }

    /// Whether the provider's app is installed nowhere and there is no address
    /// to install it at that may be followed: only an administrator can change
    /// that.
    #[must_use]
    pub fn lacks_install_address(&self) -> bool {
        self.is_app_missing() && self.install_url().is_none()
    }

    /// A flag of the provider's configuration; `false` for an orphan.
    pub fn is(&self, flag: impl Fn(&Provider) -> bool) -> bool {
        self.provider.as_ref().is_some_and(flag)
    }

    /// Whether the deployment renews the token automatically: it may, and has a
    /// refresh token to do it with.
    #[must_use]
    pub fn renews(&self) -> bool {
        self.is(|provider| provider.allow_refresh)
            && (self.listed.value.as_ref()).is_some_and(|link| link.has_refresh_token)
    }
}

/// Whether the list could ask the provider: it has an answer, or a refusal.
fn was_checked(link: &Link) -> bool {
    link.authenticated
        || matches!(
            classify_validate_error(&link.validate_error),
            LinkFailure::Permanent(_)
        )
}
