//! How many cases a property test tries. The tests inside of the crate use it too.

use proptest::prelude::ProptestConfig;

/// At least so many cases; `PROPTEST_CASES` raises the number.
pub fn at_least(cases: u32) -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases.max(cases),
        ..usual
    }
}
