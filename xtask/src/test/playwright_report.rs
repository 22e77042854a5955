//! The report of Playwright's reporter `json`.

use serde_json::Value;

use super::counts::Counts;
use super::report::Report;

/// Counts what the report holds. `None` when it is not Playwright's report.
pub(super) fn count(report: &Value) -> Option<Report> {
    let stats = report.get("stats")?;
    let number = |name: &str| stats.get(name).and_then(Value::as_u64);
    let mut result = Report {
        counts: Counts {
            passed: number("expected")?,
            // A flaky test failed once before it passed.
            failed: number("unexpected")? + number("flaky")?,
            skipped: number("skipped")?,
        },
        failures: Vec::new(),
    };
    for suite in array(report, "suites") {
        collect_failures(suite, "", &mut result.failures);
    }
    // Errors outside of tests, such as a file that cannot be loaded.
    for error in array(report, "errors") {
        let text = error["message"].as_str().unwrap_or("unknown error");
        let text = crate::process::without_colours(text);
        result.add(Report::failed(text.lines().next().unwrap_or_default()));
    }
    Some(result)
}

fn array<'report>(value: &'report Value, name: &str) -> impl Iterator<Item = &'report Value> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// Collects the titles of failed tests, each after the titles of its suites.
fn collect_failures(suite: &Value, parents: &str, failures: &mut Vec<String>) {
    let title = suite["title"].as_str().unwrap_or_default();
    let path = if parents.is_empty() {
        title.to_owned()
    } else {
        format!("{parents} › {title}")
    };
    for spec in array(suite, "specs") {
        let failed = array(spec, "tests")
            .any(|test| matches!(test["status"].as_str(), Some("unexpected" | "flaky")));
        if failed {
            let title = spec["title"].as_str().unwrap_or_default();
            failures.push(format!("{path} › {title}"));
        }
    }
    for inner in array(suite, "suites") {
        collect_failures(inner, &path, failures);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn counts_tests_and_names_the_failed_ones() {
        let report = count(&json!({
            "suites": [{
                "title": "list.spec.js",
                "specs": [
                    { "title": "shows", "tests": [{ "status": "expected" }] },
                    { "title": "hides", "tests": [{ "status": "unexpected" }] },
                ],
                "suites": [{
                    "title": "a card",
                    "specs": [{ "title": "unlinks", "tests": [{ "status": "flaky" }] }],
                }],
            }],
            "errors": [],
            "stats": { "expected": 1, "unexpected": 1, "flaky": 1, "skipped": 4 },
        }));
        assert_eq!(
            report,
            Some(Report {
                counts: Counts {
                    passed: 1,
                    failed: 2,
                    skipped: 4
                },
                failures: vec![
                    "list.spec.js › hides".to_owned(),
                    "list.spec.js › a card › unlinks".to_owned(),
                ],
            })
        );
    }

    #[test]
    fn a_file_that_playwright_cannot_load_is_a_failure() {
        let report = count(&json!({
            "suites": [],
            "errors": [{ "message": "\u{1b}[31mSyntaxError\u{1b}[0m: x\n at y" }],
            "stats": { "expected": 0, "unexpected": 0, "flaky": 0, "skipped": 0 },
        }));
        assert_eq!(report, Some(Report::failed("SyntaxError: x")));
    }

    #[test]
    fn a_report_without_numbers_is_none() {
        assert_eq!(count(&json!({ "stats": { "expected": 1 } })), None);
        assert_eq!(count(&json!({})), None);
    }
}
