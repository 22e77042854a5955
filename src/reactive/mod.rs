//! Effects, memos and derived values. Each unsubscribes from its signals when
//! its reactive owner is cleaned up.
//!
//! This is the only place that may call `Effect::new`, `Memo::new`,
//! `RenderEffect::new` and `Signal::derive`: clippy's `disallowed-methods`
//! refuses them elsewhere.
#![expect(
    clippy::disallowed_methods,
    reason = "this module wraps the methods that the rest of the program must not call"
)]

mod derived;
mod dynamic;
mod effect;
mod memo;
mod shared;
mod unsubscribe_on_cleanup;

pub use derived::{aria_flag, flag, words};
pub use dynamic::dynamic;
pub use effect::effect;
pub use memo::memo;
pub use shared::Shared;
pub use unsubscribe_on_cleanup::unsubscribe_on_cleanup;
