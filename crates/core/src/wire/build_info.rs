use super::{DecodeError, Fields, Json, Read};

/// The answer of `GET /buildinfo`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BuildInfo {
    /// The deployment's access URL.
    pub dashboard_url: String,
}

impl Read for BuildInfo {
    fn read(json: Json) -> Result<Self, DecodeError> {
        let mut fields = Fields::of(json)?;
        Ok(Self {
            dashboard_url: fields.address("dashboard_url"),
        })
    }
}
