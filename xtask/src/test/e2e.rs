//! The whole program in Chromium, with Playwright: the release build of the page
//! against the stand-in. `playwright.config.js` has the settings.

use std::ffi::OsString;

use super::playwright_report;
use super::report::{self, Report};
use super::whole_program::WholeProgram;
use crate::failure::{Explain, Failure, Result};
use crate::setup::{Item, Tools};
use crate::{package, process, say, workspace};

/// Builds the program and runs the tests.
pub(super) fn run(tools: &Tools, program: &WholeProgram, passed_on: &[OsString]) -> Result<Report> {
    let built = program.built(tools)?;
    package::assemble(&built.page)?;
    super::heading("e2e: the whole program in Chromium");
    let file = workspace::target().join("e2e").join("report.json");
    if file.exists() {
        std::fs::remove_file(&file).explain(|| format!("remove {}", say::path(&file)))?;
    }
    let mut command = process::program(workspace::npm_program("playwright"));
    command
        .arg("test")
        .args(passed_on)
        .env("CHROMIUM_PATH", tools.place(Item::HeadlessChromium)?)
        .env("FULL_CHROMIUM_PATH", tools.place(Item::Chromium)?)
        .env("STAND_IN", &built.stand_in)
        .env("PAGE", &built.page)
        .env("ELEMENTS", package::folder())
        .env("E2E_REPORT", &file);
    if super::colour() == "always" {
        command.env("FORCE_COLOR", "1");
    }
    let status = process::shown(command, |_| ())?;

    let counted = report::read(&file, playwright_report::count)
        .ok_or_else(|| Failure::new(format!("Playwright ended without a report ({status})")))?;
    Ok(counted.with_exit(status.success(), &format!("Playwright failed ({status})")))
}
