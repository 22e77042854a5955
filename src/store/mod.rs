//! What is on the page now: signals for each provider, and the commands that
//! change them.

mod commands;
mod external_auth_store;
mod live_queue;
mod pending;
mod provider_entry;

pub use external_auth_store::{ExternalAuthStore, ListStatus};
pub use pending::Pending;
pub use provider_entry::ProviderEntry;
