//! Any body is read as the answer of each route.
#![no_main]

#[path = "../../crates/core/tests/invariants/answer.rs"]
mod answer;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| answer::read_as_everything(text));
