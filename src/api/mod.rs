//! Talks HTTP to the deployment. Knows the routes, the time limits and the
//! CSRF token; decides nothing about providers.

mod client;
mod csrf;
mod deployment;
mod joined;
mod request;

pub use client::Client;
pub(crate) use joined::{Joined, SharedFuture};
