use serde::{Deserialize, Serialize};

/// An account at a provider: `user` and `installations[].account` of
/// `GET /external-auth/{id}`. The control routes take it too.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Account {
    pub(crate) id: u64,
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) avatar_url: String,
    pub(crate) profile_url: String,
}
