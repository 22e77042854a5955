//! Writes the results into `docs/performance.md`, and the drawings beside it.

use std::fs;
use std::path::PathBuf;

use super::crate_sizes::CrateSizes;
use super::results::{Case, Results};
use super::tables::{self, Table};
use super::timeline_drawing::{self, Load};
use super::{size_drawing, words};
use crate::failure::{Explain, Failure, Result};
use crate::{say, workspace};

/// How many characters of a function's name are written.
const NAME: usize = 90;

/// Replaces the generated parts of the document, and writes the drawings.
pub(super) fn write(results: &Results, builds: &[&str], sizes: &CrateSizes) -> Result {
    let file = docs().join("performance.md");
    let text = fs::read_to_string(&file).explain(|| format!("read {}", say::path(&file)))?;
    let mut loads = format!("Chromium {}.", results.browser);
    for (title, table) in tables::of_loads(results, builds) {
        loads = format!("{loads}\n\n### {title}\n\n{}", markdown(&table));
    }
    let crates = format!(
        "{}\n\nThe largest functions of the first part:\n\n{}",
        markdown(&tables::of_crates(sizes)),
        markdown(&functions(sizes))
    );
    let text = replaced(&text, "loads", &loads)?;
    let text = replaced(&text, "crates", &crates)?;
    fs::write(&file, text).explain(|| format!("write {}", say::path(&file)))?;
    save("size-by-crate.svg", &size_drawing::draw(sizes))?;

    let case = Case {
        subject: "page".to_owned(),
        providers: 250,
        profile: "slow-phone".to_owned(),
    };
    let loads: Vec<Load<'_>> = builds
        .iter()
        .filter_map(|build| {
            let load = results.typical_load(&case, build)?;
            Some(Load { title: build, load })
        })
        .collect();
    let title = "The load of the page with 250 providers on the slow phone";
    save("load-timeline.svg", &timeline_drawing::draw(title, &loads))?;
    println!("Written: {} and its drawings", say::path(&file));
    Ok(())
}

fn docs() -> PathBuf {
    workspace::root().join("docs")
}

fn save(name: &str, svg: &str) -> Result {
    let file = docs().join(name);
    fs::write(&file, svg).explain(|| format!("write {}", say::path(&file)))
}

fn functions(sizes: &CrateSizes) -> Table {
    let mut table = vec![vec!["function".to_owned(), "bytes".to_owned()]];
    for (name, bytes) in &sizes.functions {
        let bytes = words::grouped(tables::number(*bytes));
        table.push(vec![format!("`{}`", shortened(name)), bytes]);
    }
    table
}

/// The beginning of a long name. The rest is the arguments of its types.
fn shortened(name: &str) -> String {
    match name.char_indices().nth(NAME) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

/// Replaces what is between the two comments of a part.
fn replaced(document: &str, part: &str, content: &str) -> Result<String> {
    let (begin, end) = (format!("<!-- bench: {part} -->\n"), "<!-- /bench -->");
    document
        .split_once(&begin)
        .and_then(|(before, rest)| {
            let (_, after) = rest.split_once(end)?;
            Some(format!("{before}{begin}\n{content}\n\n{end}{after}"))
        })
        .ok_or_else(|| {
            let begin = begin.trim_end();
            Failure::new(format!(
                "docs/performance.md has no `{begin}` with `{end}` after it"
            ))
        })
}

/// A table in Markdown, with numbers at the right.
fn markdown(table: &Table) -> String {
    let numbers = tables::number_columns(table);
    let columns = table.first().map_or(0, Vec::len);
    let rule = (0..columns).map(|column| {
        let rule = if numbers.contains(&column) {
            "---:"
        } else {
            "---"
        };
        rule.to_owned()
    });
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let mut lines: Vec<String> = table.iter().map(|row| line(row)).collect();
    lines.insert(1.min(lines.len()), line(&rule.collect::<Vec<_>>()));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_comments_is_replaced() {
        let document = "# A\n<!-- bench: loads -->\nold\n<!-- /bench -->\nB\n<!-- bench: crates -->\n<!-- /bench -->\n";
        let document = replaced(document, "loads", "new").unwrap_or_default();
        assert_eq!(
            document,
            "# A\n<!-- bench: loads -->\n\nnew\n\n<!-- /bench -->\nB\n<!-- bench: crates -->\n<!-- /bench -->\n"
        );
        let again = replaced(&document, "loads", "new").unwrap_or_default();
        assert_eq!(again, document);
        assert!(replaced(&document, "none", "new").is_err());
    }

    #[test]
    fn a_table_has_a_rule_below_its_head() {
        let table = [["crate", "KB"], ["app", "3.0"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(
            markdown(&table.to_vec()),
            "| crate | KB |\n| --- | ---: |\n| app | 3.0 |"
        );
    }

    #[test]
    fn a_long_name_is_cut() {
        assert_eq!(shortened("app::draw"), "app::draw");
        assert_eq!(shortened(&"é".repeat(NAME + 1)), "é".repeat(NAME) + "…");
    }

    #[test]
    fn the_document_has_both_parts() {
        let text = fs::read_to_string(docs().join("performance.md")).unwrap_or_default();
        for part in ["loads", "crates"] {
            assert!(replaced(&text, part, "").is_ok(), "{part}");
        }
    }
}
