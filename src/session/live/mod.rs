//! Live checks of providers, by id: one for the person, automatic ones, and
//! all.

mod check;
mod check_all;
mod check_outcome;
mod live_check;
mod live_queue;

pub use check_all::{CheckAll, CheckAllOutcome};
pub use check_outcome::CheckOutcome;
pub(crate) use live_check::LiveCheck;
pub(super) use live_queue::LiveQueue;
