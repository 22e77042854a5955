//! A device flow polls as RFC 8628 allows, whatever happens.
#![no_main]

#[path = "../../crates/core/tests/invariants/device_flow.rs"]
mod device_flow;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|events: &[u8]| device_flow::polls_as_allowed(events));
