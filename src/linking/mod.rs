//! Links a provider: by a redirect flow in a window or in this tab (RFC 6749
//! §4.1), or by the device flow (RFC 8628). What comes of a link is a
//! `LinkOutcome`; words, notices and focus are made of it elsewhere.

mod baseline;
mod device_link;
mod link_end;
mod link_outcome;
mod link_report;
mod link_start;
#[expect(clippy::module_inception, reason = "a file is named after its item")]
mod linking;
mod redirect;
mod running_device;
mod window_link;

pub use device_link::DeviceLink;
pub(crate) use link_end::LinkEnd;
pub(crate) use link_outcome::LinkOutcome;
pub(crate) use link_report::{LinkReport, Reporter};
pub(crate) use link_start::LinkStart;
pub use linking::Linking;
