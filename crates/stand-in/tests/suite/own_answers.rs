use std::{fs, path::Path};

/// The path and text of every Rust file below a folder.
fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path.display().to_string(), text));
        }
    }
    found
}

/// With shared types a misread field would be wrong on both sides, and no test
/// would fail.
#[test]
fn the_timestamp_is_the_only_type_shared_with_the_client() {
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let uses: Vec<_> = sources
        .iter()
        .flat_map(|(path, text)| {
            let rests = text.split("external_auth_core").skip(1);
            rests.map(move |rest| (path, rest.trim_start()))
        })
        .collect();
    assert!(!uses.is_empty(), "no use was found");
    for (path, rest) in uses {
        let name = rest.strip_prefix("::").unwrap_or(rest).trim_start();
        assert!(
            name.starts_with("Timestamp;"),
            "{path}: external_auth_core{}",
            rest.lines().next().unwrap_or_default()
        );
    }
}
