use serde::Serialize;

/// A provider of the list.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Provider {
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) device: bool,
    pub(crate) display_name: String,
    pub(crate) display_icon: String,
    pub(crate) allow_refresh: bool,
    pub(crate) allow_validate: bool,
    pub(crate) supports_revocation: bool,
    pub(crate) code_challenge_methods_supported: Vec<String>,
}

impl Provider {
    /// Whether its type is `github`, in any case.
    pub(crate) fn is_github(&self) -> bool {
        self.kind.eq_ignore_ascii_case("github")
    }
}
