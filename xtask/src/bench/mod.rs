//! `cargo xtask bench`: measures the release in a real browser.
//!
//! `xtask/bench/*.js` loads the page and measures. This module makes the builds,
//! plans the loads, and turns the results into a table, `docs/performance.md` and
//! its drawings. `cargo xtask test` uses the same measurements for the budgets.

mod budget;
mod build;
mod crate_sizes;
mod document;
mod drawing;
mod other_revision;
mod plan;
mod results;
mod size_drawing;
mod statistics;
mod tables;
mod timeline_drawing;
mod wasm;
mod words;

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::args::BenchOptions;
use crate::failure::{Explain, Failure, Result};
use crate::setup::{self, Item, Tools};
use crate::{dist, package, page, process, say, stand_in, workspace};
pub(crate) use budget::{Budget, Parts, Timed, parts, read as read_budgets};
pub(crate) use build::Build;
pub(crate) use other_revision::{build as build_other, resolve};
pub(crate) use plan::budget_cases;
pub(crate) use results::Results;

/// Builds, measures and reports.
pub(crate) fn run(options: &BenchOptions) -> Result {
    let other = options.against.as_deref().map(|revision| {
        resolve(revision)
            .ok_or_else(|| Failure::usage(format!("this clone has no revision named `{revision}`")))
    });
    let other = other.transpose()?;
    let tools = setup::provide(&Item::RELEASE_IN_CHROMIUM)?;
    dist::run(false)?;
    let this = Build::named(Build::THIS);
    this.keep(&page::release_folder(), &package::folder())?;
    let sizes = crate_sizes::read(&this.page)?;
    let mut builds = vec![this];
    if let Some(hash) = &other {
        builds.push(build_other(hash)?);
    }

    let runs = if options.quick { 1 } else { plan::RUNS };
    let cases = plan::cases(options.runs.unwrap_or(runs), options.quick);
    let results = measure_loads(&tools, &stand_in::build()?, &builds, &cases)?;
    let names: Vec<&str> = builds.iter().map(|build| build.name.as_str()).collect();
    for (title, rows) in tables::of_loads(&results, &names) {
        println!("\n{title}");
        say::table(&rows, &tables::number_columns(&rows));
    }
    println!("\nThe program by crate, before compression");
    let crates = tables::of_crates(&sizes);
    say::table(&crates, &tables::number_columns(&crates));
    println!("\n{}", tables::CAUTION);
    if options.quick {
        return Ok(());
    }
    document::write(&results, &names, &sizes)
}

/// Measures loads of the builds, in turn.
pub(crate) fn measure_loads(
    tools: &Tools,
    stand_in: &Path,
    builds: &[Build],
    cases: &[Value],
) -> Result<Results> {
    let result = measure(tools, stand_in, "measure.js", "results.json", builds, cases)?;
    Results::read(result).ok_or_else(|| Failure::new("the measurement has no result"))
}

/// Measures what has a budget and is no time.
pub(crate) fn measure_costs(tools: &Tools, stand_in: &Path, build: &Build) -> Result<Value> {
    let builds = [build.clone()];
    measure(tools, stand_in, "budgets.js", "costs.json", &builds, &[])
}

/// Runs a script of `xtask/bench` with a plan, and reads its result, which stays in
/// the bench's folder.
fn measure(
    tools: &Tools,
    stand_in: &Path,
    script: &str,
    result: &str,
    builds: &[Build],
    cases: &[Value],
) -> Result<Value> {
    let plan = plan::plan(tools.place(Item::HeadlessChromium)?, builds, cases);
    let folder = build::folder();
    fs::create_dir_all(&folder).explain(|| format!("make {}", say::path(&folder)))?;
    let (plan_file, result) = (folder.join("plan.json"), folder.join(result));
    fs::write(&plan_file, plan.to_string()).explain(|| "write the plan".to_owned())?;
    let _ = fs::remove_file(&result);
    let mut node = process::program("node");
    node.arg(workspace::root().join("xtask").join("bench").join(script))
        .args([&plan_file, &result])
        .env("STAND_IN", stand_in);
    let status = process::shown(node, |_| ())?;
    if !status.success() {
        return Err(Failure::new(format!("the measurement failed ({status})")));
    }
    let text = fs::read(&result).explain(|| format!("read {}", say::path(&result)))?;
    serde_json::from_slice(&text).explain(|| format!("read {}", say::path(&result)))
}
