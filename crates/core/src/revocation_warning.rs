use serde::Serialize;

use crate::Timestamp;
use crate::wire::{DecodeError, Fields, Json, Read, decode};

/// Says that a link was removed while its token may still be valid.
///
/// It outlives the page, so it holds nothing secret: the reason is redacted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RevocationWarning {
    /// The provider's id.
    pub provider: String,
    /// The name it went by on the page.
    pub name: String,
    /// When the link was removed.
    pub at: Option<Timestamp>,
    /// Why the token was not revoked, redacted; empty when nobody says.
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

/// More would not be read, and the browser's storage is shared.
const MOST: usize = 50;

/// Where the warnings for a user of a deployment are kept: the names under
/// which those of one deployment are found all begin alike. `base` is the
/// deployment's origin; empty is the page's own.
#[must_use]
pub fn revocation_warnings_key(base: &str, user_id: &str) -> String {
    format!("coder-external-auth/revocation-warnings/{base}/{user_id}")
}

/// Adds a warning, in place of an older one of the same provider.
pub fn add_revocation_warning(warnings: &mut Vec<RevocationWarning>, warning: RevocationWarning) {
    warnings.retain(|other| other.provider != warning.provider);
    warnings.push(warning);
    let excess = warnings.len().saturating_sub(MOST);
    warnings.drain(..excess);
}

/// As text, to be kept.
#[must_use]
pub fn encode_revocation_warnings(warnings: &[RevocationWarning]) -> String {
    serde_json::to_string(warnings).unwrap_or_default()
}

/// Reads what was kept. What cannot be read, as by a later release, is none.
#[must_use]
pub fn decode_revocation_warnings(text: &str) -> Vec<RevocationWarning> {
    decode(text).unwrap_or_default()
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
    fn what_is_kept_is_read_again() {
        let warnings = vec![
            warning("a", 1_780_000_000_000),
            warning("b", 1_780_000_000_500),
        ];
        let kept = encode_revocation_warnings(&warnings);
        assert_eq!(decode_revocation_warnings(&kept), warnings);
    }

    #[test]
    fn what_cannot_be_read_is_none() {
        for text in ["", "{}", "null", "[1]", "[{\"provider\":\"a\"}]", "<html>"] {
            assert_eq!(decode_revocation_warnings(text), [], "{text}");
        }
    }

    #[test]
    fn one_for_each_provider_and_not_without_end() {
        let mut warnings = Vec::new();
        add_revocation_warning(&mut warnings, warning("a", 1));
        add_revocation_warning(&mut warnings, warning("b", 2));
        add_revocation_warning(&mut warnings, warning("a", 3));
        assert_eq!(warnings, [warning("b", 2), warning("a", 3)]);
        for number in 0..100 {
            add_revocation_warning(&mut warnings, warning(&number.to_string(), number));
        }
        assert_eq!(warnings.len(), MOST);
        assert_eq!(warnings.last(), Some(&warning("99", 99)));
    }

    #[test]
    fn users_and_deployments_have_their_own() {
        let keys = [
            revocation_warnings_key("", "ada"),
            revocation_warnings_key("", "bob"),
            revocation_warnings_key("https://coder.example", "ada"),
        ];
        assert!(keys[0] != keys[1] && keys[0] != keys[2]);
        assert!(keys[1].starts_with(&revocation_warnings_key("", "")));
    }
}
