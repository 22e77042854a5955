use serde::Deserialize;

use super::lenient;

/// The person who is signed in: the answer of `GET /users/me`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct User {
    /// Unique in the deployment; stays when the name changes.
    #[serde(deserialize_with = "lenient::identity")]
    pub id: String,
}
