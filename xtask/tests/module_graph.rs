//! The modules of a crate depend on each other in one direction.
//!
//! The nodes are the folders and files directly in `src`, the arrows are the
//! paths that begin with `crate::`. The page has a table of the arrows that
//! `docs/architecture.md` draws. The stand-in must have no circle, and no arrow
//! between the deployment (`coder`) and the providers (`provider`): each knows
//! the other only by HTTP.

#![allow(
    clippy::unwrap_used,
    reason = "a file that cannot be read fails the test"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs,
    path::{Path, PathBuf},
};

/// What each module of the page may import. A module below another one in this
/// table never imports it back, so there is no circle.
const PAGE: [(&str, &[&str]); 14] = [
    ("secret", &[]),
    ("config", &["secret"]),
    ("platform", &[]),
    ("reactive", &[]),
    ("chunk", &["platform"]),
    ("api", &["config", "secret", "platform", "chunk"]),
    (
        "session",
        &["config", "api", "platform", "reactive", "chunk"],
    ),
    ("unlinking", &["session"]),
    ("linking", &["config", "platform", "reactive", "session"]),
    // `platform` writes instants in words (`Intl`).
    ("text", &["platform"]),
    (
        "view",
        &[
            "config",
            "api",
            "platform",
            "reactive",
            "chunk",
            "session",
            "unlinking",
            "linking",
            "text",
        ],
    ),
    (
        "components",
        &[
            "platform", "reactive", "chunk", "session", "linking", "text", "view",
        ],
    ),
    (
        "pages",
        &[
            "config",
            "api",
            "platform",
            "reactive",
            "chunk",
            "session",
            "text",
            "view",
            "components",
        ],
    ),
    (
        "elements",
        &[
            "secret",
            "config",
            "api",
            "platform",
            "reactive",
            "chunk",
            "session",
            "unlinking",
            "linking",
            "text",
            "view",
            "components",
        ],
    ),
];

/// Items that the root of the page's crate exports, and their modules.
const ROOT_ITEMS: [(&str, &str); 3] = [
    ("Config", "config"),
    ("Embedding", "config"),
    ("Secret", "secret"),
];

/// Modules of the stand-in that must not import each other.
const APART: [(&str, &str); 2] = [("coder", "provider"), ("provider", "coder")];

#[test]
fn the_modules_of_the_page_import_only_what_the_drawing_shows() {
    let imports = Imports::of_folder(&root().join("src"));
    // A reader that finds nothing would find no wrong arrow.
    assert!(imports.0.len() > 100, "only {} imports", imports.0.len());
    assert_eq!(imports.outside(&PAGE), Vec::<String>::new());
    assert_eq!(imports.circles(), Vec::<String>::new());
}

#[test]
fn the_table_of_the_page_has_no_circle() {
    for (at, (module, imports)) in PAGE.iter().enumerate() {
        for import in *imports {
            let above = PAGE[..at].iter().any(|(other, _)| other == import);
            assert!(above, "{module} may import {import}, which is not above it");
        }
    }
}

#[test]
fn an_arrow_that_is_not_drawn_is_reported() {
    let imports = Imports::of_files(&[
        (
            "session/list.rs",
            "use crate::view::View;\nuse crate::api;\n",
        ),
        ("text/mod.rs", "\nuse crate::Config;\n"),
        ("news.rs", "use crate::text::words;"),
    ]);
    assert_eq!(
        imports.outside(&PAGE),
        [
            "session/list.rs:1 (session -> view): session must not import view.",
            "text/mod.rs:2 (text -> config): text must not import config.",
            "news.rs:1 (news -> text): news must not import text.",
        ]
    );
}

#[test]
fn the_modules_of_the_stand_in_form_no_circle() {
    let imports = Imports::of_folder(&root().join("crates/stand-in/src"));
    assert!(imports.0.len() > 100, "only {} imports", imports.0.len());
    assert_eq!(imports.between(&APART), Vec::<String>::new());
    assert_eq!(imports.circles(), Vec::<String>::new());
}

#[test]
fn a_circle_is_reported_with_the_line_of_each_import() {
    let imports = Imports::of_files(&[
        ("a/one.rs", "use std::fmt;\nuse crate::b::Two;\n"),
        ("b/mod.rs", "use crate::{\n    a::One,\n    c::Three,\n};\n"),
        ("c.rs", "// use crate::a::One;\nfn three() {}\n"),
    ]);
    assert_eq!(
        imports.circles(),
        ["These imports form a circle: a/one.rs:2 (a -> b), b/mod.rs:2 (b -> a)."]
    );
}

#[test]
fn a_circle_of_three_is_found() {
    let imports = Imports::of_files(&[
        ("a.rs", "use crate::b::f;"),
        ("b.rs", "fn g() { crate::c::f() }"),
        ("c.rs", "use crate::{b2, a::{f, g}};"),
        ("b2.rs", ""),
    ]);
    assert_eq!(
        imports.circles(),
        ["These imports form a circle: a.rs:1 (a -> b), b.rs:1 (b -> c), c.rs:1 (c -> a)."]
    );
}

#[test]
fn an_arrow_between_the_deployment_and_the_providers_is_reported() {
    for (file, other) in [("coder/x.rs", "provider"), ("provider/x.rs", "coder")] {
        let source = format!("\nuse crate::{{answer, {other}::Thing}};\n");
        let imports = Imports::of_files(&[(file, &source)]);
        let (from, _) = file.split_once('/').unwrap();
        assert_eq!(
            imports.between(&APART),
            [format!(
                "{file}:2 ({from} -> {other}): {from} must not import {other}."
            )]
        );
    }
}

#[test]
fn modules_without_a_circle_pass() {
    let imports = Imports::of_files(&[
        (
            "a/mod.rs",
            "use crate::a::inner::X; use crate::{b, c::{d, e}};",
        ),
        ("a/inner.rs", "use super::Y; use crate::c;"),
        ("b.rs", "use crate::c;"),
        ("c.rs", "use axum::Router;"),
    ]);
    assert_eq!(imports.0.len(), 4);
    assert_eq!(imports.circles(), Vec::<String>::new());
}

/// The folder of the repository.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// One path that begins with `crate::`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Import {
    from: String,
    to: String,
    file: String,
    line: usize,
}

impl fmt::Display for Import {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            from,
            to,
            file,
            line,
        } = self;
        write!(formatter, "{file}:{line} ({from} -> {to})")
    }
}

/// All imports between two modules.
#[derive(Debug, Default)]
struct Imports(Vec<Import>);

impl Imports {
    /// The imports of every Rust file below `root`. The crate's root, which
    /// declares the modules, and the program are no modules.
    fn of_folder(root: &Path) -> Self {
        let mut files = Vec::new();
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    files.push(path);
                }
            }
        }
        files.sort();
        let mut imports = Self::default();
        for path in files {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            if name != "lib.rs" && name != "main.rs" && !name.starts_with("bin/") {
                imports.read(&name, &fs::read_to_string(&path).unwrap());
            }
        }
        imports
    }

    fn of_files(files: &[(&str, &str)]) -> Self {
        let mut imports = Self::default();
        for (name, source) in files {
            imports.read(name, source);
        }
        imports
    }

    /// Adds the imports of one file, each pair of modules once.
    fn read(&mut self, file: &str, source: &str) {
        let from = file.split(['/', '.']).next().unwrap_or_default();
        let mut seen = BTreeSet::new();
        for (line, path) in crate_paths(source) {
            let root_item = ROOT_ITEMS.iter().find(|(item, _)| *item == path);
            let to = root_item.map_or(path, |(_, module)| (*module).to_owned());
            if to != from && seen.insert(to.clone()) {
                self.0.push(Import {
                    from: from.to_owned(),
                    to,
                    file: file.to_owned(),
                    line,
                });
            }
        }
    }

    /// The imports that a table does not allow, as sentences.
    fn outside(&self, table: &[(&str, &[&str])]) -> Vec<String> {
        let is_allowed = |import: &Import| {
            (table.iter())
                .any(|(from, allowed)| *from == import.from && allowed.contains(&&*import.to))
        };
        self.sentences(|import| !is_allowed(import))
    }

    /// The imports between modules that must not know each other, as sentences.
    fn between(&self, apart: &[(&str, &str)]) -> Vec<String> {
        self.sentences(|import| apart.contains(&(&*import.from, &*import.to)))
    }

    fn sentences(&self, is_wrong: impl Fn(&Import) -> bool) -> Vec<String> {
        (self.0.iter())
            .filter(|import| is_wrong(import))
            .map(|import| format!("{import}: {} must not import {}.", import.from, import.to))
            .collect()
    }

    /// One circle, if there is one, as a sentence.
    fn circles(&self) -> Vec<String> {
        let circle = self.circle().map(|circle| {
            let imports: Vec<_> = circle.iter().map(ToString::to_string).collect();
            format!("These imports form a circle: {}.", imports.join(", "))
        });
        circle.into_iter().collect()
    }

    /// The imports of one circle, in their order.
    fn circle(&self) -> Option<Vec<&Import>> {
        let mut arrows: BTreeMap<&str, Vec<&Import>> = BTreeMap::new();
        for import in &self.0 {
            arrows.entry(&import.from).or_default().push(import);
        }
        let mut done = BTreeSet::new();
        arrows
            .keys()
            .find_map(|start| visit(start, &arrows, &mut Vec::new(), &mut done))
    }
}

/// Follows the arrows depth first. `path` leads to `module`; a module that is
/// `done` leads to no circle.
fn visit<'a>(
    module: &'a str,
    arrows: &BTreeMap<&'a str, Vec<&'a Import>>,
    path: &mut Vec<&'a Import>,
    done: &mut BTreeSet<&'a str>,
) -> Option<Vec<&'a Import>> {
    if let Some(start) = path.iter().position(|import| import.from == module) {
        return Some(path[start..].to_vec());
    }
    if done.contains(module) {
        return None;
    }
    for import in arrows.get(module).into_iter().flatten() {
        path.push(import);
        let circle = visit(&import.to, arrows, path, done);
        if circle.is_some() {
            return circle;
        }
        path.pop();
    }
    done.insert(module);
    None
}

/// The module that each path after `crate::` begins with, and its line.
fn crate_paths(source: &str) -> Vec<(usize, String)> {
    // Comments become spaces, so that lines and columns stay.
    let code: String = source
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n")
        .collect();
    let mut paths = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let is_whole_word = !code[..at]
            .ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == '$');
        if !is_whole_word {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        for (offset, module) in first_segments(rest) {
            let line = code[..at + "crate::".len() + offset].matches('\n').count() + 1;
            paths.push((line, module));
        }
    }
    paths
}

/// The first segments of a path or of a group in braces, with their offsets.
fn first_segments(text: &str) -> Vec<(usize, String)> {
    if !text.starts_with('{') {
        return vec![(0, word(text))];
    }
    let (mut segments, mut depth, mut expects_segment) = (Vec::new(), 0_usize, false);
    for (at, character) in text.char_indices() {
        match character {
            '{' => {
                depth += 1;
                expects_segment = depth == 1;
            }
            '}' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            ',' if depth == 1 => expects_segment = true,
            _ if expects_segment && !character.is_whitespace() => {
                segments.push((at, word(&text[at..])));
                expects_segment = false;
            }
            _ => {}
        }
    }
    segments
}

fn word(text: &str) -> String {
    text.chars()
        .take_while(|character| character.is_alphanumeric() || *character == '_')
        .collect()
}
