use serde::Serialize;

use crate::Timestamp;
use crate::wire::{DecodeError, Fields, Json, Read, decode};

/// A warning that a link was removed, and its token may still be valid.
///
/// It is stored beyond the page's lifetime, so it contains no secret: the
/// reason is redacted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RevocationWarning {
    /// The provider's id.
    pub provider: String,
    /// The provider's name on the page.
    pub name: String,
    /// When the link was removed.
    pub at: Option<Timestamp>,
    /// Why the token was not revoked, redacted; may be empty.
    pub reason: String,
    /// Where the provider lists authorised applications; empty when unknown.
    pub url: String,
}

impl Read for RevocationWarning {
    fn read(json: Json) -> Result<Self, DecodeError> {
        let mut fields = Fields::of(json)?;
        Ok(Self {
            provider: fields.required_string("provider")?,
            name: fields.required_string("name")?,
            at: fields.instant("at"),
            reason: fields.required_string("reason")?,
            url: fields.required_string("url")?,
        })
    }
}

/// The maximum number of stored warnings. Nobody would read more, and the
/// browser's storage is shared.
const MAX_WARNINGS: usize = 50;

/// The storage key of the warnings for a user of a deployment. All keys of one
/// deployment have the same prefix. `base` is the deployment's origin; empty
/// means the page's own.
#[must_use]
pub fn revocation_warnings_key(base: &str, user_id: &str) -> String {
    format!("coder-external-auth/revocation-warnings/{base}/{user_id}")
}

/// Whether a change of the browser's storage may concern the warnings of a
/// deployment. `key` is what was changed, or none if everything was cleared.
#[must_use]
pub fn is_revocation_warnings_key(key: Option<&str>, base: &str) -> bool {
    key.is_none_or(|key| key.starts_with(&revocation_warnings_key(base, "")))
}

/// Adds a warning. It replaces an older one for the same provider.
pub fn add_revocation_warning(warnings: &mut Vec<RevocationWarning>, warning: RevocationWarning) {
    warnings.retain(|other| other.provider != warning.provider);
    warnings.push(warning);
    keep_newest(warnings);
}

fn keep_newest(warnings: &mut Vec<RevocationWarning>) {
    let excess = warnings.len().saturating_sub(MAX_WARNINGS);
    warnings.drain(..excess);
}

/// Encodes warnings as text to be stored.
#[must_use]
pub fn encode_revocation_warnings(warnings: &[RevocationWarning]) -> String {
    serde_json::to_string(warnings).unwrap_or_default()
}

/// Decodes stored warnings. A text that cannot be read, for example from a
/// later release, has none.
#[must_use]
pub fn decode_revocation_warnings(text: &str) -> Vec<RevocationWarning> {
    let mut warnings = decode(text).unwrap_or_default();
    keep_newest(&mut warnings);
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warning(provider: &str, ms: i64) -> RevocationWarning {
        RevocationWarning {
            provider: provider.into(),
            name: provider.to_uppercase(),
            at: Some(Timestamp::from_unix_ms(ms)),
            reason: "503 <b>".into(),
            url: "https://git.example/settings".into(),
        }
    }

    #[test]
    fn stored_warnings_are_read_again() {
        let warnings = vec![
            warning("a", 1_780_000_000_000),
            warning("b", 1_780_000_000_500),
        ];
        let kept = encode_revocation_warnings(&warnings);
        assert_eq!(decode_revocation_warnings(&kept), warnings);
    }

    #[test]
    fn a_text_that_cannot_be_read_has_no_warnings() {
        for text in ["", "{}", "null", "[1]", "[{\"provider\":\"a\"}]", "<html>"] {
            assert_eq!(decode_revocation_warnings(text), [], "{text}");
        }
    }

    #[test]
    fn keeps_one_for_each_provider_and_a_maximum() {
        let mut warnings = Vec::new();
        add_revocation_warning(&mut warnings, warning("a", 1));
        add_revocation_warning(&mut warnings, warning("b", 2));
        add_revocation_warning(&mut warnings, warning("a", 3));
        assert_eq!(warnings, [warning("b", 2), warning("a", 3)]);
        for number in 0..100 {
            add_revocation_warning(&mut warnings, warning(&number.to_string(), number));
        }
        assert_eq!(warnings.len(), MAX_WARNINGS);
        assert_eq!(warnings.last(), Some(&warning("99", 99)));
    }

    #[test]
    fn users_and_deployments_have_different_keys() {
        let keys = [
            revocation_warnings_key("", "ada"),
            revocation_warnings_key("", "bob"),
            revocation_warnings_key("https://coder.example", "ada"),
        ];
        assert!(keys[0] != keys[1] && keys[0] != keys[2]);
        assert!(keys[1].starts_with(&revocation_warnings_key("", "")));
    }

    #[test]
    fn a_change_of_the_storage_may_concern_the_warnings_of_one_deployment() {
        let own = revocation_warnings_key("", "ada");
        let elsewhere = revocation_warnings_key("https://coder.example", "ada");
        for (key, base, concerns) in [
            (Some(own.as_str()), "", true),
            (Some(own.as_str()), "https://coder.example", false),
            (Some(elsewhere.as_str()), "https://coder.example", true),
            (Some(elsewhere.as_str()), "", false),
            (Some("theme"), "", false),
            (Some(""), "", false),
            // `Storage.clear()`.
            (None, "", true),
        ] {
            let found = is_revocation_warnings_key(key, base);
            assert_eq!(found, concerns, "{key:?} {base:?}");
        }
    }
}
