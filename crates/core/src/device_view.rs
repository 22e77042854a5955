use crate::{DeviceEnd, PollingHealth};

/// What a person is shown of a device flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceView {
    /// The right to poll, or a code, is on its way.
    Requesting,
    /// Another tab links the same provider.
    InAnotherTab,
    /// The other tab has stopped; this one can begin.
    OtherTabStopped,
    /// The code is to be typed in at the provider.
    Waiting {
        /// What to type.
        user_code: String,
        /// Where to type it, as the provider names it.
        verification_uri: String,
        /// How polling goes.
        health: PollingHealth,
    },
    /// The end is being made sure of.
    Confirming,
    /// It is over.
    Ended(DeviceEnd),
}
