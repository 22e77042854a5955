//! HTTP requests to the deployment: routes, time limits, redirects and the CSRF
//! token. Decides nothing about providers.

mod client;
mod csrf;
mod deployment;
mod request;
mod single_flight;

pub use client::{Client, MaySend};
pub use single_flight::SharedFuture;
pub(crate) use single_flight::SingleFlight;
