use crate::query::without_last_pair;
use crate::query_parameter;
use crate::routes::encode_component;

/// The query parameter with which the deployment sends the browser back from a
/// redirect flow. It names the provider that the flow was for; it is a hint,
/// never the result.
///
/// It is the last parameter of its name: a page around may have one too, and
/// ours is put behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedParameter {
    /// The provider's id.
    pub provider: String,
    /// Whether the flow ran in a window, which is then at our return page.
    pub in_window: bool,
}

const NAME: &str = "linked";
const IN_WINDOW: &str = "window";

impl LinkedParameter {
    /// Reads the query of an address, with or without `?`. The second value is
    /// the query without this parameter.
    #[must_use]
    pub fn take(query: &str) -> Option<(Self, String)> {
        let (provider, rest) = without_last_pair(query, NAME)?;
        let in_window = query_parameter(query, IN_WINDOW).is_some();
        (!provider.is_empty()).then_some((
            Self {
                provider,
                in_window,
            },
            rest,
        ))
    }

    /// The address `path`, path and query, with this parameter.
    #[must_use]
    pub fn append_to(&self, path: &str) -> String {
        let separator = if path.contains('?') { '&' } else { '?' };
        let provider = encode_component(&self.provider);
        let window = if self.in_window {
            format!("&{IN_WINDOW}=1")
        } else {
            String::new()
        };
        format!("{path}{separator}{NAME}={provider}{window}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::LinkedParameter;

    fn linked(provider: &str, in_window: bool) -> LinkedParameter {
        LinkedParameter {
            provider: provider.into(),
            in_window,
        }
    }

    #[test]
    fn the_last_parameter_of_the_name_is_ours() {
        for (query, found) in [
            ("", None),
            ("?linked", None),
            ("?linked=", None),
            ("?provider=gitlab&window=1", None),
            ("?linked=gitlab", Some((linked("gitlab", false), ""))),
            ("linked=gitlab&q=x", Some((linked("gitlab", false), "?q=x"))),
            (
                "?linked=gitlab&window=1",
                Some((linked("gitlab", true), "?window=1")),
            ),
            (
                "?linked=yes&a=+&linked=git%2Fhub&b",
                Some((linked("git/hub", false), "?linked=yes&a=+&b")),
            ),
        ] {
            let taken = LinkedParameter::take(query);
            let expected = found.map(|(linked, rest)| (linked, rest.to_owned()));
            assert_eq!(taken, expected, "{query}");
        }
    }

    proptest! {
        #[test]
        fn what_is_appended_is_taken(
            path in "/[a-z]{0,3}", query in "(\\?[a-z=&+%]{1,12})?", id in "\\PC{1,12}", in_window in any::<bool>(),
        ) {
            let linked = linked(&id, in_window);
            let address = linked.append_to(&format!("{path}{query}"));
            let (_, after) = address.split_once('?').unwrap();
            prop_assert_eq!(LinkedParameter::take(after).map(|(found, _)| found), Some(linked));
        }
    }
}
