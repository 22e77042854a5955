use crate::{AccessEnd, ProviderState, RowModel, Timestamp};

/// One fact below the name in the line of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFact {
    /// Why the provider is in its state, and what to do.
    Reason,
    /// The app is installed nowhere, and only an administrator can change that.
    NoInstallAddress,
    /// The access ends in a few days, and is not renewed.
    NotRenewed,
    /// What tells a provider without a link from others.
    Identity,
    /// Who is linked.
    Account,
    /// How the access ends.
    End(AccessEnd),
    /// When the account was linked.
    LinkedSince(Timestamp),
    /// When the provider was last asked.
    CheckedAt(Timestamp),
}

impl RowModel {
    /// The facts that the line of a row says, the most useful one first,
    /// because the line is cut where it is too long.
    ///
    /// A state that needs an explanation has one, and nothing beside it.
    /// Otherwise: who is linked (or since when, where that is not known), how the
    /// access ends, and when it was checked. While a window is open, the row has
    /// a sentence about that in another place.
    #[must_use]
    pub fn line_facts(&self) -> Vec<RowFact> {
        let facts = self.facts;
        let since = (facts.and_then(|facts| facts.linked_since)).map(RowFact::LinkedSince);
        let facts = match self.state {
            _ if self.is_linking => [None, None, None],
            ProviderState::NotLinked => [Some(RowFact::Identity), None, None],
            ProviderState::Linked | ProviderState::NotVerified if self.ends_soon => {
                [Some(RowFact::NotRenewed), None, None]
            }
            ProviderState::Linked if self.lacks_install_address => {
                [Some(RowFact::NoInstallAddress), None, None]
            }
            ProviderState::Linked => {
                let end = facts.and_then(|facts| facts.end).map(RowFact::End);
                let account = self.account.as_ref().map(|_| RowFact::Account);
                let checked = facts.and_then(|facts| facts.checked_at);
                let checked = checked.map(RowFact::CheckedAt);
                if account.is_some() {
                    [account, end, checked]
                } else {
                    [end, since, checked]
                }
            }
            ProviderState::NotVerified => [Some(RowFact::Reason), since, None],
            _ => [Some(RowFact::Reason), None, None],
        };
        facts.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::RowFact::{
        Account, CheckedAt, End, Identity, LinkedSince, NoInstallAddress, NotRenewed, Reason,
    };
    use crate::wire::{self, Expiry, ExternalAuth, Link, Provider};
    use crate::{AccessEnd, ProviderRecord, ProviderState, RowInput, RowModel, Timestamp};

    const NOW: Timestamp = Timestamp::from_unix_ms(1_780_000_000_000);
    const SINCE: Timestamp = NOW.plus_ms(-86_400_000);
    const LATER: Timestamp = NOW.plus_ms(86_400_000);

    /// A link that works: of whom, and how the token ends.
    fn row(login: Option<&str>, expires: Expiry, has_refresh_token: bool) -> RowModel {
        let mut record = ProviderRecord::default();
        let provider = Provider {
            id: "github".into(),
            kind: "github".into(),
            allow_refresh: true,
            allow_validate: true,
            ..Provider::default()
        };
        let link = Link {
            provider_id: "github".into(),
            authenticated: true,
            created_at: Some(SINCE),
            expires,
            has_refresh_token,
            ..Link::default()
        };
        record.apply_list(Some(provider), Some(link), 1, NOW);
        if let Some(login) = login {
            let live = ExternalAuth {
                authenticated: true,
                user: Some(wire::Account {
                    login: login.into(),
                    ..wire::Account::default()
                }),
                ..ExternalAuth::default()
            };
            record.apply_live(live, 2, NOW);
        }
        RowModel::of(RowInput {
            id: "github",
            name: "GitHub",
            record: &record,
            pending: None,
            warning: None,
            is_linking: false,
            verification_uri: "",
            now: NOW,
        })
    }

    #[test]
    fn a_link_that_works_says_the_most_useful_fact_first() {
        let (since, checked) = (LinkedSince(SINCE), CheckedAt(NOW));
        let far = NOW.plus_ms(60 * 86_400_000);
        for (login, expires, refresh_token, facts) in [
            (None, Expiry::Unknown, false, vec![since, checked]),
            (
                None,
                Expiry::Never,
                false,
                vec![End(AccessEnd::Never), since, checked],
            ),
            (
                Some("ada"),
                Expiry::Never,
                false,
                vec![Account, End(AccessEnd::Never), checked],
            ),
            (
                Some("ada"),
                Expiry::At(LATER),
                true,
                vec![Account, End(AccessEnd::Renews(LATER)), checked],
            ),
            (
                Some("ada"),
                Expiry::At(far),
                false,
                vec![Account, End(AccessEnd::Ends(far)), checked],
            ),
            (Some("ada"), Expiry::At(LATER), false, vec![NotRenewed]),
        ] {
            let row = row(login, expires, refresh_token);
            assert_eq!(row.state, ProviderState::Linked);
            assert_eq!(row.line_facts(), facts, "{login:?} {expires:?}");
        }
    }

    #[test]
    fn a_state_that_needs_an_explanation_has_nothing_beside_it() {
        let linked = row(Some("ada"), Expiry::Never, false);
        for state in ProviderState::ALL {
            let facts = match state {
                ProviderState::NotLinked => vec![Identity],
                ProviderState::Linked => continue,
                ProviderState::NotVerified => vec![Reason, LinkedSince(SINCE)],
                _ => vec![Reason],
            };
            let row = RowModel {
                state,
                ..linked.clone()
            };
            assert_eq!(row.line_facts(), facts, "{state:?}");
        }
        let row = RowModel {
            lacks_install_address: true,
            ..linked
        };
        assert_eq!(row.line_facts(), [NoInstallAddress]);
    }

    #[test]
    fn the_line_is_silent_while_a_window_is_open() {
        let linked = row(Some("ada"), Expiry::Never, false);
        for state in ProviderState::ALL {
            let row = RowModel {
                state,
                is_linking: true,
                ..linked.clone()
            };
            assert_eq!(row.line_facts(), [], "{state:?}");
        }
    }
}
