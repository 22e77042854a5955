//! What is on the page now: signals for each provider, and the commands that
//! change them.

mod check_all;
mod coming_back;
mod commands;
mod device_link;
mod external_auth_store;
mod installing;
mod link_outcome;
mod list_load;
mod live_check;
mod live_queue;
mod pending;
mod person;
mod provider_entry;
mod provider_page;
mod revocation_warnings;
mod store_event;
mod unlinking;
mod window_link;

/// The id of the page's heading, to which the focus goes when what had it is
/// gone and no card is concerned.
pub const TITLE_ID: &str = "external-auth-title";

pub use check_all::CheckAll;
pub use device_link::{DeviceLink, DeviceShown};
pub use external_auth_store::{ExternalAuthStore, ListStatus};
pub use pending::Pending;
pub use provider_entry::ProviderEntry;
pub use provider_page::ProviderPageStatus;
pub use store_event::StoreEvent;
pub use window_link::{WindowLinkPhase, WindowLinkShown};
