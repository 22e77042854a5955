//! Links a provider: by a redirect flow in a window or in this tab (RFC 6749
//! §4.1), or by the device flow (RFC 8628). The result of a link is a
//! `LinkOutcome`. The view turns it into a notice, an announcement and a place
//! for the focus.

mod baseline;
mod device_link;
mod device_requests;
mod hints;
mod link_outcome;
mod link_report;
mod link_start;
#[expect(clippy::module_inception, reason = "a file is named after its item")]
mod linking;
mod linking_slot;
mod redirect;
mod running_device;
mod waiting_link;
mod window_link;

pub use device_link::DeviceLink;
pub(crate) use link_outcome::LinkOutcome;
pub(crate) use link_report::{LinkReport, Reporter};
pub(crate) use link_start::LinkStart;
pub use linking::{Linking, LinkingShown};
pub use linking_slot::LinkingSlot;
