use serde::{Deserialize, Serialize};

use super::lenient;

/// An account at a provider: the linked user, or the owner of an installation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Account {
    /// The provider's number for the account.
    #[serde(default, deserialize_with = "lenient::unsigned")]
    pub id: u64,
    /// The account's handle, shown as `@login`.
    #[serde(default, deserialize_with = "lenient::string")]
    pub login: String,
    /// The person's or organisation's name; may be empty.
    #[serde(default, deserialize_with = "lenient::string")]
    pub name: String,
    /// Address of a picture; may be empty.
    #[serde(default, deserialize_with = "lenient::string")]
    pub avatar_url: String,
    /// Address of the profile page; may be empty.
    #[serde(default, deserialize_with = "lenient::string")]
    pub profile_url: String,
}
