//! An address that may be followed shows the host that a browser visits.
#![no_main]

#[path = "../../crates/core/tests/invariants/address.rs"]
mod address;

use libfuzzer_sys::fuzz_target;

// Few texts begin with a scheme by chance.
fuzz_target!(|rest: &str| address::shows_the_visited_host(&format!("https://{rest}")));
