use crate::first_positions;
use crate::limits::MAX_PROVIDERS;
use crate::provider_names::provider_names;
use crate::wire::{ExternalAuthList, Link, Provider};

/// What a list says of one provider.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListedProvider {
    /// The provider's name on the page.
    pub name: String,
    /// What is configured. None for an orphan.
    pub provider: Option<Provider>,
    /// The person's link, if there is one.
    pub link: Option<Link>,
}

impl ListedProvider {
    /// The provider's id.
    #[must_use]
    pub fn id(&self) -> &str {
        let provider = self.provider.as_ref().map(|provider| &provider.id);
        let link = self.link.as_ref().map(|link| &link.provider_id);
        provider.or(link).map_or("", |id| id)
    }

    /// The providers of a list in its order, with their links, then the orphans.
    /// At most [`MAX_PROVIDERS`], and first of all those with a link. Also
    /// returns how many were left out.
    #[must_use]
    pub fn all_of(list: ExternalAuthList) -> (Vec<Self>, usize) {
        let ExternalAuthList { providers, links } = list;
        let ids = providers.iter().map(|provider| provider.id.as_str());
        let ids = ids.chain(links.iter().map(|link| link.provider_id.as_str()));
        let firsts = first_positions(&ids.collect::<Vec<_>>());

        let count = providers.len();
        let mut links_of: Vec<Option<Link>> = vec![None; count];
        let mut orphans = Vec::new();
        for (link, first) in links.into_iter().zip(&firsts[count..]) {
            match links_of.get_mut(*first) {
                Some(place) => *place = Some(link),
                None => orphans.push(link),
            }
        }

        let configured = providers.into_iter().map(Some).zip(links_of);
        let orphans = orphans.into_iter().map(|link| (None, Some(link)));
        let mut listed: Vec<_> = (configured.chain(orphans))
            .map(|(provider, link)| Self {
                name: String::new(),
                provider,
                link,
            })
            .collect();

        let all = listed.len();
        let linked = listed.iter().filter(|listed| listed.link.is_some());
        let linked = linked.count().min(MAX_PROVIDERS);
        let mut room = [MAX_PROVIDERS - linked, linked];
        listed.retain(|listed| {
            let room = &mut room[usize::from(listed.link.is_some())];
            let fits = *room > 0;
            *room = room.saturating_sub(1);
            fits
        });
        let left_out = all - listed.len();

        let names = provider_names(&listed);
        for (listed, name) in listed.iter_mut().zip(names) {
            listed.name = name;
        }
        (listed, left_out)
    }
}

#[cfg(test)]
mod tests {
    use super::ListedProvider;
    use crate::wire::{ExternalAuthList, Link, Provider};

    fn list(providers: &[&str], links: &[&str]) -> ExternalAuthList {
        let provider = |id: &&str| Provider {
            id: (*id).to_owned(),
            ..Provider::default()
        };
        let link = |id: &&str| Link {
            provider_id: (*id).to_owned(),
            ..Link::default()
        };
        ExternalAuthList {
            providers: providers.iter().map(provider).collect(),
            links: links.iter().map(link).collect(),
        }
    }

    #[test]
    fn providers_have_their_links_and_orphans_come_last() {
        let (listed, left_out) =
            ListedProvider::all_of(list(&["a", "b", "c"], &["old", "c", "a", "gone"]));
        let of = |listed: &ListedProvider| {
            (
                listed.id().to_owned(),
                listed.name.clone(),
                listed.provider.is_some(),
                listed.link.is_some(),
            )
        };
        let row = |id: &str, is_configured, is_linked| {
            (id.to_owned(), id.to_owned(), is_configured, is_linked)
        };
        assert_eq!(
            listed.iter().map(of).collect::<Vec<_>>(),
            [
                row("a", true, true),
                row("b", true, false),
                row("c", true, true),
                row("old", false, true),
                row("gone", false, true),
            ]
        );
        assert_eq!(left_out, 0);
        assert_eq!(ListedProvider::all_of(list(&[], &[])), (Vec::new(), 0));
    }

    /// `count` ids that begin with a word.
    fn ids(word: &str, count: usize) -> Vec<String> {
        (0..count).map(|number| format!("{word}{number}")).collect()
    }

    #[test]
    fn of_too_many_providers_the_linked_ones_are_shown() {
        for (providers, links, orphans, shown, shown_links) in [
            (5_000, 10, 0, 5_000, 10),
            (5_001, 10, 0, 5_000, 10),
            (100_000, 10, 5, 5_000, 15),
            (100_000, 100_000, 5, 5_000, 5_000),
            (3, 0, 100_000, 5_000, 5_000),
            (0, 0, 100_000, 5_000, 5_000),
        ] {
            let configured = ids("p", providers);
            // The last ones are linked.
            let linked = configured[providers - links..].iter().cloned();
            let linked: Vec<_> = linked.chain(ids("orphan", orphans)).collect();
            let refs = |ids: &[String]| list(&ids.iter().map(|id| &**id).collect::<Vec<_>>(), &[]);
            let list = ExternalAuthList {
                links: (linked.iter())
                    .map(|id| Link {
                        provider_id: id.clone(),
                        ..Link::default()
                    })
                    .collect(),
                ..refs(&configured)
            };
            let (listed, left_out) = ListedProvider::all_of(list);
            let linked = listed.iter().filter(|listed| listed.link.is_some());
            assert_eq!(
                (listed.len(), linked.count(), left_out),
                (shown, shown_links, providers + orphans - shown),
                "{providers} {links} {orphans}"
            );
            // No provider is taken for one that is no longer configured.
            let is_true = |listed: &ListedProvider| {
                listed.provider.is_some() != listed.id().starts_with("orphan")
            };
            assert!(listed.iter().all(is_true));
        }
    }
}
