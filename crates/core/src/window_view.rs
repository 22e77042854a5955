use std::sync::Arc;

use crate::{SafeUrl, WindowPhase};

/// What a person is shown of a redirect flow that runs in a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowView {
    /// The id of the provider that is being linked.
    pub provider: Arc<str>,
    /// How the flow stands.
    pub phase: WindowPhase,
    /// Where to open this page, because linking does not work at the address
    /// at which it was opened.
    pub elsewhere: Option<SafeUrl>,
}
