//! Compares an answer with a literal answer.

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// Adds the differences at this JSON pointer and below.
pub(super) fn compare(
    expected: &Value,
    found: &Value,
    at: &str,
    random: &[&str],
    differences: &mut Vec<String>,
) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            let names: BTreeSet<_> = expected.keys().chain(found.keys()).collect();
            for name in names {
                let at = format!("{at}/{name}");
                match (expected.get(name), found.get(name)) {
                    (Some(expected), Some(found)) => {
                        compare(expected, found, &at, random, differences);
                    }
                    (Some(_), None) => differences.push(format!("{at} is missing")),
                    (None, _) => differences.push(format!("{at} is too many")),
                }
            }
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (index, (expected, found)) in expected.iter().zip(found).enumerate() {
                compare(
                    expected,
                    found,
                    &format!("{at}/{index}"),
                    random,
                    differences,
                );
            }
        }
        (Value::String(_), Value::String(text)) if random.contains(&at) => {
            if text.is_empty() {
                differences.push(format!("{at} is empty"));
            }
        }
        _ if expected == found => {}
        _ => differences.push(format!("{at} is {found}, not {expected}")),
    }
}

#[test]
fn a_comparison_finds_each_difference() {
    let literal = json!({ "a": [], "b": { "c": 1 }, "d": "x", "e": null, "f": "random" });
    for (found, difference) in [
        (
            json!({ "a": null, "b": { "c": 1 }, "d": "x", "e": null, "f": "1" }),
            "/a is null, not []",
        ),
        (
            json!({ "a": [], "b": { "c": "1" }, "d": "x", "e": null, "f": "1" }),
            "/b/c is \"1\", not 1",
        ),
        (
            json!({ "a": [], "b": {}, "d": "x", "e": null, "f": "1" }),
            "/b/c is missing",
        ),
        (
            json!({ "a": [], "b": { "c": 1 }, "d": "x", "f": "1" }),
            "/e is missing",
        ),
        (
            json!({ "a": [], "b": { "c": 1 }, "d": "x", "e": null, "f": "1", "g": 1 }),
            "/g is too many",
        ),
        (
            json!({ "a": [1], "b": { "c": 1 }, "d": "x", "e": null, "f": "1" }),
            "/a is [1], not []",
        ),
        (
            json!({ "a": [], "b": { "c": 1 }, "d": "x", "e": null, "f": 1 }),
            "/f is 1, not \"random\"",
        ),
    ] {
        let mut differences = Vec::new();
        compare(&literal, &found, "", &["/f"], &mut differences);
        assert_eq!(differences, [difference]);
    }
}
