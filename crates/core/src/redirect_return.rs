use crate::LinkedParameter;
use crate::query::decode_component;
use crate::routes::encode_component;

/// What a redirect flow in this tab stores while the browser is at the
/// provider, so that the page recognizes the return and restores its
/// address.
///
/// The address alone is not enough: the embedding page may have a parameter
/// of the same name. The address also cannot contain everything: the
/// deployment stores the return path in a cookie, without a fragment and
/// without the characters that a cookie cannot contain (RFC 6265 §4.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedirectReturn {
    /// The deployment's origin. Empty for the page's own origin.
    pub base: String,
    /// The provider that is being linked.
    pub provider: String,
    /// Path, query and fragment of the page that the browser leaves.
    pub address: String,
}

impl RedirectReturn {
    /// The path and query to which the deployment sends the browser back, in
    /// the form that its `redirect` accepts.
    #[must_use]
    pub fn return_path(&self) -> String {
        let linked = LinkedParameter {
            provider: self.provider.clone(),
            in_window: false,
        };
        linked.append_to(&path_of_redirect(&self.address))
    }

    /// The address that the page must have now: the previous address, or the
    /// current address without our parameter if the browser returned to another
    /// page. `None` if the flow did not return to `address`, which is path,
    /// query and fragment.
    #[must_use]
    pub fn restored(&self, address: &str) -> Option<String> {
        let (page, fragment) = split_fragment(address);
        let (path, query) = page.split_at(page.find('?').unwrap_or(page.len()));
        let (_, rest) =
            LinkedParameter::take(query).filter(|(linked, _)| linked.provider == self.provider)?;
        let left = format!("{path}{rest}");
        if left != path_of_redirect(&self.address) {
            return Some(left + fragment);
        }
        let (page, before) = split_fragment(&self.address);
        // If there is a fragment already, the page has navigated since then.
        let fragment = if fragment.is_empty() {
            before
        } else {
            fragment
        };
        Some(format!("{page}{fragment}"))
    }

    /// The stored form: one line for each field. `npm/src/return-fragment.js`
    /// reads the last two.
    #[must_use]
    pub fn encode(&self) -> String {
        let provider = encode_component(&self.provider);
        format!("{}\n{provider}\n{}", self.base, self.address)
    }

    /// Reads the stored form.
    #[must_use]
    pub fn decode(kept: &str) -> Option<Self> {
        let mut lines = kept.split('\n');
        Some(Self {
            base: lines.next()?.to_owned(),
            provider: decode_component(lines.next()?, false),
            address: lines.next()?.to_owned(),
        })
    }
}

/// The path and query of an address in the form that the `redirect` of the
/// deployment's callback accepts: no fragment, and no character that a
/// cookie cannot contain.
fn path_of_redirect(address: &str) -> String {
    let mut path = String::new();
    for character in split_fragment(address).0.chars() {
        if matches!(character, ';' | ',' | '\\' | '"') {
            path.push_str(&encode_component(character.encode_utf8(&mut [0; 4])));
        } else {
            path.push(character);
        }
    }
    path
}

/// The address before the fragment, and the fragment with its `#`.
fn split_fragment(address: &str) -> (&str, &str) {
    address.split_at(address.find('#').unwrap_or(address.len()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::RedirectReturn;

    fn leaving(address: &str) -> RedirectReturn {
        RedirectReturn {
            base: String::new(),
            provider: "git/hub".into(),
            address: address.into(),
        }
    }

    #[test]
    fn the_return_path_has_no_fragment_and_no_character_that_a_cookie_loses() {
        for (address, path) in [
            ("/app", "/app?linked=git%2Fhub"),
            ("/app?a=+b", "/app?a=+b&linked=git%2Fhub"),
            ("/app#/settings?x", "/app?linked=git%2Fhub"),
            ("/a;v=1?b=c,d#e", "/a%3Bv=1?b=c%2Cd&linked=git%2Fhub"),
            ("/app?linked=yes", "/app?linked=yes&linked=git%2Fhub"),
        ] {
            assert_eq!(leaving(address).return_path(), path, "{address}");
        }
    }

    #[test]
    fn a_return_restores_the_address() {
        for (left, back, now) in [
            ("/app", "/app?linked=git%2Fhub", Some("/app")),
            (
                "/app#/settings",
                "/app?linked=git%2Fhub",
                Some("/app#/settings"),
            ),
            (
                "/a;v=1?b=c,d#e",
                "/a%3Bv=1?b=c%2Cd&linked=git%2Fhub",
                Some("/a;v=1?b=c,d#e"),
            ),
            // The application has navigated to another of its pages.
            ("/app#/a", "/app?linked=git%2Fhub#/b", Some("/app#/b")),
            // The browser was redirected to another address.
            ("/app#/a", "/new?linked=git%2Fhub&x", Some("/new?x")),
            // None of this is ours.
            ("/app", "/app", None),
            ("/app", "/app?linked=yes", None),
            ("/app?linked=yes", "/app?linked=yes", None),
            ("/app", "/app#?linked=git%2Fhub", None),
        ] {
            assert_eq!(
                leaving(left).restored(back).as_deref(),
                now,
                "{left} {back}"
            );
        }
    }

    proptest! {
        #[test]
        fn what_leaves_comes_back(
            path in "/[!-\"$->@-~]{0,12}",
            query in "(\\?[!-\"$-~]{1,12})?",
            fragment in "(#[!-~]{1,12})?",
            provider in "\\PC{1,12}",
        ) {
            let address = format!("{path}{query}{fragment}");
            let left = RedirectReturn { base: "https://a.example".into(), provider, address };
            let kept = RedirectReturn::decode(&left.encode());
            prop_assert_eq!(kept.as_ref(), Some(&left));
            prop_assert_eq!(left.restored(&left.return_path()), Some(left.address.clone()));
        }
    }
}
