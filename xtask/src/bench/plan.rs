//! What is measured, and how often.

use serde_json::{Value, json};

use super::build::Build;

/// The subjects: the page with the list, the page of one provider, the list
/// element on a page of its host.
const SUBJECTS: [&str; 3] = ["page", "provider-page", "element"];
/// The profiles of `xtask/bench/profiles.js`.
const PROFILES: [&str; 2] = ["unthrottled", "slow-phone"];
/// The profile that shows which request waits for which.
pub(super) const FAR_AWAY: &str = "far-away";
/// The numbers of providers, and the share of the runs that each gets: long lists
/// take long, and their times vary less.
const PROVIDERS: [(u64, f64); 4] = [(3, 1.0), (250, 1.0), (1_000, 0.5), (5_000, 0.5)];
/// How often a short list is loaded.
pub(super) const RUNS: u32 = 7;

/// The cases of a whole run, or those that show a first result quickly.
pub(super) fn cases(runs: u32, quick: bool) -> Vec<Value> {
    let mut cases = Vec::new();
    for subject in SUBJECTS {
        for (providers, share) in PROVIDERS {
            for profile in PROFILES {
                let runs = (f64::from(runs) * share).ceil();
                cases.push(case(subject, providers, profile, runs));
            }
        }
    }
    if quick {
        cases.retain(|case| case["providers"].as_u64() <= Some(250));
    }
    // Bytes and requests are the same in each load.
    cases.extend(SUBJECTS.map(|subject| case(subject, 3, FAR_AWAY, 1.0)));
    cases
}

/// The cases of the timed budgets.
pub(crate) fn budget_cases(runs: u32) -> Vec<Value> {
    [3, 250]
        .map(|providers| case("page", providers, "slow-phone", f64::from(runs)))
        .to_vec()
}

fn case(subject: &str, providers: u64, profile: &str, runs: f64) -> Value {
    json!({ "subject": subject, "providers": providers, "profile": profile, "runs": runs })
}

/// The plan for `xtask/bench/measure.js`.
pub(super) fn plan(chromium: &std::path::Path, builds: &[Build], cases: &[Value]) -> Value {
    let builds: Vec<Value> = builds
        .iter()
        .map(|build| json!({ "name": build.name, "page": build.page, "elements": build.elements }))
        .collect();
    json!({ "chromium": chromium, "builds": builds, "cases": cases })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_run_has_every_combination_and_a_quick_one_no_long_list() {
        let all = cases(RUNS, false);
        assert_eq!(all.len(), 24 + 3);
        assert!(all.contains(&json!({
            "subject": "element", "providers": 5000, "profile": "slow-phone", "runs": 4.0
        })));
        let quick = cases(1, true);
        assert_eq!(quick.len(), 12 + 3);
        assert!(quick.iter().all(|case| case["runs"] == 1.0));
    }
}
