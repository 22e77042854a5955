//! The whole program in a browser, as a person uses it, by Playwright: the page
//! as it is shipped, against the stand-in. `playwright.config.js` has the rest.

use std::ffi::OsString;

use super::counts::{self, Report};
use super::whole_program::WholeProgram;
use crate::failure::{Explain, Failure, Result};
use crate::setup::{Item, Tools};
use crate::{package, process, say, workspace};

/// Builds what is tested, and runs the tests.
pub(super) fn run(tools: &Tools, program: &WholeProgram, passed_on: &[OsString]) -> Result<Report> {
    let built = program.built(tools)?;
    package::assemble(&built.page)?;
    super::heading("e2e: the whole program in Chromium");
    let report = workspace::target().join("e2e").join("report.json");
    if report.exists() {
        std::fs::remove_file(&report).explain(|| format!("remove {}", say::path(&report)))?;
    }
    let mut command = process::program(workspace::npm_program("playwright"));
    command
        .arg("test")
        .args(passed_on)
        .env("CHROMIUM_PATH", tools.place(Item::Chromium)?)
        .env("STAND_IN", &built.stand_in)
        .env("PAGE", &built.page)
        .env("ELEMENTS", package::folder())
        .env("E2E_REPORT", &report);
    if super::colour() == "always" {
        command.env("FORCE_COLOR", "1");
    }
    let status = process::shown(command, |_| ())?;

    let mut counted = std::fs::read(&report)
        .ok()
        .and_then(|text| serde_json::from_slice(&text).ok())
        .and_then(|json| counts::playwright(&json))
        .ok_or_else(|| Failure::new(format!("Playwright ended without a report ({status})")))?;
    if !status.success() && counted.counts.failed == 0 {
        counted.add(Report::failed(&format!("Playwright failed ({status})")));
    }
    Ok(counted)
}
