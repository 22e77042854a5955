use serde::Serialize;

use super::{DecodeError, Fields, Json, Read};

/// An account at a provider: the linked user, or the owner of an installation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Account {
    /// The provider's number for the account.
    pub id: u64,
    /// The account's handle, shown as `@login`.
    pub login: String,
    /// The person's or organisation's name; may be empty.
    pub name: String,
    /// Address of a picture; may be empty.
    pub avatar_url: String,
    /// Address of the profile page; may be empty.
    pub profile_url: String,
}

impl Read for Account {
    fn read(json: Json) -> Result<Self, DecodeError> {
        let mut fields = Fields::of(json)?;
        Ok(Self {
            id: fields.unsigned("id"),
            login: fields.name("login"),
            name: fields.name("name"),
            avatar_url: fields.picture("avatar_url"),
            profile_url: fields.address("profile_url"),
        })
    }
}
