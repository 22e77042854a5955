use serde::{Deserialize, Serialize};

/// Whether an answer is held before or after the request has its effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HoldAt {
    /// The request has no effect until the hold is released.
    #[default]
    Before,
    /// The request has had its effect; only the answer is held.
    After,
}
