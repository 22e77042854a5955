//! The output of `cargo test`, line by line.
//!
//! It is text, because nothing else is stable: libtest has JSON only behind
//! `-Z unstable-options`, and wasm-bindgen's runner has none. The test programs
//! on the host, the doc tests and that runner write their results alike.

use super::counts::Counts;
use super::report::Report;

/// Counts the results in the output.
#[derive(Debug, Default)]
pub(super) struct CargoTestOutput {
    report: Report,
    /// The number of test programs that reported a failed test.
    reported: u64,
    /// The test programs that failed, as cargo names them, with or without a
    /// report.
    failed: Vec<String>,
}

impl CargoTestOutput {
    /// Reads one line, without colours.
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

    /// The report. `succeeded` is what cargo's exit code says.
    pub(super) fn report(self, succeeded: bool, title: &str) -> Report {
        let mut report = self.report;
        // A program that crashed or was stopped fails without a report.
        let silent = (self.failed.len() as u64).saturating_sub(self.reported);
        for _ in 0..silent {
            report.add(Report::failed(&format!(
                "{title}: ended without a report: one of {}",
                self.failed.join(", ")
            )));
        }
        report.with_exit(succeeded, &format!("{title}: see its output above"))
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

/// Reads `test some::name ... FAILED`, or `FAIL` of wasm-bindgen's runner.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: u64, failed: u64, skipped: u64) -> Counts {
        Counts {
            passed,
            failed,
            skipped,
        }
    }

    fn read(output: &str, succeeded: bool) -> Report {
        let mut lines = CargoTestOutput::default();
        for line in output.lines() {
            lines.read(line);
        }
        lines.report(succeeded, "core")
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
    fn reads_the_output_of_wasm_bindgens_runner() {
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
    fn ignores_what_a_test_prints_about_a_test_result() {
        let report = read("the test result: ok. 9 passed\ntest result: fine\n", true);
        assert_eq!(report.counts, counts(0, 0, 0));
    }
}
