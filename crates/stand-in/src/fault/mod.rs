//! Faults that a test arms: an answer that is replaced, held, or cut off.

mod cut;
mod fault_spec;
mod faults;
mod hold_at;
mod origin;

pub(crate) use fault_spec::Fault;
pub(crate) use faults::Faults;
pub(crate) use hold_at::HoldAt;
pub(crate) use origin::Origin;
