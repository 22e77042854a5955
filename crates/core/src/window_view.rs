use std::sync::Arc;

use crate::{SafeUrl, WindowPhase};

/// What a person sees of a redirect flow that runs in a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowView {
    /// The id of the provider that is being linked.
    pub provider: Arc<str>,
    /// The phase of the flow.
    pub phase: WindowPhase,
    /// The address at which to open this page, because linking does not work at
    /// its current address.
    pub elsewhere: Option<SafeUrl>,
}
