//! The licences of the crates that the release is made from, as one text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::failure::{Explain, Failure, Result};
use crate::setup::wasm_target;
use crate::{process, say};

/// The name of the text, in the release and in the package.
pub(crate) const FILE: &str = "THIRD-PARTY-LICENSES.txt";

/// The package that the release is built from.
const PAGE: &str = "coder-external-auth";

/// What each crate's licence may be called in its folder.
const NAMES: [&str; 5] = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"];

/// A crate of others whose code may be in the release.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Dependency {
    name: String,
    version: String,
    /// An SPDX expression.
    license: String,
    folder: PathBuf,
    authors: String,
}

/// Writes the text into a folder.
pub(crate) fn write(folder: &Path) -> Result {
    let path = folder.join(FILE);
    fs::write(&path, text()?).explain(|| format!("write {}", say::path(&path)))
}

/// Names each crate with its licence, and has each licence text once.
fn text() -> Result<String> {
    let dependencies = dependencies(&metadata()?)?;
    let mut text = String::from(
        "The WebAssembly program contains code of these crates, and of Rust's standard\n\
         library (MIT OR Apache-2.0, copyright The Rust Project contributors).\n\n",
    );
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for dependency in &dependencies {
        let Dependency {
            name,
            version,
            license,
            authors,
            ..
        } = dependency;
        let title = format!("{name} {version}");
        let _ = writeln!(text, "{title}: {license}");
        let found = license_texts(dependency)?;
        if found.is_empty() && !authors.is_empty() {
            let _ = writeln!(text, "    Authors: {authors}");
        }
        for license in found {
            texts.entry(license).or_default().push(title.clone());
        }
    }
    for (license, crates) in texts {
        let line = "-".repeat(80);
        let crates = crates.join(", ");
        let _ = write!(text, "\n{line}\n{crates}\n\n{}\n", license.trim_end());
    }
    Ok(text)
}

fn metadata() -> Result<Value> {
    let mut cargo = process::program("cargo");
    cargo
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(["--filter-platform", wasm_target::TARGET]);
    process::answer(&mut cargo)
        .and_then(|answer| serde_json::from_str(&answer).ok())
        .ok_or_else(|| Failure::new("`cargo metadata --locked` fails"))
}

/// What the page is linked from, without our own packages and without macros, which
/// run in the compiler.
fn dependencies(metadata: &Value) -> Result<BTreeSet<Dependency>> {
    let packages: BTreeMap<&str, &Value> = list(&metadata["packages"])
        .filter_map(|package| Some((package["id"].as_str()?, package)))
        .collect();
    let nodes: BTreeMap<&str, &Value> = list(&metadata["resolve"]["nodes"])
        .filter_map(|node| Some((node["id"].as_str()?, node)))
        .collect();
    let start = packages
        .iter()
        .find(|(_, package)| package["name"] == PAGE)
        .map(|(id, _)| *id)
        .ok_or_else(|| Failure::new(format!("`cargo metadata` does not know {PAGE}")))?;

    let mut seen = BTreeSet::from([start]);
    let mut next = vec![start];
    while let Some(id) = next.pop() {
        let linked = nodes
            .get(id)
            .into_iter()
            .flat_map(|node| list(&node["deps"]))
            .filter(|dependency| list(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null()))
            .filter_map(|dependency| dependency["pkg"].as_str())
            .filter(|id| packages.get(id).is_some_and(|package| !is_macro(package)));
        for id in linked {
            if seen.insert(id) {
                next.push(id);
            }
        }
    }
    seen.into_iter()
        .filter_map(|id| packages.get(id))
        .filter(|package| !package["source"].is_null())
        .map(|package| dependency(package))
        .collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn is_macro(package: &Value) -> bool {
    list(&package["targets"]).any(|target| list(&target["kind"]).any(|kind| kind == "proc-macro"))
}

fn dependency(package: &Value) -> Result<Dependency> {
    let word = |field: &str| package[field].as_str().unwrap_or_default().to_owned();
    let name = word("name");
    let license = word("license");
    if license.is_empty() {
        return Err(Failure::new(format!("{name} does not say its licence")));
    }
    let authors: Vec<_> = list(&package["authors"])
        .filter_map(Value::as_str)
        .collect();
    let manifest = PathBuf::from(word("manifest_path"));
    Ok(Dependency {
        version: word("version"),
        license,
        folder: manifest.parent().unwrap_or(&manifest).to_owned(),
        authors: authors.join(", "),
        name,
    })
}

/// The licence texts in a crate's folder: of the MIT licence alone, where there is a
/// choice and the crate has that text.
fn license_texts(dependency: &Dependency) -> Result<BTreeSet<String>> {
    let folder = &dependency.folder;
    let entries = fs::read_dir(folder).explain(|| format!("read {}", say::path(folder)))?;
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && is_license(&file_name(path)))
        .collect();
    let is_mit = |path: &PathBuf| file_name(path).contains("MIT");
    if dependency.license.contains("MIT") && files.iter().any(is_mit) {
        files.retain(is_mit);
    }
    files
        .iter()
        .map(|path| {
            let bytes = fs::read(path).explain(|| format!("read {}", say::path(path)))?;
            Ok(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))
        })
        .collect()
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().to_uppercase()
}

fn is_license(name: &str) -> bool {
    NAMES.iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn has_what_is_linked_and_nothing_that_only_compiles() {
        let package = |name: &str, kind: &str| {
            json!({
                "id": name,
                "name": name,
                "version": "1.0.0",
                "license": "MIT",
                "source": (name != PAGE).then_some("registry"),
                "manifest_path": format!("/crates/{name}/Cargo.toml"),
                "authors": ["Ada"],
                "targets": [{ "kind": [kind] }],
            })
        };
        let to = |name: &str, kind: Value| json!({ "pkg": name, "dep_kinds": [{ "kind": kind }] });
        let metadata = json!({
            "packages": [
                package(PAGE, "lib"),
                package("linked", "lib"),
                package("by-it", "lib"),
                package("macros", "proc-macro"),
                package("builds", "lib"),
                package("elsewhere", "lib"),
            ],
            "resolve": { "nodes": [
                { "id": PAGE, "deps": [
                    to("linked", Value::Null),
                    to("macros", Value::Null),
                    to("builds", "build".into()),
                ] },
                { "id": "linked", "deps": [to("by-it", Value::Null), to("linked", Value::Null)] },
                { "id": "elsewhere", "deps": [] },
            ] },
        });
        let names: Vec<_> = dependencies(&metadata)
            .unwrap()
            .into_iter()
            .map(|dependency| dependency.name)
            .collect();
        assert_eq!(names, ["by-it", "linked"]);
    }

    #[test]
    fn a_crate_without_a_licence_is_a_failure() {
        let package = json!({ "name": "nameless", "version": "1.0.0" });
        let failure = dependency(&package).unwrap_err();
        assert_eq!(failure.sentence, "nameless does not say its licence");
    }

    /// Reads the crates of this machine's registry.
    #[test]
    fn the_text_has_the_framework_with_its_copyright() {
        let text = text().unwrap();
        for part in [
            "\nleptos ",
            ": MIT",
            "Permission is hereby granted",
            "Unicode-3.0",
        ] {
            assert!(text.contains(part), "{part}");
        }
        assert!(!text.contains("\nleptos_macro "), "a macro");
    }
}
