//! The bodies of Coder's API, written by hand from its published reference.
//!
//! The client's types are not used here: with shared types a misread field would
//! be wrong on both sides, and no test would fail.

mod account;
mod api_message;
mod device_authorization;
mod device_exchange;
mod expiry;
mod external_auth;
mod external_auth_list;
mod installation;
mod link;
mod provider;
mod time;
mod unlink_response;

pub(crate) use account::Account;
pub(crate) use api_message::ApiMessage;
pub(crate) use device_authorization::DeviceAuthorization;
pub(crate) use device_exchange::DeviceExchange;
pub(crate) use expiry::Expiry;
pub(crate) use external_auth::ExternalAuth;
pub(crate) use external_auth_list::ExternalAuthList;
pub(crate) use installation::Installation;
pub(crate) use link::Link;
pub(crate) use provider::Provider;
pub(crate) use time::Time;
pub(crate) use unlink_response::UnlinkResponse;
