//! Talks HTTP to the deployment. Knows the routes, the time limits and the
//! CSRF token; decides nothing about providers.

mod client;
mod csrf;
mod deployment;
mod request;
mod single_flight;

pub use client::{Client, MaySend};
pub use single_flight::SharedFuture;
pub(crate) use single_flight::SingleFlight;
