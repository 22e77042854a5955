//! Transition.
pub(crate) mod device_link;
mod link_outcome;
pub(crate) mod window_link;

pub(crate) use crate::session::PendingGuard;
pub use crate::session::SessionEvent as StoreEvent;
pub use crate::session::{CheckAll, ListStatus, Session};
pub use crate::session::{Pending, ProviderEntry};
pub use crate::view::{ProviderPageStatus, TITLE_ID, View as ExternalAuthStore};
pub use device_link::{DeviceLink, DeviceShown};
pub use window_link::{WindowLinkPhase, WindowLinkShown};
