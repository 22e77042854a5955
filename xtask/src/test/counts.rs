//! Reading the runners' reports.

use std::fmt;

use serde_json::Value;

/// How many tests there were, by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Did what they should.
    pub(super) passed: u64,
    /// Did not.
    pub(super) failed: u64,
    /// Were not run, on purpose.
    pub(super) skipped: u64,
}

impl Counts {
    /// Adds others to these.
    pub(super) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// How many were run.
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

/// What came of a part of the tests.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Report {
    /// How many.
    pub(super) counts: Counts,
    /// The names of what failed, for the summary.
    pub(super) failures: Vec<String>,
}

impl Report {
    /// One thing that passed.
    pub(super) fn passed() -> Self {
        Self {
            counts: Counts {
                passed: 1,
                ..Counts::default()
            },
            failures: Vec::new(),
        }
    }

    /// One thing that failed.
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
}

/// Reads the output of `cargo test`, line by line: that of the test programs
/// on the host, of doc tests, and of wasm-bindgen's runner in the browser, all
/// of which end alike.
#[derive(Debug, Default)]
pub(super) struct CargoTest {
    report: Report,
    /// Test programs that reported a failed test.
    reported: u64,
    /// Test programs that cargo says failed, with or without a report.
    failed: Vec<String>,
}

impl CargoTest {
    /// Takes one line, without colours.
    pub(super) fn read(&mut self, line: &str) {
        let line = line.trim();
        if let Some(counts) = result_line(line) {
            self.reported += u64::from(counts.failed > 0);
            self.report.counts.add(counts);
        } else if let Some(name) = failed_test(line) {
            self.report.failures.push(name.to_owned());
        } else if let Some(target) = failed_target(line) {
            self.failed.push(target.to_owned());
        }
    }

    /// The end: `succeeded` is what cargo's exit code says.
    pub(super) fn report(self, succeeded: bool, title: &str) -> Report {
        let mut report = self.report;
        // A program that crashed, or was stopped, fails without a report.
        let silent = (self.failed.len() as u64).saturating_sub(self.reported);
        for _ in 0..silent {
            report.add(Report::failed(&format!(
                "{title}: ended without a report: one of {}",
                self.failed.join(", ")
            )));
        }
        if !succeeded && report.counts.failed == 0 {
            report.add(Report::failed(&format!("{title}: see its output above")));
        }
        report
    }
}

/// Reads `test result: ok. 2 passed; 0 failed; 1 ignored; …`.
fn result_line(line: &str) -> Option<Counts> {
    let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number = |label: &str| {
        numbers.split("; ").find_map(|part| {
            let (number, name) = part.split_once(' ')?;
            (name == label).then(|| number.parse().ok())?
        })
    };
    Some(Counts {
        passed: number("passed")?,
        failed: number("failed")?,
        skipped: number("ignored")?,
    })
}

/// Reads `test some::name ... FAILED`, or `FAIL` as wasm-bindgen's runner has it.
fn failed_test(line: &str) -> Option<&str> {
    let (name, outcome) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    (outcome == "FAILED" || outcome == "FAIL").then_some(name)
}

/// Reads ``error: test failed, to rerun pass `-p core --lib` ``.
fn failed_target(line: &str) -> Option<&str> {
    ["error: test failed, ", "error: doctest failed, "]
        .iter()
        .find_map(|start| line.strip_prefix(start))?
        .strip_prefix("to rerun pass ")
}

/// Reads the report that Playwright writes with its reporter `json`.
pub(super) fn playwright(report: &Value) -> Option<Report> {
    let stats = report.get("stats")?;
    let number = |name: &str| stats.get(name).and_then(Value::as_u64);
    let mut result = Report {
        counts: Counts {
            passed: number("expected")?,
            // One that passed on a second try has failed once.
            failed: number("unexpected")? + number("flaky")?,
            skipped: number("skipped")?,
        },
        failures: Vec::new(),
    };
    for suite in array(report, "suites") {
        failed_specs(suite, "", &mut result.failures);
    }
    // Errors outside of tests: a file that cannot be loaded, for example.
    for error in array(report, "errors") {
        let text = error["message"]
            .as_str()
            .unwrap_or("an error without words");
        let text = crate::process::without_colours(text);
        let line = text.lines().next().unwrap_or_default();
        result.add(Report::failed(line));
    }
    Some(result)
}

/// Reads the report that Node.js's own test runner writes with its reporter
/// `tap`.
pub(super) fn tap(report: &str) -> Option<Report> {
    let number = |name: &str| -> Option<u64> {
        report.lines().find_map(|line| {
            let number = line.strip_prefix("# ")?.strip_prefix(name)?;
            number.strip_prefix(' ')?.parse().ok()
        })
    };
    // What belongs to a test is indented, its words included.
    let failures = report.lines().filter_map(|line| {
        let (_, name) = line.strip_prefix("not ok ")?.split_once(" - ")?;
        Some(name.to_owned())
    });
    Some(Report {
        counts: Counts {
            passed: number("pass")?,
            // One that was cancelled ran into its time limit, for example.
            failed: number("fail")? + number("cancelled")?,
            skipped: number("skipped")? + number("todo")?,
        },
        failures: failures.collect(),
    })
}

fn array<'report>(value: &'report Value, name: &str) -> impl Iterator<Item = &'report Value> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// Collects the titles of failed tests, with those of the suites around them.
fn failed_specs(suite: &Value, above: &str, failures: &mut Vec<String>) {
    let title = |value: &Value| {
        let own = value["title"].as_str().unwrap_or_default();
        if above.is_empty() {
            own.to_owned()
        } else {
            format!("{above} › {own}")
        }
    };
    let path = title(suite);
    for spec in array(suite, "specs") {
        let failed = array(spec, "tests")
            .any(|test| matches!(test["status"].as_str(), Some("unexpected" | "flaky")));
        if failed {
            let name = spec["title"].as_str().unwrap_or_default();
            failures.push(format!("{path} › {name}"));
        }
    }
    for inner in array(suite, "suites") {
        failed_specs(inner, &path, failures);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn counts(passed: u64, failed: u64, skipped: u64) -> Counts {
        Counts {
            passed,
            failed,
            skipped,
        }
    }

    fn read(output: &str, succeeded: bool) -> Report {
        let mut lines = CargoTest::default();
        for line in output.lines() {
            lines.read(line);
        }
        lines.report(succeeded, "core")
    }

    #[test]
    fn says_the_totals_in_one_line() {
        assert_eq!(counts(1, 2, 3).to_string(), "1 passed, 2 failed, 3 skipped");
    }

    #[test]
    fn adds_up_what_several_test_programs_report() {
        let report = read(
            "running 2 tests\n\
             test a ... ok\n\
             test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
             \n   Doc-tests core\n\
             test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s\n",
            true,
        );
        assert_eq!(report.counts, counts(7, 0, 1));
        assert!(report.failures.is_empty());
    }

    #[test]
    fn reads_the_browsers_report() {
        let report = read(
            "test list::shows_a_card ... ok\n\
             test list::hides_it ... FAIL\n\
             test result: FAILED. 3 passed; 1 failed; 0 ignored; 2 filtered out; finished in 0.52s\n\
             error: test failed, to rerun pass `--test list`\n",
            false,
        );
        assert_eq!(report.counts, counts(3, 1, 0));
        assert_eq!(report.failures, ["list::hides_it"]);
    }

    #[test]
    fn a_program_that_crashes_is_a_failure_beside_those_reported() {
        let report = read(
            "test a ... FAILED\n\
             test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out\n\
             error: test failed, to rerun pass `-p core --lib`\n\
             error: test failed, to rerun pass `-p core --test crashing`\n\
             error: 2 targets failed:\n",
            false,
        );
        assert_eq!(report.counts, counts(1, 2, 0));
        assert_eq!(report.failures.len(), 2);
        assert!(report.failures[1].contains("--test crashing"));
    }

    #[test]
    fn a_build_that_fails_is_one_failure() {
        let report = read("error: could not compile `core`\n", false);
        assert_eq!(report.counts, counts(0, 1, 0));
    }

    #[test]
    fn does_not_take_a_tests_own_words_for_a_result() {
        let report = read("the test result: ok. 9 passed\ntest result: fine\n", true);
        assert_eq!(report.counts, counts(0, 0, 0));
    }

    #[test]
    fn counts_playwrights_report() {
        let report = playwright(&json!({
            "suites": [{
                "title": "list.spec.js",
                "specs": [
                    { "title": "shows", "tests": [{ "status": "expected" }] },
                    { "title": "hides", "tests": [{ "status": "unexpected" }] },
                ],
                "suites": [{
                    "title": "a card",
                    "specs": [{ "title": "unlinks", "tests": [{ "status": "flaky" }] }],
                }],
            }],
            "errors": [],
            "stats": { "expected": 1, "unexpected": 1, "flaky": 1, "skipped": 4 },
        }));
        assert_eq!(
            report,
            Some(Report {
                counts: counts(1, 2, 4),
                failures: vec![
                    "list.spec.js › hides".to_owned(),
                    "list.spec.js › a card › unlinks".to_owned(),
                ],
            })
        );
    }

    #[test]
    fn a_file_that_playwright_cannot_load_is_a_failure() {
        let report = playwright(&json!({
            "suites": [],
            "errors": [{ "message": "\u{1b}[31mSyntaxError\u{1b}[0m: x\n at y" }],
            "stats": { "expected": 0, "unexpected": 0, "flaky": 0, "skipped": 0 },
        }));
        assert_eq!(report, Some(Report::failed("SyntaxError: x")));
    }

    #[test]
    fn counts_the_report_of_nodes_test_runner() {
        let report = tap("TAP version 13\n\
             # Subtest: links\n\
             ok 1 - links\n  ---\n  duration_ms: 12\n  ...\n\
             # Subtest: unlinks\n\
             not ok 2 - unlinks\n  ---\n  error: 'not ok 3 - in its words'\n  ...\n\
             ok 3 - checks # SKIP\n\
             not ok 4 - waits\n\
             1..4\n# tests 4\n# suites 0\n# pass 1\n# fail 1\n# cancelled 1\n\
             # skipped 1\n# todo 0\n# duration_ms 4000\n");
        assert_eq!(
            report,
            Some(Report {
                counts: counts(1, 2, 1),
                failures: vec!["unlinks".to_owned(), "waits".to_owned()],
            })
        );
    }

    #[test]
    fn a_report_without_numbers_is_none() {
        assert_eq!(tap("TAP version 13\nok 1 - links\n"), None);
        assert_eq!(playwright(&json!({ "stats": { "expected": 1 } })), None);
        assert_eq!(playwright(&json!({})), None);
    }
}
