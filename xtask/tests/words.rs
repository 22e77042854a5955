//! What a person reads speaks as the dashboard does: of Coder and of the person's
//! administrator, in American spelling.

#![allow(
    clippy::unwrap_used,
    reason = "a file that cannot be read fails the test"
)]

use std::{fs, path::Path};

/// Words that a person does not read, in lower case, and what to say.
const INSTEAD: [(&str, &str); 9] = [
    ("whoever", "your administrator"),
    ("someone who operates", "your administrator"),
    ("the operator", "your administrator"),
    ("the deployment", "Coder"),
    ("this deployment", "Coder"),
    ("colour", "color"),
    ("authoris", "authoriz"),
    ("organis", "organiz"),
    ("cancelled", "canceled"),
];

/// The lines that a person may read: without comments and names of the code.
fn said(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().map(str::trim).enumerate();
    lines.filter(|(_, line)| {
        let is_comment = ["//", "*", "/*", "<!--"]
            .iter()
            .any(|mark| line.starts_with(mark));
        !is_comment && !line.contains("assert")
    })
}

#[test]
fn a_person_reads_of_coder_and_of_the_administrator() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let texts = fs::read_dir(root.join("src/text")).unwrap();
    let mut files: Vec<_> = texts.map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() > 10, "{files:?}");
    files.extend(["index.html", "npm/src/messages.js"].map(|file| root.join(file)));
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in said(&text) {
            let line = line.to_lowercase();
            // Names of functions have no spaces.
            let is_name = line.starts_with("pub fn") || line.starts_with("pub use");
            for (word, instead) in INSTEAD {
                let is_said = line.contains(word) && !is_name && !line.contains('_');
                if is_said {
                    let place = file.display();
                    found.push(format!("{place}:{}: say {instead:?}: {line}", number + 1));
                }
            }
        }
    }
    assert_eq!(found, [""; 0]);
}
