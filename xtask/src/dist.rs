//! `cargo xtask dist`: the release build.

use std::fs;
use std::path::Path;

use crate::failure::{Explain, Failure, Result};
use crate::page::{self, Profile};
use crate::precompressed::Size;
use crate::setup::{self, Item};
use crate::{package, precompressed, say, workspace};

/// Builds the release into `dist/` and lists its files.
pub(crate) fn run() -> Result {
    let tools = setup::provide_and_meanwhile(&Item::RELEASE, |tools| {
        page::compile_ahead(tools, Profile::Release);
    })?;
    let folder = page::release_folder();
    page::build(&tools, Profile::Release, &folder)?;
    check_for_places(&folder)?;
    let page = precompressed::write(&folder)?;
    package::assemble(&folder)?;
    list(&page, &folder, "The release");
    println!();
    let package = precompressed::measure(&package::folder())?;
    list(&package, &package::folder(), "The package");
    Ok(())
}

/// The shipped files do not tell where they were built.
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

/// Whether a file contains a path.
fn names(file: &[u8], place: &Path) -> bool {
    let place = place.to_string_lossy();
    file.windows(place.len())
        .any(|part| part == place.as_bytes())
}

/// Prints the files with their sizes, uncompressed and as they are sent.
fn list(files: &[Size], folder: &Path, what: &str) {
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
