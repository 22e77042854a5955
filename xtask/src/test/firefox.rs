//! The second browser engine: the component tests in headless Firefox, and a few
//! journeys through the whole program (`e2e/firefox/journeys.js`). The journeys
//! use `WebDriver`, because Playwright drives only a Firefox that it brings along.

use std::ffi::OsString;

use super::browser;
use super::journeys_report;
use super::report::{self, Report};
use super::whole_program::WholeProgram;
use crate::failure::{Explain, Failure, Result};
use crate::setup::{Item, Tools};
use crate::{package, process, say, workspace};

/// Runs the component tests, then the journeys. Arguments choose among the
/// component tests; with arguments no journey runs.
pub(super) fn run(tools: &Tools, program: &WholeProgram, passed_on: &[OsString]) -> Result<Report> {
    let mut report = browser::run_in_firefox(tools, passed_on)?;
    if passed_on.is_empty() {
        report.add(
            journeys(tools, program).unwrap_or_else(|failure| Report::failed(&failure.sentence)),
        );
    }
    Ok(report)
}

/// Runs the journeys.
fn journeys(tools: &Tools, program: &WholeProgram) -> Result<Report> {
    let built = program.built(tools)?;
    package::assemble(&built.page)?;
    super::heading("firefox: the whole program in Firefox");
    let results = workspace::target().join("firefox");
    // Screenshots of an earlier run would mislead.
    if results.exists() {
        std::fs::remove_dir_all(&results).explain(|| format!("remove {}", say::path(&results)))?;
    }
    std::fs::create_dir_all(&results).explain(|| format!("make {}", say::path(&results)))?;
    let file = results.join("report.json");
    let mut command = process::program("node");
    command
        .args(["--test-reporter", "spec"])
        .args(["--test-reporter-destination", "stdout"])
        .args(["--test-reporter", "./e2e/firefox/report.js"])
        .arg("--test-reporter-destination")
        .arg(&file)
        .arg("e2e/firefox/journeys.js")
        .env("FIREFOX_PATH", tools.place(Item::Firefox)?)
        .env(
            "GECKODRIVER",
            tools.compiled(Item::Geckodriver, "geckodriver")?,
        )
        .env("STAND_IN", &built.stand_in)
        .env("PAGE", &built.page)
        .env("ELEMENTS", package::folder())
        .env("RESULTS", &results);
    if super::colour() == "always" {
        command.env("FORCE_COLOR", "1");
    }
    let status = process::shown(command, |_| ())?;

    let counted = report::read(&file, journeys_report::count)
        .ok_or_else(|| Failure::new(format!("the journeys ended without a report ({status})")))?;
    Ok(counted.with_exit(status.success(), &format!("the journeys failed ({status})")))
}
