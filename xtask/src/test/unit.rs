//! The tests that run on the host: of core, the stand-in, xtask, and of what
//! the page's library has for the host; doc tests included.

use std::ffi::OsString;

use super::report::Report;
use crate::failure::Result;
use crate::process;

/// The page's package, whose tests in `tests/` are the browser's.
pub(super) const PAGE: &str = "coder-external-auth";

/// Runs them.
pub(super) fn run(passed_on: &[OsString]) -> Result<Report> {
    let runs: [(&str, &[&str]); 3] = [
        (
            "unit: core, stand-in, xtask",
            &["--workspace", "--exclude", PAGE],
        ),
        ("unit: the page's library", &["--package", PAGE, "--lib"]),
        ("unit: the page's examples", &["--package", PAGE, "--doc"]),
    ];
    let mut report = Report::default();
    for (title, selection) in runs {
        let mut command = process::program("cargo");
        command.arg("test").args(selection);
        report.add(super::cargo_test(command, title, passed_on)?);
    }
    Ok(report)
}
