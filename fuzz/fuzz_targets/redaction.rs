//! Any text is redacted, and a secret after it is hidden.
#![no_main]

#[path = "../../crates/core/tests/invariants/redaction.rs"]
mod redaction;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| redaction::is_short_and_safe(text));
