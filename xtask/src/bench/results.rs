//! The results of `xtask/bench/measure.js`, grouped by case.

use serde_json::Value;

use super::statistics::Spread;

/// What was loaded, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Case {
    /// `page`, `provider-page` or `element`.
    pub(crate) subject: String,
    /// How many providers the deployment has.
    pub(crate) providers: u64,
    /// `unthrottled` or `slow-phone`.
    pub(crate) profile: String,
}

/// All loads of one run.
pub(crate) struct Results {
    /// The browser's version.
    pub(crate) browser: String,
    samples: Vec<Value>,
}

impl Results {
    /// Reads the result. `None` when it is not one.
    pub(crate) fn read(mut result: Value) -> Option<Self> {
        let browser = result["browser"].as_str()?.to_owned();
        let samples = result.get_mut("samples")?.as_array_mut()?;
        Some(Self {
            browser,
            samples: std::mem::take(samples),
        })
    }

    /// Adds the loads of another run with the same browser.
    pub(crate) fn add(&mut self, other: Self) {
        self.samples.extend(other.samples);
    }

    /// The cases, in the order in which they were measured.
    pub(crate) fn cases(&self) -> Vec<Case> {
        let mut cases = Vec::new();
        for sample in &self.samples {
            let text = |name: &str| sample[name].as_str().unwrap_or_default().to_owned();
            let case = Case {
                subject: text("subject"),
                providers: sample["providers"].as_u64().unwrap_or_default(),
                profile: text("profile"),
            };
            if !cases.contains(&case) {
                cases.push(case);
            }
        }
        cases
    }

    /// The loads of a case with a build, in order.
    pub(crate) fn loads(&self, case: &Case, build: &str) -> Vec<&Value> {
        let is_wanted = |sample: &&Value| {
            sample["subject"] == *case.subject
                && sample["providers"] == case.providers
                && sample["profile"] == *case.profile
                && sample["build"] == build
        };
        self.samples.iter().filter(is_wanted).collect()
    }

    /// The values of a figure, by its path in a load: `/figures/rows`.
    fn values(&self, case: &Case, build: &str, figure: &str) -> Vec<f64> {
        let loads = self.loads(case, build);
        let value = |load: &&Value| load.pointer(figure).and_then(Value::as_f64);
        loads.iter().filter_map(value).collect()
    }

    /// The spread of a figure.
    pub(crate) fn spread(&self, case: &Case, build: &str, figure: &str) -> Option<Spread> {
        Spread::of(&self.values(case, build, figure))
    }

    /// A figure of one build as a share of that of another.
    pub(crate) fn ratio(&self, case: &Case, builds: [&str; 2], figure: &str) -> Option<Spread> {
        let [ours, theirs] = builds.map(|build| self.values(case, build, figure));
        Spread::of_ratios(&ours, &theirs)
    }

    /// The load whose rows came in the middle of all: the one to draw.
    pub(crate) fn typical_load(&self, case: &Case, build: &str) -> Option<&Value> {
        let mut loads = self.loads(case, build);
        let rows = |load: &Value| load["figures"]["rows"].as_f64().unwrap_or_default();
        loads.sort_by(|one, other| rows(one).total_cmp(&rows(other)));
        loads.get(loads.len() / 2).copied()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sample(build: &str, providers: u64, rows: f64) -> Value {
        json!({
            "build": build, "subject": "page", "providers": providers, "profile": "slow-phone",
            "figures": { "rows": rows },
        })
    }

    fn results() -> Results {
        Results::read(json!({ "browser": "1.2", "samples": [
            sample("this", 3, 10.0), sample("that", 3, 20.0),
            sample("that", 3, 24.0), sample("this", 3, 15.0),
            sample("this", 3, 11.0), sample("that", 3, 22.0),
            sample("this", 250, 70.0),
        ] }))
        .unwrap_or_else(|| panic!("no result"))
    }

    #[test]
    fn loads_are_grouped_by_case_and_build() {
        let results = results();
        let cases = results.cases();
        let providers: Vec<u64> = cases.iter().map(|case| case.providers).collect();
        assert_eq!(providers, [3, 250]);
        let spread = results.spread(&cases[0], "this", "/figures/rows");
        assert_eq!(spread.map(|spread| spread.median), Some(11.0));
        assert_eq!(results.spread(&cases[1], "that", "/figures/rows"), None);
        assert_eq!(results.spread(&cases[0], "this", "/figures/none"), None);
    }

    #[test]
    fn loads_of_another_run_count_too() {
        let mut all = results();
        all.add(results());
        let loads = all.loads(&all.cases()[0], "this");
        assert_eq!(loads.len(), 2 * 3);
    }

    #[test]
    fn builds_are_compared_load_by_load() {
        let results = results();
        let case = &results.cases()[0];
        let ratio = results.ratio(case, ["this", "that"], "/figures/rows");
        let ratio = ratio.unwrap_or_else(|| panic!("no ratio"));
        assert!((ratio.median - 0.5).abs() < 1e-9);
        assert!((ratio.most - 15.0 / 24.0).abs() < 1e-9);
    }

    #[test]
    fn the_typical_load_is_the_one_in_the_middle() {
        let results = results();
        let load = results.typical_load(&results.cases()[0], "this");
        assert_eq!(
            load.map(|load| &load["figures"]["rows"]),
            Some(&json!(11.0))
        );
    }

    #[test]
    fn anything_else_is_no_result() {
        assert!(Results::read(json!({ "samples": [] })).is_none());
        assert!(Results::read(json!({ "browser": "1" })).is_none());
    }
}
