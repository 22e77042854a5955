//! What is on the page now: signals for each provider, and the commands that
//! change them.

mod busy_guard;
mod check_all;
mod coming_back;
mod commands;
mod external_auth_store;
mod installing;
mod list_load;
mod live_check;
mod live_queue;
mod pending;
mod person;
mod present_link;
mod provider_entry;
mod provider_page;
mod revocation_warnings;
mod session_event;
mod store_event;
mod unlinking;

/// The id of the page's heading, to which the focus goes when what had it is
/// gone and no card is concerned.
pub const TITLE_ID: &str = "external-auth-title";

pub(crate) use busy_guard::BusyGuard;
pub use check_all::CheckAll;
pub use external_auth_store::{ExternalAuthStore, ListStatus};
pub use pending::Pending;
pub(crate) use person::{ActingPerson, PersonCheck};
pub use provider_entry::ProviderEntry;
pub use provider_page::ProviderPageStatus;
pub(crate) use session_event::SessionEvent;
pub use store_event::StoreEvent;
