//! Any text, redacted.

#[path = "invariants/redaction.rs"]
mod redaction;

use proptest::prelude::*;
use redaction::is_short_and_safe;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.max(1_000)))]

    #[test]
    fn any_text_is_cut_and_cannot_act(text in "(\\PC|\\pC|[%&;\\\\\"=:@/<>{}\\[\\]]){0,200}") {
        is_short_and_safe(&text);
    }
}
