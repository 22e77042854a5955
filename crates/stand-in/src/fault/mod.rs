//! Faults that a test arms: another answer, a held one, a cut one.

mod cut;
mod faults;
mod spec;

pub(crate) use faults::Faults;
pub(crate) use spec::{Fault, Half, HoldAt};
