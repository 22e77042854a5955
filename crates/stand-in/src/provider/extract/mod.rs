//! What handlers ask for in their signatures. Each rejection is the provider's
//! own answer.
//!
//! Extractors run in the order of a handler's arguments, and this order decides
//! which answer a request gets that fails for two reasons.

mod now;
mod own_form;
mod service_handle;

pub(super) use now::Now;
pub(super) use own_form::OwnForm;
