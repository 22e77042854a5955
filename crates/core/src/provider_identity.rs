use crate::find_text::contains_text;
use crate::{ProviderState, RowInput, shown_name};

/// What tells a provider without a link from others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProviderIdentity {
    /// The host of the provider, where an earlier answer has named it. Otherwise
    /// the id, or the type where the name contains the id. Empty where the name
    /// says it all, and for a provider with a link.
    pub words: String,
    /// Whether it is linked with a code (RFC 8628).
    pub has_code: bool,
}

impl ProviderIdentity {
    /// The list names no host, and a type alone proves none: a provider that a
    /// company runs can have the type and the name of a public one.
    pub(crate) fn of(input: &RowInput<'_>, state: ProviderState) -> Self {
        let record = input.record;
        let Some(provider) = (record.provider.as_ref()).filter(|_| !state.is_linked()) else {
            return Self::default();
        };
        let host = (record.origins).link(input.verification_uri);
        let host = host.as_ref().map_or(&*record.host, |url| url.host());
        let known = [host, input.id, &provider.kind];
        let is_new = |words: &&str| !words.is_empty() && !contains_text(input.name, words);
        Self {
            words: (known.into_iter().find(is_new)).map_or_else(String::new, shown_name),
            has_code: provider.device,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::wire::{Account, ExternalAuth, Link, Provider};
    use crate::{ProviderRecord, RowInput, RowModel, Timestamp};

    const NOW: Timestamp = Timestamp::from_unix_ms(1_780_000_000_000);

    fn provider(id: &str, kind: &str, device: bool) -> ProviderRecord {
        let mut record = ProviderRecord::default();
        let provider = Provider {
            id: id.into(),
            kind: kind.into(),
            device,
            ..Provider::default()
        };
        record.apply_list(Some(provider), None, 1, NOW);
        record
    }

    fn identity(record: &ProviderRecord, name: &str, verification_uri: &str) -> (String, bool) {
        let id = record.provider.as_ref().map(|provider| provider.id.clone());
        let id = id.unwrap_or_default();
        let row = RowModel::of(RowInput {
            id: &id,
            name,
            record,
            pending: None,
            warning: None,
            is_linking: false,
            verification_uri,
            now: NOW,
        });
        (row.identity.words, row.identity.has_code)
    }

    #[test]
    fn a_host_is_named_only_where_an_answer_has_named_it() {
        for (id, kind, name, uri, words) in [
            ("github", "github", "GitHub", "", "github"),
            ("work", "gitea", "Gitea", "", "work"),
            ("work", "gitea", "Gitea (work)", "", "gitea"),
            ("internal-git", "", "internal-git", "", ""),
            ("internal-git", "internal-git", "internal-git", "", ""),
            (
                "internal-git",
                "",
                "internal-git",
                "https://git.corp.example/device",
                "git.corp.example",
            ),
            ("work", "gitea", "Gitea", "javascript:alert(1)", "work"),
        ] {
            for device in [false, true] {
                let record = provider(id, kind, device);
                let expected = (words.to_owned(), device);
                assert_eq!(identity(&record, name, uri), expected, "{name} {uri}");
            }
        }
    }

    #[test]
    fn the_host_of_an_account_is_remembered_when_its_link_is_gone() {
        let mut record = provider("github", "github", false);
        let link = Link {
            provider_id: "github".into(),
            authenticated: true,
            ..Link::default()
        };
        record.apply_list(record.provider.clone(), Some(link), 2, NOW);
        let live = ExternalAuth {
            authenticated: true,
            user: Some(Account {
                login: "ada".into(),
                profile_url: "https://git.corp.example/ada".into(),
                ..Account::default()
            }),
            ..ExternalAuth::default()
        };
        record.apply_live(live, 3, NOW);
        let (words, _) = identity(&record, "GitHub", "");
        assert_eq!(words, "", "a link says more than a host");

        record.forget_link(4);
        let (words, _) = identity(&record, "GitHub", "");
        assert_eq!(words, "git.corp.example");
        record.forget_person(5);
        let (words, _) = identity(&record, "GitHub", "");
        assert_eq!(words, "github", "another person did not see that answer");
    }
}
