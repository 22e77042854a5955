//! Generated addresses, compared with the standard (WHATWG URL).
#![allow(clippy::expect_used, reason = "a panic fails the test")]

#[path = "invariants/address.rs"]
mod address;
#[path = "invariants/at_least.rs"]
mod at_least;

use address::shows_the_visited_host;
use at_least::at_least;
use proptest::prelude::*;

/// The parts of the table of addresses, which the tests in the browser use too.
fn parts() -> Vec<String> {
    let table: serde_json::Value =
        serde_json::from_str(include_str!("addresses.json")).expect("a table");
    let parts = table["parts"].as_array().into_iter().flatten();
    parts
        .filter_map(|part| part.as_str().map(ToOwned::to_owned))
        .collect()
}

proptest! {
    #![proptest_config(at_least(10_000))]

    #[test]
    fn the_host_that_is_shown_is_the_host_that_is_visited(
        scheme in proptest::sample::select(vec!["https://", "HTTP://", "https:", "https:///"]),
        parts in proptest::collection::vec(proptest::sample::select(parts()), 1..9),
        separator in proptest::sample::select(vec!["", "."]),
        end in proptest::sample::select(vec!["", "/", "/a?b#c", ":443", ":80/", "\\", "@x"]),
    ) {
        let text = format!("{scheme}{}{end}", parts.join(separator));
        shows_the_visited_host(&text);
    }

    #[test]
    fn the_same_holds_for_any_text(text in "(https?://)?[!-~\\PC]{0,24}(/\\PC{0,6})?") {
        shows_the_visited_host(&text);
    }

    #[test]
    fn the_same_holds_for_ip_addresses(
        text in "https://(\\[([0-9a-fA-F]{1,5}|:|::|0|0:0|\\.){1,10}\\]|([0-9]{1,3}|0x?[0-9a-f]{0,3}|\\.){1,7})(:[0-9]{0,6})?/",
    ) {
        shows_the_visited_host(&text);
    }
}
