//! Tests of the stand-in over real sockets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail as loudly as it likes"
)]

mod support;

mod by_id;
mod control;
mod device;
mod embed;
mod faults;
mod gallery;
mod list;
mod literal_answers;
mod own_answers;
mod page;
mod program;
mod provider;
mod redirect_flow;
mod refresh;
mod sessions;
mod unlink;
mod validation;
