//! Any text, redacted.

#[path = "invariants/at_least.rs"]
mod at_least;
#[path = "invariants/redaction.rs"]
mod redaction;

use at_least::at_least;
use proptest::prelude::*;
use redaction::is_short_and_safe;

proptest! {
    #![proptest_config(at_least(1_000))]

    #[test]
    fn any_text_is_cut_and_cannot_act(text in "(\\PC|\\pC|[%&;\\\\\"=:@/<>{}\\[\\]]){0,200}") {
        is_short_and_safe(&text);
    }
}
