//! What is known of one deployment for one signed-in person, and the commands
//! that change it.
//!
//! All views of the session share it. A command returns its outcome as a
//! value. A session knows no sentences, no focus, no element ids and no live
//! regions.

mod acting_person;
mod another_person;
mod background;
mod deferred;
mod list_status;
pub(crate) mod live;
mod load_list;
mod observers;
mod pending_guard;
mod person;
mod provider_row;
mod redirect_person;
mod revocation_warnings;
mod row_inner;
mod row_signals;
mod rows;
#[expect(
    clippy::module_inception,
    reason = "a file is named after the one item in it"
)]
mod session;
mod session_event;
mod sign_in;
mod single_provider;
mod tab_return;

pub use crate::api::EarlyRequests;
pub(crate) use acting_person::{ActingPerson, PersonCheck};
pub(crate) use background::BACKGROUND;
pub use deferred::Deferred;
pub use external_auth_core::Pending;
pub use list_status::ListStatus;
pub use live::{CheckAll, CheckAllOutcome, CheckOutcome};
pub(crate) use pending_guard::PendingGuard;
pub use provider_row::ProviderRow;
pub use session::Session;
pub use session_event::{FailedCommand, SessionEvent};
pub use single_provider::SingleProvider;
pub(crate) use tab_return::FlowGuard;
