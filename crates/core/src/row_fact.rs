use crate::{AccessEnd, ProviderState, RowModel, Timestamp};

/// One fact below the name in the line of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFact {
    /// What the state means, and what to do about it.
    Advice,
    /// The app is installed nowhere, and only an administrator can change that.
    NoInstallAddress,
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
    /// Otherwise: the end of an access that is not renewed, who is linked (or
    /// since when, where that is not known), and when it was checked.
    #[must_use]
    pub fn line_facts(&self) -> Vec<RowFact> {
        match self.state {
            ProviderState::NotLinked => return Vec::new(),
            ProviderState::Linked if self.lacks_install_address => {
                return vec![RowFact::NoInstallAddress];
            }
            ProviderState::Linked => {}
            _ => return vec![RowFact::Advice],
        }
        let facts = self.facts;
        let end = facts.and_then(|facts| facts.end);
        let needs_action = matches!(
            end,
            Some(AccessEnd::Ends(_) | AccessEnd::EndsUnrenewed(_) | AccessEnd::Ended(_))
        );
        let end = end.map(RowFact::End);
        let account = self.account.as_ref().map(|_| RowFact::Account);
        let since = facts.and_then(|facts| facts.linked_since);
        let checked = facts.and_then(|facts| facts.checked_at);
        [
            end.filter(|_| needs_action),
            account,
            end.filter(|_| !needs_action),
            since
                .map(RowFact::LinkedSince)
                .filter(|_| account.is_none()),
            checked.map(RowFact::CheckedAt),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::RowFact::{Account, Advice, CheckedAt, End, LinkedSince, NoInstallAddress};
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
            now: NOW,
        })
    }

    #[test]
    fn a_link_that_works_says_the_most_useful_fact_first() {
        let (since, checked) = (LinkedSince(SINCE), CheckedAt(NOW));
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
                Expiry::At(LATER),
                false,
                vec![End(AccessEnd::Ends(LATER)), Account, checked],
            ),
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
                ProviderState::NotLinked => vec![],
                ProviderState::Linked => continue,
                _ => vec![Advice],
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
}
