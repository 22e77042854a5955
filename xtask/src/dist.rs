//! `cargo xtask dist`: the release build.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Explain, Failure, Result};
use crate::page::{self, Profile};
use crate::precompressed::Size;
use crate::setup::{self, Item};
use crate::{package, precompressed, say, workspace};

/// Builds the release into `dist/` and lists its files.
pub(crate) fn run(debuggable: bool) -> Result {
    let profile = if debuggable {
        Profile::Debuggable
    } else {
        Profile::Release
    };
    let tools = setup::provide_and_meanwhile(&Item::RELEASE, |tools| {
        page::compile_ahead(tools, profile);
    })?;
    let folder = page::release_folder();
    page::build(&tools, profile, &folder)?;
    let places = [
        workspace::root(),
        workspace::cargo_home()?,
        tools.sysroot()?,
    ];
    check_for_places(&folder, &places)?;
    let page = precompressed::write(&folder)?;
    package::assemble(&folder)?;
    list(&page);
    println!("The release is in {}", say::path(&folder));
    if debuggable {
        println!("It is to be debugged: larger, with messages of panics and names of functions");
    }
    println!();
    list(&precompressed::measure(&package::folder())?);
    println!("The package is in {}", say::path(&package::folder()));
    Ok(())
}

/// The shipped files do not tell where they were built.
fn check_for_places(folder: &Path, places: &[PathBuf]) -> Result {
    let entries = fs::read_dir(folder).explain(|| format!("read {}", say::path(folder)))?;
    for file in entries.flatten().map(|entry| entry.path()) {
        let bytes = fs::read(&file).explain(|| format!("read {}", say::path(&file)))?;
        if let Some(place) = places.iter().find(|place| names(&bytes, place)) {
            return Err(Failure::new(format!(
                "{} names {}, a folder of this machine",
                say::path(&file),
                place.display()
            )));
        }
    }
    Ok(())
}

/// Whether a file contains a path.
fn names(file: &[u8], place: &Path) -> bool {
    let place = place.to_string_lossy();
    file.windows(place.len())
        .any(|part| part == place.as_bytes())
}

/// Prints the files with their sizes, uncompressed and as they are sent, and the
/// sum of each part.
fn list(files: &[Size]) {
    let row = |name: &str, part: &str, sizes: [u64; 3]| {
        let sizes = sizes.map(|bytes| bytes.to_string());
        [name, part]
            .map(str::to_owned)
            .into_iter()
            .chain(sizes)
            .collect()
    };
    let mut rows: Vec<Vec<String>> = vec![
        ["file", "part", "bytes", "gzip -9", "brotli -11"]
            .map(str::to_owned)
            .to_vec(),
    ];
    let mut sums: BTreeMap<String, [u64; 3]> = BTreeMap::new();
    for file in files {
        let sizes = [file.raw, file.gzip, file.brotli];
        let part = part_of(&file.name).unwrap_or_default();
        rows.push(row(&file.name, &part, sizes));
        let sum = sums.entry(part).or_default();
        for (sum, size) in sum.iter_mut().zip(sizes) {
            *sum += size;
        }
    }
    // What no page loads is no part.
    sums.remove("");
    rows.extend(sums.iter().map(|(part, sizes)| row("sum", part, *sizes)));
    say::table(&rows, &[2, 3, 4]);
}

/// The part to which a file of the page or of the package belongs: `first`, or the
/// later parts that need it. `None` for what no page loads.
fn part_of(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    match ending {
        "html" | "css" | "js" => Some("first".to_owned()),
        "wasm" if stem.ends_with("_bg") => Some("first".to_owned()),
        "wasm" => {
            let (_, part) = stem.split_once('_')?;
            // The page's files are named by their content too.
            let part = match part.rsplit_once('-') {
                Some((part, hash)) if is_hash(hash) => part,
                _ => part,
            };
            Some(part.replace('-', ", "))
        }
        _ => None,
    }
}

/// Whether it is what `xtask/hash.js` writes.
fn is_hash(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{names, part_of};

    #[test]
    fn tells_the_part_of_a_file_by_its_name() {
        for (name, part) in [
            ("index.html", Some("first")),
            ("page-0123456789abcdef.css", Some("first")),
            ("app-0123456789abcdef.js", Some("first")),
            ("app-0123456789abcdef_bg.wasm", Some("first")),
            ("app_later-0123456789abcdef.wasm", Some("later")),
            (
                "app_later-pages-0123456789abcdef.wasm",
                Some("later, pages"),
            ),
            ("program_bg.wasm", Some("first")),
            ("program_elements-later.wasm", Some("elements, later")),
            ("app-0123456789abcdef.names.json", None),
            ("README.md", None),
            ("LICENSE-MIT", None),
            ("THIRD-PARTY-LICENSES.txt", None),
        ] {
            assert_eq!(part_of(name).as_deref(), part, "{name}");
        }
    }

    #[test]
    fn finds_a_path_among_other_bytes() {
        let file = b"\0asm\xff/home/ada/.cargo/registry/src/x.rs";
        assert!(names(file, Path::new("/home/ada/.cargo")));
        assert!(!names(file, Path::new("/home/bob/.cargo")));
        assert!(!names(b"", Path::new("/home/ada/.cargo")));
    }
}
