//! The results as tables, for the terminal and for `docs/performance.md`.

use super::crate_sizes::CrateSizes;
use super::plan;
use super::results::{Case, Results};
use super::words::{self, Unit};

/// What a reader must know about the times.
pub(super) const CAUTION: &str = "Times and memory depend on the machine and the browser. \
                                  Compare builds by the ratios of one run.";

/// A table with its head first.
pub(super) type Table = Vec<Vec<String>>;

/// The figures that a build is compared by: a head, a path in a load, a unit.
const FIGURES: [(&str, &str, Unit); 6] = [
    ("first paint, s", "/figures/firstPaint", Unit::Seconds),
    ("rows, s", "/figures/rows", Unit::Seconds),
    ("blocking, s", "/figures/blocking", Unit::Seconds),
    ("WebAssembly, MB", "/figures/wasmMemory", Unit::Megabytes),
    ("JS heap, MB", "/figures/jsHeap", Unit::Megabytes),
    ("nodes", "/figures/nodes", Unit::Count),
];
/// What is counted before the first row.
const REQUESTS: [(&str, &str); 2] = [
    ("requests", "/figures/requests"),
    ("round trips", "/figures/roundTrips"),
];

const PARTS: [&str; 2] = ["first", "later"];
const KINDS: [&str; 4] = ["html", "css", "js", "wasm"];

/// All tables of the loads, each with its title: the bytes, the figures of each
/// profile, and the ratios where there are two builds.
pub(super) fn of_loads(results: &Results, builds: &[&str]) -> Vec<(String, Table)> {
    let title = "Bytes as sent, in KB, and requests before the first row";
    let mut tables = vec![(title.to_owned(), of_bytes(results, builds))];
    for (profile, title) in [
        ("unthrottled", "Unthrottled"),
        (
            "slow-phone",
            "Slow phone (1.6 Mbit/s, 150 ms, CPU 4 times slower)",
        ),
    ] {
        let cases = results.cases();
        let cases: Vec<&Case> = cases
            .iter()
            .filter(|case| case.profile == profile)
            .collect();
        tables.push((title.to_owned(), of_figures(results, builds, &cases)));
        if let [ours, theirs] = builds {
            let title = format!("{title}: as a share of {theirs}");
            tables.push((title, of_ratios(results, [ours, theirs], &cases)));
        }
    }
    tables
}

/// The columns of a table that hold numbers: all but those of names.
pub(super) fn number_columns(table: &Table) -> Vec<usize> {
    let head = table.first().map(Vec::as_slice).unwrap_or_default();
    let is_name = |name: &str| ["build", "subject", "part", "crate", "function"].contains(&name);
    (0..head.len()).filter(|&at| !is_name(&head[at])).collect()
}

/// The code by crate.
pub(super) fn of_crates(sizes: &CrateSizes) -> Table {
    let total: u64 = sizes.rows.iter().map(|(_, bytes)| bytes.first).sum();
    let mut table = vec![row(&["crate", "first, KB", "share of it", "later, KB"])];
    for (name, bytes) in &sizes.rows {
        let (first, later) = (number(bytes.first), number(bytes.later));
        table.push(vec![
            name.clone(),
            Unit::Kilobytes.write(first),
            format!("{:.0} %", 100.0 * first / number(total)),
            Unit::Kilobytes.write(later),
        ]);
    }
    table
}

/// A size as a number to calculate with.
#[expect(clippy::cast_precision_loss, reason = "no file has 2^53 bytes")]
pub(super) fn number(bytes: u64) -> f64 {
    bytes as f64
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|&cell| cell.to_owned()).collect()
}

/// The bytes by subject, part and kind, and the requests.
fn of_bytes(results: &Results, builds: &[&str]) -> Table {
    let mut table = vec![row(&["subject", "part", "build"])];
    table[0].extend(KINDS.map(str::to_owned));
    table[0].push("total".to_owned());
    table[0].extend(REQUESTS.map(|(head, _)| head.to_owned()));
    let cases = results.cases();
    for case in cases.iter().filter(|case| case.profile == plan::FAR_AWAY) {
        for (part, build) in PARTS
            .iter()
            .flat_map(|part| builds.iter().map(move |build| (part, build)))
        {
            let of = |path: &str| {
                results
                    .spread(case, build, path)
                    .map(|spread| spread.median)
            };
            let kinds = KINDS.map(|kind| of(&format!("/bytes/{part}/{kind}")));
            let total: f64 = kinds.iter().flatten().sum();
            if total == 0.0 {
                continue;
            }
            let mut cells = row(&[&case.subject, part, build]);
            cells.extend(
                kinds.map(|bytes| bytes.map_or_else(dash, |bytes| Unit::Kilobytes.write(bytes))),
            );
            cells.push(Unit::Kilobytes.write(total));
            cells.extend(REQUESTS.map(|(_, path)| {
                let count = of(path).filter(|_| *part == "first");
                count.map_or_else(dash, |count| Unit::Count.write(count))
            }));
            table.push(cells);
        }
    }
    table
}

fn of_figures(results: &Results, builds: &[&str], cases: &[&Case]) -> Table {
    let mut table = vec![row(&["subject", "providers", "build"])];
    table[0].extend(FIGURES.map(|(head, _, _)| head.to_owned()));
    for case in cases {
        for build in builds {
            let mut cells = row(&[&case.subject, &case.providers.to_string(), build]);
            cells.extend(FIGURES.map(|(_, path, unit)| {
                let spread = results.spread(case, build, path);
                spread.map_or_else(dash, |spread| unit.write_spread(spread))
            }));
            table.push(cells);
        }
    }
    table
}

fn of_ratios(results: &Results, builds: [&str; 2], cases: &[&Case]) -> Table {
    let mut table = vec![row(&["subject", "providers"])];
    table[0].extend(FIGURES.map(|(head, _, _)| {
        // A ratio has no unit.
        head.split(',').next().unwrap_or(head).to_owned()
    }));
    for case in cases {
        let mut cells = row(&[&case.subject, &case.providers.to_string()]);
        cells.extend(FIGURES.map(|(_, path, _)| {
            let ratio = results.ratio(case, builds, path);
            ratio.map_or_else(dash, words::ratio)
        }));
        table.push(cells);
    }
    table
}

fn dash() -> String {
    "–".to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::bench::crate_sizes::Bytes;

    fn sample(build: &str, rows: f64) -> Value {
        json!({
            "build": build, "subject": "page", "providers": 3, "profile": "slow-phone",
            "figures": { "rows": rows, "blocking": 0, "wasmMemory": 2_000_000 },
        })
    }

    fn far_away(build: &str, wasm: u32, later: &Value) -> Value {
        json!({
            "build": build, "subject": "page", "providers": 3, "profile": "far-away",
            "figures": { "requests": 7, "roundTrips": 2 },
            "bytes": { "first": { "html": 1_200, "wasm": wasm }, "later": later },
        })
    }

    fn results() -> Results {
        let samples = [
            sample("this", 1_000.0),
            sample("that", 2_000.0),
            sample("that", 2_400.0),
            sample("this", 1_300.0),
            far_away("this", 100_000, &json!({ "wasm": 50_000 })),
            far_away("that", 200_000, &json!({})),
        ];
        Results::read(json!({ "browser": "1", "samples": samples }))
            .unwrap_or_else(|| panic!("no result"))
    }

    #[test]
    fn two_builds_have_their_figures_and_ratios() {
        let tables = of_loads(&results(), &["this", "that"]);
        let table = |title: &str| {
            let found = tables.iter().find(|(name, _)| name.starts_with(title));
            found.map_or_else(Vec::new, |(_, table)| table.clone())
        };
        assert_eq!(
            table("Bytes")[1..],
            [
                row(&[
                    "page", "first", "this", "1.2", "–", "–", "100.0", "101.2", "7", "2"
                ]),
                row(&[
                    "page", "first", "that", "1.2", "–", "–", "200.0", "201.2", "7", "2"
                ]),
                row(&[
                    "page", "later", "this", "–", "–", "–", "50.0", "50.0", "–", "–"
                ]),
            ]
        );
        assert_eq!(
            table("Slow phone (")[1],
            row(&[
                "page",
                "3",
                "this",
                "–",
                "1.15 (1.00–1.30)",
                "0.00",
                "2.0",
                "–",
                "–"
            ])
        );
        let ratios = table("Slow phone (1.6 Mbit/s, 150 ms, CPU 4 times slower): as");
        assert_eq!(
            ratios,
            [
                row(&[
                    "subject",
                    "providers",
                    "first paint",
                    "rows",
                    "blocking",
                    "WebAssembly",
                    "JS heap",
                    "nodes"
                ]),
                row(&["page", "3", "–", "0.52 (0.50–0.54)", "–", "1.00", "–", "–"]),
            ]
        );
    }

    #[test]
    fn numbers_are_aligned_and_names_are_not() {
        let table = vec![row(&["subject", "providers", "build", "rows, s"])];
        assert_eq!(number_columns(&table), [1, 3]);
    }

    #[test]
    fn shares_are_those_of_the_first_part() {
        let bytes = |first, later| Bytes { first, later };
        let sizes = CrateSizes {
            rows: vec![
                ("app".to_owned(), bytes(3_000, 500)),
                ("data".to_owned(), bytes(1_000, 0)),
            ],
            functions: Vec::new(),
        };
        assert_eq!(
            of_crates(&sizes)[1..],
            [
                row(&["app", "3.0", "75 %", "0.5"]),
                row(&["data", "1.0", "25 %", "0.0"])
            ]
        );
    }
}
