//! The second engine: the page's components in headless Firefox, by the same
//! tests as in Chromium, and a few journeys through the whole program, which
//! `e2e/firefox/journeys.js` goes by `WebDriver`. Playwright has a Firefox of its
//! own and drives no other.

use std::ffi::OsString;

use super::browser;
use super::counts::{self, Report};
use super::whole_program::WholeProgram;
use crate::failure::{Explain, Failure, Result};
use crate::setup::{Item, Tools};
use crate::{package, process, say, workspace};

/// Runs the components' tests, then the journeys. With arguments for the runner
/// of the first, which ask for some of them, the second are left out.
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
    // Pictures of what failed the last time would mislead.
    if results.exists() {
        std::fs::remove_dir_all(&results).explain(|| format!("remove {}", say::path(&results)))?;
    }
    std::fs::create_dir_all(&results).explain(|| format!("make {}", say::path(&results)))?;
    let report = results.join("report.tap");
    let mut command = process::program("node");
    command
        .args(["--test-reporter", "spec"])
        .args(["--test-reporter-destination", "stdout"])
        .args(["--test-reporter", "tap", "--test-reporter-destination"])
        .arg(&report)
        .arg("e2e/firefox/journeys.js")
        .env("FIREFOX_PATH", tools.place(Item::Firefox)?)
        .env("GECKODRIVER", tools.geckodriver()?)
        .env("STAND_IN", &built.stand_in)
        .env("PAGE", &built.page)
        .env("ELEMENTS", package::folder())
        .env("RESULTS", &results);
    if super::colour() == "always" {
        command.env("FORCE_COLOR", "1");
    }
    let status = process::shown(command, |_| ())?;

    let mut counted = std::fs::read_to_string(&report)
        .ok()
        .and_then(|text| counts::tap(&text))
        .ok_or_else(|| Failure::new(format!("the journeys ended without a report ({status})")))?;
    if !status.success() && counted.counts.failed == 0 {
        counted.add(Report::failed(&format!("the journeys failed ({status})")));
    }
    Ok(counted)
}
