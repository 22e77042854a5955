use super::{DecodeError, Fields, Json, Read};

/// The person who is signed in: the answer of `GET /users/me`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct User {
    /// Unique in the deployment, and stable when the name changes.
    pub id: String,
    /// The name that the person signs in with; may be empty.
    pub username: String,
}

impl Read for User {
    fn read(json: Json) -> Result<Self, DecodeError> {
        let mut fields = Fields::of(json)?;
        Ok(Self {
            id: fields.identity("id")?,
            username: fields.name("username"),
        })
    }
}
