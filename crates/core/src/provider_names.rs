use crate::wire::Provider;

/// The name that each provider goes by, in the order of `providers`.
///
/// The display name; where that is empty the type, then the id. Names that
/// several providers share carry the id: `GitHub (github-work)`. They name
/// buttons, so no two are the same.
#[must_use]
pub fn provider_names(providers: &[Provider]) -> Vec<String> {
    let names: Vec<&str> = providers.iter().map(own_name).collect();
    names
        .iter()
        .zip(providers)
        .map(|(name, provider)| {
            // A scan for each: the lists are short, and a map is more code.
            if names.iter().filter(|other| *other == name).count() > 1 {
                format!("{name} ({})", provider.id)
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
            provider_names(&[
                provider("github", "github", "GitHub"),
                provider("github-work", "github", "GitHub"),
                provider("internal", "gitea", " "),
                provider("codeberg", "", ""),
                provider("gitea", "gitea", ""),
            ]),
            [
                "GitHub (github)",
                "GitHub (github-work)",
                "gitea (internal)",
                "codeberg",
                "gitea (gitea)"
            ]
        );
    }
}
