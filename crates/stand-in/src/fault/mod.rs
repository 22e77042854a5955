//! Faults that a test arms: an answer that is replaced, held, or cut off.

mod cut;
mod fault_spec;
mod faults;
mod origin;
mod stage;

pub(crate) use fault_spec::Fault;
pub(crate) use faults::Faults;
pub(crate) use origin::Origin;
pub(crate) use stage::Stage;
