use serde::Serialize;

use super::{Account, DecodeError, Fields, Json, Read};

/// A place where the provider's app is installed (GitHub Apps).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Installation {
    /// The provider's number for the installation.
    pub id: u64,
    /// Who installed it.
    pub account: Option<Account>,
    /// Where the person chooses its repositories; may be empty.
    pub configure_url: String,
}

impl Read for Installation {
    fn read(json: Json) -> Result<Self, DecodeError> {
        let mut fields = Fields::of(json)?;
        Ok(Self {
            id: fields.unsigned("id"),
            account: fields.object("account"),
            configure_url: fields.address("configure_url"),
        })
    }
}
