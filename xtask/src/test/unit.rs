//! The tests that run on the host: those of core, the stand-in and xtask, and the
//! host tests of the page's library, with the doc tests.

use std::ffi::OsString;

use super::report::Report;
use crate::failure::Result;
use crate::process;

/// The page's package. Its tests in `tests/` run in a browser.
pub(super) const PAGE: &str = "coder-external-auth";

/// The package of the fuzz targets. It has no tests, and libFuzzer needs a C++
/// compiler.
pub(super) const FUZZ: &str = "coder-external-auth-fuzz";

/// Runs the tests.
pub(super) fn run(passed_on: &[OsString]) -> Result<Report> {
    let runs: [(&str, &[&str]); 3] = [
        (
            "unit: core, stand-in, xtask",
            &["--workspace", "--exclude", PAGE, "--exclude", FUZZ],
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
