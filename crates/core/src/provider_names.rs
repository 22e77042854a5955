use crate::first_positions;
use crate::foreign_text::shown_name;
use crate::wire::Provider;

/// The name of each provider, in the order of `providers`, then of each orphan,
/// of which only the id is known.
///
/// The name is the display name, else the type, else the id. If several
/// providers share a name, the id is added: `GitHub (github-work)`. Names label
/// buttons, so they must be unique.
#[must_use]
pub fn provider_names(providers: &[Provider], orphan_ids: &[&str]) -> Vec<String> {
    let of_providers = providers
        .iter()
        .map(|provider| (own_name(provider), provider.id.as_str()));
    let of_orphans = orphan_ids.iter().map(|id| (*id, *id));
    let names: Vec<(&str, &str)> = of_providers.chain(of_orphans).collect();
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

fn own_name(provider: &Provider) -> &str {
    [&provider.display_name, &provider.kind]
        .into_iter()
        .map(|name| name.trim())
        .find(|name| !name.is_empty())
        .unwrap_or(&provider.id)
}

#[cfg(test)]
mod tests {
    use super::provider_names;
    use crate::wire::Provider;

    fn provider(id: &str, kind: &str, display_name: &str) -> Provider {
        Provider {
            id: id.into(),
            kind: kind.into(),
            display_name: display_name.into(),
            ..Provider::default()
        }
    }

    #[test]
    fn names_have_fallbacks_and_are_unique() {
        assert_eq!(
            provider_names(
                &[
                    provider("github", "github", "GitHub"),
                    provider("github-work", "github", "GitHub"),
                    provider("internal", "gitea", " "),
                    provider("codeberg", "", ""),
                    provider("gitea", "gitea", ""),
                ],
                &["codeberg-old", "GitHub"]
            ),
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
        let names = provider_names(&[provider(&id, "", "")], &[]);
        assert_eq!(names, [format!("\\u{{202e}}{}…", "x".repeat(92))]);
    }
}
