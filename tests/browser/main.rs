//! Component tests: the page in a browser, as a person uses it.
//!
//! All suites are one program, because linking it, writing its JavaScript and
//! starting a browser take longer than all its tests. To run some of them:
//! `cargo xtask test --only browser -- unlink_dialog`.
//!
//! Time and network are fakes that a test controls (see [`support`]). The
//! browser, its DOM, its `Request`s and its focus are real.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a panic fails the test"
)]

mod support;

pub mod addresses;
pub mod client;
pub mod coming_back;
pub mod config;
pub mod device_flow;
pub mod early_requests;
pub mod elements;
pub mod external_auth_list;
pub mod list_order;
pub mod managing;
pub mod provider_card;
pub mod provider_page;
pub mod reactive;
pub mod session;
pub mod unlink_dialog;
pub mod window_link;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
