use serde::{Deserialize, Serialize};

/// The origin whose answers a fault changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Origin {
    /// The deployment's origin: the API, its pages, the page's files.
    #[default]
    Deployment,
    /// The providers' origin. Requests of a browser count, and those of the
    /// deployment.
    Provider,
}
