use serde::{Deserialize, Serialize};

/// When a request is held, or its connection is reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    /// Before the request has its effect.
    #[default]
    Before,
    /// After the request has had its effect, before the answer.
    After,
}
