//! The report of the journeys in Firefox, which `e2e/firefox/report.js` writes.

use serde_json::Value;

use super::report::Report;

/// Counts what the report holds. `None` when it is not such a report, or names
/// no test.
pub(super) fn count(report: &Value) -> Option<Report> {
    let tests = report.get("tests")?.as_array()?;
    if tests.is_empty() {
        return None;
    }
    let mut result = Report::default();
    for test in tests {
        match test["outcome"].as_str()? {
            "passed" => result.counts.passed += 1,
            "skipped" => result.counts.skipped += 1,
            "failed" => result.add(Report::failed(test["name"].as_str()?)),
            _ => return None,
        }
    }
    Some(result)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::test::counts::Counts;

    #[test]
    fn counts_tests_and_names_the_failed_ones() {
        let report = count(&json!({ "tests": [
            { "name": "links", "outcome": "passed" },
            { "name": "unlinks", "outcome": "failed" },
            { "name": "checks", "outcome": "skipped" },
            { "name": "waits", "outcome": "failed" },
        ] }));
        assert_eq!(
            report,
            Some(Report {
                counts: Counts {
                    passed: 1,
                    failed: 2,
                    skipped: 1
                },
                failures: vec!["unlinks".to_owned(), "waits".to_owned()],
            })
        );
    }

    #[test]
    fn a_report_without_tests_or_with_an_unknown_outcome_is_none() {
        assert_eq!(count(&json!({ "tests": [] })), None);
        assert_eq!(count(&json!({})), None);
        let unknown = json!({ "tests": [{ "name": "links", "outcome": "maybe" }] });
        assert_eq!(count(&unknown), None);
    }
}
