//! One picture of a session: what is searched for, which dialog is open, what
//! was said, and how it is set up. Turns the outcome of a command into a notice,
//! an announcement and a place for the focus.

mod card_id;
mod check;
mod check_all;
mod commands;
mod embedded_command;
mod installing;
mod later_parts;
mod live_regions;
mod notices;
mod observe_session;
mod present_link;
mod present_unlink;
mod rows;
mod start;
mod unlink;
#[expect(
    clippy::module_inception,
    reason = "a file is named after the one item in it"
)]
mod view;
mod viewport;

pub(crate) use card_id::card_id;
pub(crate) use embedded_command::EmbeddedCommand;
pub(crate) use later_parts::{fetch_later_parts, later_parts_status, when_later_parts_are_ready};
pub use notices::CardNotice;
pub use start::ProviderPageStatus;
pub use view::View;
pub(crate) use viewport::ROW_NUMBER;

/// The id of the page's heading. The focus goes there when the element that had
/// it is gone and no card is concerned.
pub const TITLE_ID: &str = "external-auth-title";
