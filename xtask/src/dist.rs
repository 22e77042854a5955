//! `cargo xtask dist`: the release build.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::failure::{Explain, Failure, Result};
use crate::page::{self, Profile};
use crate::setup::{self, Item};
use crate::{package, precompressed, process, say, workspace};

/// Builds the release into `dist/` and lists its files.
pub(crate) fn run() -> Result {
    let tools = setup::provide_and_meanwhile(&Item::RELEASE, |tools| {
        page::compile_ahead(tools, Profile::Release);
    })?;
    let folder = page::release_folder();
    page::build(&tools, Profile::Release, &folder)?;
    check_for_places(&folder)?;
    precompressed::write(&folder)?;
    package::assemble(&folder)?;
    list(&folder, "The release")?;
    println!();
    list(&package::folder(), "The package")
}

/// What is shipped tells nobody where it was built.
fn check_for_places(folder: &Path) -> Result {
    let places = [workspace::root(), workspace::cargo_home()?];
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

/// Whether a path stands somewhere in a file.
fn names(file: &[u8], place: &Path) -> bool {
    let place = place.to_string_lossy();
    file.windows(place.len())
        .any(|part| part == place.as_bytes())
}

/// What a server sends of a file, in bytes.
struct Size {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Prints the files with their sizes, as they are and as they are sent.
fn list(folder: &Path, what: &str) -> Result {
    let files = sizes(folder)?;
    let row = |name: &str, sizes: [u64; 3]| {
        let sizes = sizes.map(|bytes| bytes.to_string());
        std::iter::once(name.to_owned()).chain(sizes).collect()
    };
    let mut rows: Vec<Vec<String>> = vec![
        ["file", "bytes", "gzip -9", "brotli -11"]
            .map(str::to_owned)
            .to_vec(),
    ];
    rows.extend(
        files
            .iter()
            .map(|file| row(&file.name, [file.raw, file.gzip, file.brotli])),
    );
    let total = |of: fn(&Size) -> u64| files.iter().map(of).sum();
    rows.push(row(
        "total",
        [
            total(|file| file.raw),
            total(|file| file.gzip),
            total(|file| file.brotli),
        ],
    ));
    say::table(&rows, &[1, 2, 3]);
    println!("{what} is in {}", say::path(folder));
    Ok(())
}

/// Node.js is there for wasm-opt anyway; a crate that compresses would be
/// compiled by everybody, `serve` included.
const MEASURE: &str = r#"
const { readdirSync, readFileSync, statSync } = require("node:fs");
const { join } = require("node:path");
const { gzipSync, brotliCompressSync } = require("node:zlib");
const folder = process.argv[1];
const files = readdirSync(folder, { recursive: true })
  .filter((name) => statSync(join(folder, name)).isFile())
  .sort()
  .map((name) => {
    const bytes = readFileSync(join(folder, name));
    const gzip = gzipSync(bytes, { level: 9 }).length;
    return { name, raw: bytes.length, gzip, brotli: brotliCompressSync(bytes).length };
  });
console.log(JSON.stringify(files));
"#;

/// Measures all files in a folder.
fn sizes(folder: &Path) -> Result<Vec<Size>> {
    let answer = process::answer(process::program("node").args(["-e", MEASURE]).arg(folder))
        .ok_or_else(|| Failure::new(format!("could not measure {}", say::path(folder))))?;
    let files: Value =
        serde_json::from_str(&answer).explain(|| "read the measured sizes".to_owned())?;
    Ok(files
        .as_array()
        .into_iter()
        .flatten()
        .filter(|file| !file["name"].as_str().is_some_and(precompressed::is_one))
        .map(|file| Size {
            name: file["name"].as_str().unwrap_or_default().to_owned(),
            raw: file["raw"].as_u64().unwrap_or_default(),
            gzip: file["gzip"].as_u64().unwrap_or_default(),
            brotli: file["brotli"].as_u64().unwrap_or_default(),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::names;

    #[test]
    fn finds_a_path_among_other_bytes() {
        let file = b"\0asm\xff/home/ada/.cargo/registry/src/x.rs";
        assert!(names(file, Path::new("/home/ada/.cargo")));
        assert!(!names(file, Path::new("/home/bob/.cargo")));
        assert!(!names(b"", Path::new("/home/ada/.cargo")));
    }
}
