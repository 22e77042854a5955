//! Transition.
pub(crate) mod device_link;
mod link_outcome;
mod pending;
mod provider_entry;
pub(crate) mod window_link;

pub use crate::session::SessionEvent as StoreEvent;
pub use crate::session::{CheckAll, ListStatus, Session};
pub use crate::view::{ProviderPageStatus, TITLE_ID, View as ExternalAuthStore};
pub use device_link::{DeviceLink, DeviceShown};
pub use pending::Pending;
pub(crate) use pending::PendingGuard;
pub use provider_entry::ProviderEntry;
pub use window_link::{WindowLinkPhase, WindowLinkShown};
