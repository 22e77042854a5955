use crate::wire::{Account, Installation, Provider};
use crate::{
    ActionOffer, ImageUrl, KeptReason, LinkFacts, Pending, ProviderAction, ProviderIdentity,
    ProviderRecord, ProviderState, RevocationWarning, SafeUrl, Timestamp, matches_query,
};

#[cfg(test)]
mod tests;

/// What a [`RowModel`] is made from.
#[derive(Debug, Clone, Copy)]
pub struct RowInput<'a> {
    /// The provider's id.
    pub id: &'a str,
    /// The name of the provider on this page.
    pub name: &'a str,
    /// All that is known of the provider.
    pub record: &'a ProviderRecord,
    /// What is being done with it.
    pub pending: Option<Pending>,
    /// The warning that a token of it may not be revoked.
    pub warning: Option<&'a RevocationWarning>,
    /// Whether it is being linked in a window that is open.
    pub is_linking: bool,
    /// The address of its last device flow (RFC 8628), or empty.
    pub verification_uri: &'a str,
    /// The present instant, by the deployment's clock.
    pub now: Timestamp,
}

/// All that the row of a provider shows and decides, as values: words are made
/// from them where they are drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct RowModel {
    /// The provider's id.
    pub id: String,
    /// The title: the name of the provider on this page.
    pub name: String,
    /// The one state that the row shows. It decides the advice as well.
    pub state: ProviderState,
    /// Why it is in that state, in the words of the server or the provider,
    /// redacted; empty where there are none.
    pub reason: KeptReason,
    /// What is being done with it.
    pub pending: Option<Pending>,
    /// Whether it is being linked in a window that is open.
    pub is_linking: bool,
    /// What tells a provider without a link from others: see
    /// [`ProviderIdentity`].
    pub identity: ProviderIdentity,
    /// Whether the app is installed nowhere and only an administrator can
    /// change that. Shown beside a link that works; the other states have
    /// advice that matters more.
    pub lacks_install_address: bool,
    /// The warning that a token of it may not be revoked.
    pub warning: Option<RevocationWarning>,
    /// The provider's icon, where there is one that may be loaded.
    pub icon: Option<ImageUrl>,
    /// Who is linked, where that is known.
    pub account: Option<Account>,
    /// Where the provider's app is installed; empty for a link that does not
    /// work.
    pub installations: Vec<Installation>,
    /// Where the app can be installed, if that is an address that may be
    /// followed.
    pub install_url: Option<SafeUrl>,
    /// The facts of the link; none where the list holds no link.
    pub facts: Option<LinkFacts>,
    /// Whether the access ends in a few days and is not renewed, so that the person
    /// will have to link again.
    pub ends_soon: bool,
    /// The provider's type; empty for an orphan, or where it has none.
    pub kind: String,
    /// The PKCE methods (RFC 7636) that are used, with commas between them:
    /// empty where PKCE is not used, none for an orphan.
    pub pkce: Option<String>,
}

impl RowModel {
    /// The row of a provider, from what is known of it.
    #[must_use]
    pub fn of(input: RowInput<'_>) -> Self {
        let RowInput { record, now, .. } = input;
        let (state, reason) = ProviderState::with_reason(record, now);
        let provider = record.provider.as_ref();
        let live = record.live.as_ref().map(|live| &live.value);
        let is_broken = matches!(state, ProviderState::NeedsAttention(_));
        let works = matches!(state, ProviderState::Linked | ProviderState::NotVerified);
        let facts = LinkFacts::of(record, state, now);
        Self {
            id: input.id.to_owned(),
            name: input.name.to_owned(),
            state,
            reason: reason.into(),
            pending: input.pending,
            is_linking: input.is_linking,
            identity: ProviderIdentity::of(&input, state),
            lacks_install_address: works && record.lacks_install_address(),
            warning: input.warning.cloned(),
            icon: provider.and_then(|provider| record.origins.icon(&provider.display_icon)),
            account: record.account().cloned(),
            installations: (live.filter(|_| !is_broken))
                .map(|live| live.installations.clone())
                .unwrap_or_default(),
            install_url: record.install_url(),
            facts,
            ends_soon: works && facts.is_some_and(|facts| facts.ends_soon(now)),
            kind: provider.map_or_else(String::new, |provider| provider.kind.clone()),
            pkce: provider.map(pkce),
        }
    }

    /// How an action is offered.
    #[must_use]
    pub fn action(&self, action: ProviderAction) -> ActionOffer {
        action.offer(self.state, self.ends_soon, self.is_linking, self.pending)
    }

    /// The state, and whether there is a warning beside it: what lists are
    /// sorted, counted and filtered by.
    #[must_use]
    pub fn status(&self) -> (ProviderState, bool) {
        (self.state, self.warning.is_some())
    }

    /// The handle of the account that is linked, where that is known.
    #[must_use]
    pub fn login(&self) -> Option<&str> {
        let login = self.account.as_ref()?.login.as_str();
        Some(login).filter(|login| !login.is_empty())
    }

    /// Whether a search finds the row, by what is shown on it: name, id, type,
    /// and who is linked. `query`: in lower case.
    #[must_use]
    pub fn matches(&self, query: &str, lower_case: fn(&str) -> String) -> bool {
        let account = self.account.as_ref();
        let texts = [
            self.name.as_str(),
            &self.id,
            &self.kind,
            &self.identity.words,
            account.map_or("", |account| &account.login),
            account.map_or("", |account| &account.name),
        ];
        matches_query(query, &texts, lower_case)
    }
}

fn pkce(provider: &Provider) -> String {
    provider.pkce_methods().join(", ")
}
