use crate::{DeviceEnd, PollingHealth};

/// What a person sees of a device flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceView {
    /// The polling lock or a code is being requested.
    Requesting,
    /// Another tab links the same provider.
    InAnotherTab,
    /// The other tab has stopped. This one can start.
    OtherTabStopped,
    /// The person enters the code at the provider.
    Waiting {
        /// The code to enter.
        user_code: String,
        /// The address at which to enter it, as the provider names it.
        verification_uri: String,
        /// The health of polling.
        health: PollingHealth,
    },
    /// The end is being confirmed.
    Confirming,
    /// The flow is over.
    Ended(DeviceEnd),
}
