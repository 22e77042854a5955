//! How many tests passed, failed and were skipped.

use std::fmt;

/// The number of tests, by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Tests that passed.
    pub(super) passed: u64,
    /// Tests that failed.
    pub(super) failed: u64,
    /// Tests that were skipped on purpose.
    pub(super) skipped: u64,
}

impl Counts {
    /// Adds other counts to these.
    pub(super) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// The number of tests that ran.
    pub(super) fn executed(self) -> u64 {
        self.passed + self.failed
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_the_totals_in_one_line() {
        let counts = Counts {
            passed: 1,
            failed: 2,
            skipped: 3,
        };
        assert_eq!(counts.to_string(), "1 passed, 2 failed, 3 skipped");
    }
}
