//! The bodies of Coder's external authentication API, as they are on the wire.
//!
//! The types mirror the wire and decide nothing. Reading is tolerant: a field
//! that is missing, `null`, unknown or of another type does not make an answer
//! fail, and only an item without its identity is skipped. Each type reads its
//! fields from [`Json`] itself, because the code that serde would derive is
//! three times as large.

mod account;
mod api_message;
mod body;
mod build_info;
mod device_authorization;
mod device_exchange;
mod expiry;
mod external_auth;
mod external_auth_list;
mod fields;
mod installation;
mod json;
mod link;
mod provider;
mod unlink_response;
mod user;

pub use account::Account;
pub use api_message::{ApiMessage, ValidationError};
pub use body::{DecodeError, decode};
pub use build_info::BuildInfo;
pub use device_authorization::DeviceAuthorization;
pub use device_exchange::DeviceExchange;
pub use expiry::Expiry;
pub use external_auth::ExternalAuth;
pub use external_auth_list::ExternalAuthList;
pub(crate) use fields::Fields;
pub use fields::Read;
pub use installation::Installation;
pub use json::Json;
pub use link::Link;
pub use provider::Provider;
pub use unlink_response::UnlinkResponse;
pub use user::User;
