use std::{fs, path::Path};

/// Everything below a folder that is Rust.
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

/// With types that both sides share, a field that is misread would be wrong on
/// both, and no test could see it.
#[test]
fn nothing_of_the_client_but_the_instant_is_used() {
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let uses: Vec<_> = sources
        .iter()
        .flat_map(|(path, text)| {
            let rests = text.split("external_auth_core").skip(1);
            rests.map(move |rest| (path, rest.trim_start()))
        })
        .collect();
    assert!(!uses.is_empty(), "nothing was looked at");
    for (path, rest) in uses {
        let name = rest.strip_prefix("::").unwrap_or(rest).trim_start();
        assert!(
            name.starts_with("Timestamp;"),
            "{path}: external_auth_core{}",
            rest.lines().next().unwrap_or_default()
        );
    }
}
