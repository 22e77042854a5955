#![doc = include_str!("../README.md")]
//!
#![doc = include_str!("../docs/control-routes.md")]
#![allow(
    clippy::result_large_err,
    reason = "most functions fail with the HTTP answer"
)]

mod answer;
mod avatar;
mod clock;
mod coder;
mod control;
mod cookies;
mod dashboard;
mod environment;
mod fault;
mod form;
mod gallery;
mod html;
mod http_date;
mod local_path;
mod lock;
mod network;
mod options;
mod origins;
mod own_path;
mod pkce;
mod provider;
mod random;
mod request_log;
mod same_site;
mod scenario;
mod server;
mod simulation;
mod start_error;
mod wire;

pub use gallery::gallery_views;
pub use options::{Invocation, Options, USAGE};
pub use scenario::Scenario;
pub use server::StandIn;
pub use start_error::StartError;
