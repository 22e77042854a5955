use crate::wire::Provider;

/// The name that each provider goes by, in the order of `providers`, and then
/// that of each orphan, of which no more than the id is known.
///
/// The display name; where that is empty the type, then the id. Names that
/// several share carry the id: `GitHub (github-work)`. They name buttons, so
/// no two are the same.
#[must_use]
pub fn provider_names(providers: &[Provider], orphan_ids: &[&str]) -> Vec<String> {
    let of_providers = providers
        .iter()
        .map(|provider| (own_name(provider), provider.id.as_str()));
    let of_orphans = orphan_ids.iter().map(|id| (*id, *id));
    let names: Vec<(&str, &str)> = of_providers.chain(of_orphans).collect();
    names
        .iter()
        .map(|(name, id)| {
            // A scan for each: a map is more code, and a list of a thousand is
            // done in milliseconds.
            if names.iter().filter(|(other, _)| other == name).count() > 1 {
                format!("{name} ({id})")
            } else {
                (*name).to_owned()
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
    fn names_fall_back_and_are_told_apart() {
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
}
