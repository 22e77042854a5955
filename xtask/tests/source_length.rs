//! Files and components of the page stay short enough to be read at once.

#![allow(
    clippy::unwrap_used,
    reason = "a file that cannot be read fails the test"
)]

use std::fs;
use std::path::{Path, PathBuf};

const MAX_FILE: usize = 300;
const MAX_COMPONENT: usize = 120;

#[test]
fn no_file_of_the_page_is_too_long() {
    let files = files();
    assert!(files.len() > 100, "only {} files", files.len());
    let long: Vec<_> = (files.iter())
        .map(|(name, source)| (name, source.lines().count()))
        .filter(|(_, lines)| *lines > MAX_FILE)
        .collect();
    assert_eq!(long, []);
}

#[test]
fn no_component_of_the_page_is_too_long() {
    let all: Vec<_> = (files().iter())
        .flat_map(|(name, source)| {
            let components = component_lengths(source);
            components.into_iter().map(|lines| (name.clone(), lines))
        })
        .collect();
    assert!(all.len() > 20, "only {} components", all.len());
    let long: Vec<_> = all
        .into_iter()
        .filter(|(_, lines)| *lines > MAX_COMPONENT)
        .collect();
    assert_eq!(long, []);
}

#[test]
fn the_lines_of_a_component_are_counted_from_its_attribute_to_its_last_brace() {
    let source =
        "use a;\n\n#[component]\nfn A() -> impl IntoView {\n    if b {\n    }\n}\n\nfn c() {\n}\n";
    assert_eq!(component_lengths(source), [5]);
}

/// The files of the page, and what is in them.
fn files() -> Vec<(String, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((name_of(&path, &root), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

fn name_of(path: &Path, root: &Path) -> String {
    let name = path.strip_prefix(root).unwrap();
    name.to_string_lossy().replace('\\', "/")
}

/// The lines of each component. rustfmt puts the last brace at the start of a line.
fn component_lengths(source: &str) -> Vec<usize> {
    let lines: Vec<_> = source.lines().collect();
    (0..lines.len())
        .filter(|line| lines[*line] == "#[component]")
        .map(|start| {
            let length = lines[start..].iter().position(|line| *line == "}");
            length.unwrap() + 1
        })
        .collect()
}
