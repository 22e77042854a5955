//! HTTP requests to the deployment: routes, time limits, redirects and the CSRF
//! token. Decides nothing about providers.

mod body;
mod change;
mod client;
mod cookie_user;
mod csrf;
mod deployment;
mod device;
mod early_requests;
mod get;
mod received;
mod request;
mod requests;
mod single_flight;
mod unlink;

pub use change::MaySend;
pub use client::Client;
pub use early_requests::EarlyRequests;
pub(crate) use single_flight::{SharedFuture, SingleFlight};
