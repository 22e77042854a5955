//! The budgets in `budgets.json`: what a value may be, and whether it is.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::failure::{Explain, Failure, Result};
use crate::workspace;

/// What one value may be.
#[derive(Clone, Debug, Default)]
pub(crate) struct Budget {
    /// How the measurement names the value.
    pub(crate) name: String,
    /// The value in words.
    what: String,
    unit: String,
    limit: f64,
    must: f64,
    aim: f64,
    tolerance: f64,
    made_of: Parts,
    /// For a time: how it is measured.
    pub(crate) timed: Option<Timed>,
}

/// A time that is a share of another build's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Timed {
    /// The revision of the other build.
    pub(crate) share_of: String,
    /// How many providers there are.
    pub(crate) providers: u64,
    /// The name of the figure.
    pub(crate) figure: String,
}

/// The parts of a value, by kind.
pub(crate) type Parts = BTreeMap<String, f64>;

/// A measured value beside its budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Whether the value is within its budget.
    pub(crate) holds: bool,
    /// The value, the budget and the goal, in a sentence.
    pub(crate) sentence: String,
}

/// Reads the budgets.
pub(crate) fn read() -> Result<Vec<Budget>> {
    let file = workspace::root().join("budgets.json");
    let text = std::fs::read(file).explain(|| "read budgets.json".to_owned())?;
    let value: Value = serde_json::from_slice(&text).explain(|| "read budgets.json".to_owned())?;
    let budgets: Option<Vec<Budget>> = value["budgets"]
        .as_array()
        .and_then(|budgets| budgets.iter().map(Budget::of).collect());
    budgets.ok_or_else(|| Failure::new("budgets.json has an entry that lacks a field"))
}

/// Reads the parts of a value.
pub(crate) fn parts(value: &Value) -> Parts {
    let parts = value.as_object().into_iter().flatten();
    parts
        .filter_map(|(kind, bytes)| Some((kind.clone(), bytes.as_f64()?)))
        .collect()
}

impl Budget {
    fn of(value: &Value) -> Option<Self> {
        let text = |name: &str| value[name].as_str().map(str::to_owned);
        let number = |name: &str| value[name].as_f64();
        let timed = match text("share_of") {
            None => None,
            Some(share_of) => Some(Timed {
                share_of,
                providers: value["providers"].as_u64()?,
                figure: text("figure")?,
            }),
        };
        Some(Self {
            name: text("name")?,
            what: text("what")?,
            unit: text("unit")?,
            limit: number("budget")?,
            must: number("must")?,
            aim: number("aim")?,
            tolerance: number("tolerance")?,
            made_of: parts(&value["made_of"]),
            timed,
        })
    }

    /// Compares a measured value with its budget.
    pub(crate) fn judge(&self, measured: f64, made_of: &Parts) -> Verdict {
        let write = |number: f64| self.write(number);
        let Self { what, unit, .. } = self;
        let mut sentence = format!("{what}: {} {unit}", write(measured));
        if measured > self.limit {
            sentence = format!(
                "{sentence}, which is {} more than its budget of {}",
                write(measured - self.limit),
                write(self.limit)
            );
            if let Some(grown) = self.grown(made_of) {
                sentence = format!("{sentence}; {grown}");
            }
            return Verdict {
                holds: false,
                sentence,
            };
        }
        // A gain that is hardly more than what measurements differ by is not told.
        let lower = measured + self.tolerance;
        sentence = if lower + self.tolerance < self.limit {
            let parts = if made_of.is_empty() {
                String::new()
            } else {
                format!(" and `made_of` to {}", json(made_of))
            };
            format!(
                "{sentence}; lower its budget in budgets.json from {} to {}{parts}",
                write(self.limit),
                write(lower)
            )
        } else {
            format!("{sentence}, within its budget of {}", write(self.limit))
        };
        if measured > self.must {
            sentence = format!(
                "{sentence}; not yet the {} that it must be",
                write(self.must)
            );
        } else if measured > self.aim {
            sentence = format!("{sentence}; the aim is {}", write(self.aim));
        }
        Verdict {
            holds: true,
            sentence,
        }
    }

    /// Which parts grew, and by how much. `None` when no part is known to.
    fn grown(&self, made_of: &Parts) -> Option<String> {
        let grown: Vec<String> = made_of
            .iter()
            .filter_map(|(kind, now)| {
                let before = self.made_of.get(kind).copied().unwrap_or_default();
                (*now > before).then(|| {
                    let more = self.write(now - before);
                    format!("{kind} grew by {more} to {}", self.write(*now))
                })
            })
            .collect();
        (!grown.is_empty()).then(|| grown.join(", "))
    }

    /// A value for people: a share with three digits, anything else as a whole number.
    fn write(&self, number: f64) -> String {
        if self.timed.is_some() {
            format!("{number:.3}")
        } else {
            super::words::grouped(number)
        }
    }
}

/// Parts as they stand in `budgets.json`.
fn json(parts: &Parts) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|(kind, bytes)| format!("\"{kind}\": {bytes}"))
        .collect();
    format!("{{ {} }}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn first_load() -> Budget {
        let budget = json!({
            "name": "page-first-load", "what": "first load", "unit": "bytes",
            "budget": 130_000, "must": 125_000, "aim": 100_000, "tolerance": 300,
            "made_of": { "js": 5_000, "wasm": 124_700 },
        });
        Budget::of(&budget).unwrap_or_else(|| panic!("no budget"))
    }

    fn judge(measured: u32) -> Verdict {
        first_load().judge(measured.into(), &Parts::new())
    }

    #[test]
    fn what_grew_fails_and_is_named() {
        let now = parts(&json!({ "js": 4_900, "wasm": 127_100 }));
        let verdict = first_load().judge(132_000.0, &now);
        assert_eq!(
            verdict,
            Verdict {
                holds: false,
                sentence: "first load: 132,000 bytes, which is 2,000 more than its budget of \
                           130,000; wasm grew by 2,400 to 127,100"
                    .to_owned()
            }
        );
        assert!(!judge(130_001).holds);
    }

    #[test]
    fn a_value_within_its_budget_says_what_the_goal_is() {
        for (measured, sentence) in [
            (
                130_000,
                "first load: 130,000 bytes, within its budget of 130,000; \
                 not yet the 125,000 that it must be",
            ),
            (
                129_400,
                "first load: 129,400 bytes, within its budget of 130,000; \
                 not yet the 125,000 that it must be",
            ),
            (
                124_000,
                "first load: 124,000 bytes; lower its budget in budgets.json from 130,000 \
                 to 124,300; the aim is 100,000",
            ),
            (
                90_000,
                "first load: 90,000 bytes; lower its budget in budgets.json from 130,000 to 90,300",
            ),
        ] {
            assert_eq!(
                judge(measured),
                Verdict {
                    holds: true,
                    sentence: sentence.to_owned()
                }
            );
        }
    }

    #[test]
    fn a_lower_budget_comes_with_its_parts() {
        let now = parts(&json!({ "js": 4_000, "wasm": 100_000 }));
        let Verdict { holds, sentence } = first_load().judge(104_000.0, &now);
        assert!(holds);
        assert!(
            sentence.contains("to 104,300 and `made_of` to { \"js\": 4000, \"wasm\": 100000 }"),
            "{sentence}"
        );
    }

    #[test]
    fn a_share_has_three_digits() {
        let budget = json!({
            "name": "rows", "what": "rows", "unit": "times that of 1e32b0c",
            "budget": 0.7, "must": 0.7, "aim": 0.55, "tolerance": 0.05,
            "share_of": "1e32b0c", "providers": 3, "figure": "rows",
        });
        let budget = Budget::of(&budget).unwrap_or_else(|| panic!("no budget"));
        let verdict = budget.judge(0.7049, &Parts::new());
        assert!(!verdict.holds);
        assert!(
            verdict
                .sentence
                .starts_with("rows: 0.705 times that of 1e32b0c, which is 0.005 more"),
            "{}",
            verdict.sentence
        );
    }

    #[test]
    fn the_file_of_the_project_can_be_read_and_each_goal_is_in_order() {
        let budgets = read().unwrap_or_else(|failure| panic!("{}", failure.sentence));
        assert_eq!(budgets.len(), 13);
        for budget in budgets {
            assert!(budget.aim <= budget.must, "{}", budget.name);
            let total: f64 = budget.made_of.values().sum();
            let within = total == 0.0 || (total <= budget.limit && total > budget.limit * 0.99);
            assert!(within, "{}: made_of is {total}", budget.name);
        }
    }
}
