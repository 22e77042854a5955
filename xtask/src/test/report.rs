//! The result of one part of the tests.

use std::path::Path;

use serde_json::Value;

use super::counts::Counts;

/// The result of one part of the tests.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Report {
    /// The number of tests, by outcome.
    pub(super) counts: Counts,
    /// The names of the failed tests, for the summary.
    pub(super) failures: Vec<String>,
}

impl Report {
    /// One check that passed.
    pub(super) fn passed() -> Self {
        Self {
            counts: Counts {
                passed: 1,
                ..Counts::default()
            },
            failures: Vec::new(),
        }
    }

    /// One check that failed.
    pub(super) fn failed(name: &str) -> Self {
        Self {
            counts: Counts {
                failed: 1,
                ..Counts::default()
            },
            failures: vec![name.to_owned()],
        }
    }

    /// Adds another report to this one.
    pub(super) fn add(&mut self, other: Self) {
        self.counts.add(other.counts);
        self.failures.extend(other.failures);
    }

    /// Adds a failure when the runner failed and its report names no failed test.
    pub(super) fn with_exit(mut self, succeeded: bool, failure: &str) -> Self {
        if !succeeded && self.counts.failed == 0 {
            self.add(Self::failed(failure));
        }
        self
    }
}

/// Reads the JSON report that a runner wrote to a file. `None` when there is no
/// file, or it holds no report.
pub(super) fn read(file: &Path, parse: impl FnOnce(&Value) -> Option<Report>) -> Option<Report> {
    let text = std::fs::read(file).ok()?;
    parse(&serde_json::from_slice(&text).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runner_that_fails_without_a_failed_test_is_one_failure() {
        let report = Report::passed().with_exit(false, "it ended with 3");
        assert_eq!(report.failures, ["it ended with 3"]);
        assert_eq!(report.counts.failed, 1);
    }

    #[test]
    fn a_runner_that_fails_because_of_a_failed_test_adds_no_failure() {
        let report = Report::failed("links").with_exit(false, "it ended with 1");
        assert_eq!(report, Report::failed("links"));
    }
}
