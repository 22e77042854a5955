use serde::Serialize;

use super::{DecodeError, Fields, Json, Read};
use crate::foreign_text::shown_name;
use crate::limits::MAX_ITEMS;

/// A provider that the deployment has configured.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Provider {
    /// Unique in the deployment, and part of URLs.
    pub id: String,
    /// `github`, `gitlab` or any other text; often empty, or equal to the id.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether accounts are linked by the device flow (RFC 8628).
    pub device: bool,
    /// The name for a person; may be empty.
    pub display_name: String,
    /// An address, a path on the deployment, or empty.
    pub display_icon: String,
    /// Whether the deployment refreshes expired tokens.
    pub allow_refresh: bool,
    /// Whether the deployment can ask the provider if a token is valid.
    pub allow_validate: bool,
    /// Whether a revocation endpoint (RFC 7009) is configured.
    pub supports_revocation: bool,
    /// PKCE methods (RFC 7636), `S256` or `plain`; `none` for none.
    pub code_challenge_methods_supported: Vec<String>,
}

impl Provider {
    /// Whether the type is GitHub, the only one for which a live check returns
    /// more than the list. Coder ignores the case of types.
    #[must_use]
    pub fn is_github(&self) -> bool {
        self.kind.eq_ignore_ascii_case("github")
    }

    /// Whether repositories are cloned from it, by its type.
    #[must_use]
    pub fn is_git(&self) -> bool {
        const GIT: [&str; 6] = [
            "git",
            "bitbucket",
            "azure-devops",
            "gitea",
            "codeberg",
            "forgejo",
        ];
        let kind = self.kind.as_str();
        GIT.iter().any(|git| {
            kind.get(..git.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(git))
        })
    }

    /// The PKCE methods (RFC 7636) in use. `none` in the field means no method.
    #[must_use]
    pub fn pkce_methods(&self) -> Vec<String> {
        let methods = self.code_challenge_methods_supported.iter();
        (methods.map(|method| shown_name(method)))
            .filter(|method| !method.is_empty() && !method.eq_ignore_ascii_case("none"))
            .collect()
    }
}

impl Read for Provider {
    fn read(json: Json) -> Result<Self, DecodeError> {
        let mut fields = Fields::of(json)?;
        Ok(Self {
            id: fields.identity("id")?,
            kind: fields.line("type"),
            device: fields.boolean("device"),
            display_name: fields.line("display_name"),
            display_icon: fields.picture("display_icon"),
            allow_refresh: fields.boolean("allow_refresh"),
            allow_validate: fields.boolean("allow_validate"),
            supports_revocation: fields.boolean("supports_revocation"),
            code_challenge_methods_supported: fields
                .list("code_challenge_methods_supported", MAX_ITEMS),
        })
    }
}
