//! Removing a link, and how that ended.

mod unlink;
mod unlink_outcome;

pub(crate) use unlink::unlink;
pub use unlink_outcome::UnlinkOutcome;
