//! What handlers ask for in their signatures. Each rejection is the
//! deployment's own answer.
//!
//! Extractors run in the order of a handler's arguments, and this order decides
//! which answer a request gets that fails for two reasons.

mod caller;
mod configured_provider;
mod device_flow_provider;
mod new_session_cookie;
mod visit;

pub(crate) use caller::Caller;
pub(crate) use device_flow_provider::DeviceFlowProvider;
pub(crate) use new_session_cookie::NewSessionCookie;
pub(crate) use visit::Visit;
