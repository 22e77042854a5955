//! What the release costs, measured in Chromium, against `budgets.json`. Each
//! budget counts as one test.
//!
//! Times are compared with those of another revision's build, which is measured in
//! turn with this one. A clone without that revision skips them.

use std::collections::BTreeSet;
use std::path::Path;

use super::report::Report;
use super::whole_program::WholeProgram;
use crate::bench::{self, Budget, Build, Parts, Results, Timed};
use crate::failure::Result;
use crate::package;
use crate::setup::Tools;

/// How often each build is loaded in a round.
const RUNS: u32 = 3;
/// Other work on the machine can make a time too long. Then more rounds follow, and
/// the median of all loads counts.
const ROUNDS: u32 = 4;

/// Builds the program and checks the budgets.
pub(super) fn run(tools: &Tools, program: &WholeProgram) -> Result<Report> {
    let built = program.built(tools)?;
    package::assemble(&built.page)?;
    super::heading("budgets: what the release costs");
    let budgets = bench::read_budgets()?;
    let this = Build::named(Build::THIS);
    this.keep(&built.page, &package::folder())?;

    let mut report = Report::default();
    let measured = bench::measure_costs(tools, &built.stand_in, &this)?;
    for budget in budgets.iter().filter(|budget| budget.timed.is_none()) {
        let value = measured["values"][&budget.name].as_f64();
        let made_of = bench::parts(&measured["madeOf"][&budget.name]);
        report.add(judge(budget, value, &made_of));
    }
    let revisions: BTreeSet<&str> = budgets.iter().filter_map(revision).collect();
    for revision in revisions {
        let is_timed = |budget: &&Budget| self::revision(budget) == Some(revision);
        let timed: Vec<&Budget> = budgets.iter().filter(is_timed).collect();
        report.add(compare(tools, &built.stand_in, &this, revision, &timed)?);
    }
    Ok(report)
}

/// Compares times with those of a revision.
fn compare(
    tools: &Tools,
    stand_in: &Path,
    this: &Build,
    revision: &str,
    budgets: &[&Budget],
) -> Result<Report> {
    let mut report = Report::default();
    let Some(hash) = bench::resolve(revision) else {
        println!("The times are not compared: this clone has no revision {revision}.");
        report.counts.skipped = budgets.len().try_into().unwrap_or_default();
        return Ok(report);
    };
    let builds = [this.clone(), bench::build_other(&hash)?];
    let cases = bench::budget_cases(RUNS);
    let load = || bench::measure_loads(tools, stand_in, &builds, &cases);
    let mut results = load()?;
    for _ in 1..ROUNDS {
        let above = budgets.iter().find_map(|budget| {
            let verdict = budget.judge(share(&results, budget, &builds)?, &Parts::new());
            (!verdict.holds).then_some(verdict.sentence)
        });
        let Some(sentence) = above else { break };
        println!("{sentence}. More loads follow.");
        results.add(load()?);
    }
    for budget in budgets {
        let share = share(&results, budget, &builds);
        report.add(judge(budget, share, &Parts::new()));
    }
    Ok(report)
}

/// The revision that a budget compares with.
fn revision(budget: &Budget) -> Option<&str> {
    budget.timed.as_ref().map(|timed| timed.share_of.as_str())
}

/// A time as a share of the other build's.
fn share(results: &Results, budget: &Budget, builds: &[Build; 2]) -> Option<f64> {
    let Timed {
        providers, figure, ..
    } = budget.timed.as_ref()?;
    let cases = results.cases();
    let case = cases.iter().find(|case| case.providers == *providers)?;
    let [this, other] = builds.each_ref().map(|build| build.name.as_str());
    let ratio = results.ratio(case, [this, other], &format!("/figures/{figure}"))?;
    Some(ratio.median)
}

/// Prints and counts what is said of one value.
fn judge(budget: &Budget, value: Option<f64>, made_of: &Parts) -> Report {
    let Some(value) = value else {
        return Report::failed(&format!("{} was not measured", budget.name));
    };
    let verdict = budget.judge(value, made_of);
    println!("{}", verdict.sentence);
    if verdict.holds {
        Report::passed()
    } else {
        Report::failed(&verdict.sentence)
    }
}
