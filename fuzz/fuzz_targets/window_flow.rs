//! A flow in a window reads one answer at a time, whatever happens.
#![no_main]

#[path = "../../crates/core/tests/invariants/window_flow.rs"]
mod window_flow;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|events: &[u8]| window_flow::checks_one_at_a_time(events));
