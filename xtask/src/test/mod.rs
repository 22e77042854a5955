//! `cargo xtask test` runs every test and every check, and ends with a summary.
//!
//! All parts run, also when one of them fails. The summary counts what the
//! runners report. A runner that fails without a report is one failure, and so
//! is a part in which no test ran.

mod browser;
mod budgets;
mod cargo_test_output;
mod counts;
mod e2e;
mod firefox;
mod journeys_report;
mod lint;
mod part;
mod playwright_report;
mod rebuild;
mod report;
mod unit;
mod whole_program;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::args::TestOptions;
use crate::failure::{Failure, Result};
use crate::setup::{self, Item};
use crate::{process, say};
use cargo_test_output::CargoTestOutput;
use counts::Counts;
pub(crate) use part::Part;
use report::Report;
use whole_program::WholeProgram;

/// Runs the parts. Fails when a test failed.
pub(crate) fn run(options: &TestOptions) -> Result {
    let parts: &[Part] = if options.only.is_empty() {
        &Part::ALL
    } else {
        &options.only
    };
    let needed: BTreeSet<Item> = parts
        .iter()
        .flat_map(|part| needs(*part))
        .copied()
        .collect();
    let needed: Vec<Item> = needed.into_iter().collect();
    let tools = setup::provide(&needed)?;

    let program = WholeProgram::default();
    let mut results = Vec::new();
    for part in parts {
        let began = Instant::now();
        let mut report = match part {
            Part::Lint => lint::run(&tools),
            Part::Unit => unit::run(&options.passed_on),
            Part::Browser => browser::run(&tools, &options.passed_on),
            Part::Firefox => firefox::run(&tools, &program, &options.passed_on),
            Part::E2e => e2e::run(&tools, &program, &options.passed_on),
            Part::Budgets => budgets::run(&tools, &program),
            Part::Rebuild => rebuild::run(&tools, &program),
        }
        .unwrap_or_else(|failure| Report::failed(&failure.sentence));
        if report.counts.executed() == 0 {
            report.add(Report::failed("no test ran"));
        }
        results.push((*part, report, began.elapsed()));
    }
    summarise(&results)
}

/// The tools that a part needs.
fn needs(part: Part) -> &'static [Item] {
    match part {
        Part::Lint => &[
            Item::WasmTarget,
            Item::WasmClippy,
            Item::Node,
            Item::NpmPackages,
            Item::CargoDeny,
        ],
        Part::Unit => &[],
        Part::Browser => &[
            Item::WasmTarget,
            Item::WasmBindgen,
            Item::Chromium,
            Item::Driver,
        ],
        Part::Firefox => &[
            Item::WasmTarget,
            Item::WasmBindgen,
            Item::Node,
            Item::NpmPackages,
            Item::WasmOpt,
            Item::Firefox,
            Item::Geckodriver,
        ],
        Part::E2e => &Item::RELEASE_IN_CHROMIUM,
        Part::Budgets => &[
            Item::WasmTarget,
            // For the revision that the times are compared with.
            Item::Trunk,
            Item::WasmBindgen,
            Item::Node,
            Item::NpmPackages,
            Item::WasmOpt,
            Item::Chromium,
            Item::HeadlessChromium,
        ],
        Part::Rebuild => &Item::RELEASE,
    }
}

/// Prints the table, the failures, and one line with the totals.
fn summarise(results: &[(Part, Report, Duration)]) -> Result {
    heading("summary");
    let mut rows = vec![
        ["part", "passed", "failed", "skipped", "time"]
            .map(str::to_owned)
            .to_vec(),
    ];
    let mut total = Counts::default();
    for (part, report, time) in results {
        let Counts {
            passed,
            failed,
            skipped,
        } = report.counts;
        rows.push(vec![
            part.name().to_owned(),
            passed.to_string(),
            failed.to_string(),
            skipped.to_string(),
            say::time(*time),
        ]);
        total.add(report.counts);
    }
    say::table(&rows, &[1, 2, 3, 4]);
    for (part, report, _) in results {
        for name in &report.failures {
            println!("failed: {}: {name}", part.name());
        }
    }
    println!();
    println!("{total}");
    if total.failed == 0 {
        Ok(())
    } else {
        Err(Failure::reported())
    }
}

/// Prints a line that is easy to find in a long log.
fn heading(text: &str) {
    println!("\n===== {text} =====");
}

/// Runs `cargo test` and counts its results.
fn cargo_test(mut command: Command, title: &str, passed_on: &[OsString]) -> Result<Report> {
    heading(title);
    // One run shows all that is broken.
    command.args(["--no-fail-fast", "--color", colour()]);
    if !passed_on.is_empty() {
        command.arg("--").args(passed_on);
    }
    let mut lines = CargoTestOutput::default();
    let status = process::shown(command, |line| lines.read(line))?;
    Ok(lines.report(status.success(), title))
}

/// Whether programs write in colours. They write to a pipe, so they cannot see
/// for themselves that the output goes to a terminal.
fn colour() -> &'static str {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    if wanted && std::io::stdout().is_terminal() {
        "always"
    } else {
        "never"
    }
}
