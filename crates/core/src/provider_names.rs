use crate::foreign_text::shown_name;
use crate::{ListedProvider, first_positions};

/// The name of each provider: the display name, else the type, else the id, which
/// is all that is known of an orphan.
///
/// If several providers share a name, the id is added: `GitHub (github-work)`.
/// Names label buttons, so they must be unique.
pub(crate) fn provider_names(listed: &[ListedProvider]) -> Vec<String> {
    let names = listed.iter().map(|listed| (own_name(listed), listed.id()));
    let names: Vec<(&str, &str)> = names.collect();
    let firsts = first_positions(&names.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    let mut counts = vec![0; names.len()];
    for first in &firsts {
        counts[*first] += 1;
    }
    (names.iter().zip(firsts))
        .map(|((name, id), first)| {
            if counts[first] > 1 {
                format!("{} ({})", shown_name(name), shown_name(id))
            } else {
                shown_name(name)
            }
        })
        .collect()
}

fn own_name(listed: &ListedProvider) -> &str {
    let provider = listed.provider.as_ref();
    (provider.into_iter())
        .flat_map(|provider| [&provider.display_name, &provider.kind])
        .map(|name| name.trim())
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| listed.id())
}

#[cfg(test)]
mod tests {
    use super::provider_names;
    use crate::ListedProvider;
    use crate::wire::{Link, Provider};

    fn provider(id: &str, kind: &str, display_name: &str) -> ListedProvider {
        ListedProvider {
            provider: Some(Provider {
                id: id.into(),
                kind: kind.into(),
                display_name: display_name.into(),
                ..Provider::default()
            }),
            ..ListedProvider::default()
        }
    }

    fn orphan(id: &str) -> ListedProvider {
        ListedProvider {
            link: Some(Link {
                provider_id: id.into(),
                ..Link::default()
            }),
            ..ListedProvider::default()
        }
    }

    #[test]
    fn names_have_fallbacks_and_are_unique() {
        assert_eq!(
            provider_names(&[
                provider("github", "github", "GitHub"),
                provider("github-work", "github", "GitHub"),
                provider("internal", "gitea", " "),
                provider("codeberg", "", ""),
                provider("gitea", "gitea", ""),
                orphan("codeberg-old"),
                orphan("GitHub"),
            ]),
            [
                "GitHub (github)",
                "GitHub (github-work)",
                "gitea (internal)",
                "codeberg",
                "gitea (gitea)",
                "codeberg-old",
                "GitHub (GitHub)",
            ]
        );
    }

    #[test]
    fn ids_are_short_and_cannot_act_as_names() {
        let id = format!("\u{202e}{}", "x".repeat(200));
        let names = provider_names(&[provider(&id, "", "")]);
        assert_eq!(names, [format!("\\u{{202e}}{}…", "x".repeat(92))]);
    }
}
