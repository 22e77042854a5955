//! The seeds of the fuzz targets, and changes of them: a short fuzzing in every test
//! run. `PROPTEST_CASES` makes it longer.
#![allow(clippy::expect_used, clippy::panic, reason = "a panic fails the test")]

#[path = "invariants/address.rs"]
mod address;
#[path = "invariants/answer.rs"]
mod answer;
#[path = "invariants/at_least.rs"]
mod at_least;
#[path = "invariants/device_flow.rs"]
mod device_flow;
#[path = "invariants/redaction.rs"]
mod redaction;
#[path = "invariants/window_flow.rs"]
mod window_flow;

use std::fs;
use std::path::Path;

use at_least::at_least;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// How many changed seeds each invariant is tried with, at the least.
const CASES: u32 = 2_000;

/// Tries the seeds of a target, and then changed ones.
fn fuzz(target: &str, is_true: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/seeds")
        .join(target);
    let seeds: Vec<Vec<u8>> = fs::read_dir(folder)
        .expect("the seeds")
        .map(|entry| fs::read(entry.expect("a file").path()).expect("a seed"))
        .collect();
    assert!(!seeds.is_empty(), "{target} has no seeds");
    for seed in &seeds {
        is_true(seed);
    }
    let mut runner = TestRunner::new(at_least(CASES));
    let changed = runner.run(&changed(seeds), |bytes| {
        is_true(&bytes);
        Ok(())
    });
    if let Err(error) = changed {
        panic!("{target}: {error}");
    }
}

/// A seed of which parts are replaced, removed, repeated, or taken from another one.
fn changed(seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let one = proptest::sample::select(seeds.clone());
    let other = proptest::sample::select(seeds);
    let change = (
        any::<u8>(),
        any::<prop::sample::Index>(),
        0..16_usize,
        any::<u8>(),
    );
    let changes = proptest::collection::vec(change, 0..12);
    (one, other, changes).prop_map(|(mut bytes, other, changes)| {
        for (kind, place, length, byte) in changes {
            let start = place.index(bytes.len() + 1);
            let end = (start + length).min(bytes.len());
            match kind % 5 {
                0 => bytes.splice(start..end, []).for_each(drop),
                1 => bytes.insert(start, byte),
                2 if start < bytes.len() => bytes[start] ^= 1 << (byte % 8),
                3 => {
                    let repeated = bytes[start..end].repeat(usize::from(byte % 8));
                    bytes.splice(start..start, repeated).for_each(drop);
                }
                _ => {
                    let from = place.index(other.len() + 1);
                    let to = (from + 4 * length).min(other.len());
                    bytes
                        .splice(start..end, other[from..to].to_vec())
                        .for_each(drop);
                }
            }
        }
        bytes
    })
}

/// As the fuzz targets read the bytes: invalid UTF-8 is not tried.
fn text(is_true: impl Fn(&str)) -> impl Fn(&[u8]) {
    move |bytes| {
        if let Ok(text) = std::str::from_utf8(bytes) {
            is_true(text);
        }
    }
}

#[test]
fn addresses_show_the_host_that_is_visited() {
    fuzz("address", text(address::shows_the_visited_host));
}

#[test]
fn answers_are_read_without_a_panic() {
    fuzz("answer", text(answer::read_as_everything));
}

#[test]
fn redacted_texts_are_short_and_safe() {
    fuzz("redaction", text(redaction::is_short_and_safe));
}

#[test]
fn device_flows_poll_as_allowed() {
    fuzz("device_flow", device_flow::polls_as_allowed);
}

#[test]
fn window_flows_check_one_at_a_time() {
    fuzz("window_flow", window_flow::checks_one_at_a_time);
}

proptest! {
    #[test]
    fn window_flows_check_one_at_a_time_whatever_happens(
        events in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        window_flow::checks_one_at_a_time(&events);
    }
}
