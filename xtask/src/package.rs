//! The npm package of the custom elements. What is written by hand is in
//! `npm/`; what is built comes from the page, whose program it shares.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Explain, Failure, Result};
use crate::{say, workspace};

/// Sheets of what only pages of our own have.
const PAGE_ONLY: [&str; 3] = ["page.css", "page-message.css", "provider-page.css"];

/// Where the package is.
pub(crate) fn folder() -> PathBuf {
    workspace::root().join("npm")
}

/// Puts the program of the page that was built into `page`, and the style sheet
/// of the elements, into the package.
pub(crate) fn fill(page: &Path) -> Result {
    let package = folder();
    let (glue, program) = program_files(page)?;
    let built = |name: &str| page.join(name);

    let text = fs::read_to_string(built(&glue)).explain(|| format!("read {glue}"))?;
    // In the package the files have plain names: whoever bundles them gives
    // them names by their content again.
    let text = text.replace(&program, "program_bg.wasm");
    write(&package.join("program.js"), &text)?;
    fs::copy(built(&program), package.join("program_bg.wasm"))
        .explain(|| format!("copy {program}"))?;
    write(&package.join("style.css"), &style()?)
}

/// The names of the glue and of the program in a folder that trunk has filled.
fn program_files(page: &Path) -> Result<(String, String)> {
    let entries = fs::read_dir(page).explain(|| format!("read {}", say::path(page)))?;
    let names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names
        .iter()
        .find_map(|program| {
            let glue = format!("{}.js", program.strip_suffix("_bg.wasm")?);
            names.contains(&glue).then(|| (glue, program.clone()))
        })
        .ok_or_else(|| Failure::new(format!("{} holds no program", say::path(page))))
}

/// The sheets of the components, and what only the elements have.
fn style() -> Result<String> {
    let folder = workspace::root().join("style");
    let mut sheets = sheets_in(&folder)?;
    sheets.retain(|sheet| {
        let name = sheet.file_name().unwrap_or_default().to_string_lossy();
        !PAGE_ONLY.contains(&&*name)
    });
    sheets.extend(sheets_in(&folder.join("element"))?);
    sheets
        .iter()
        .map(|sheet| fs::read_to_string(sheet).explain(|| format!("read {}", say::path(sheet))))
        .collect()
}

fn sheets_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).explain(|| format!("read {}", say::path(folder)))?;
    let mut sheets: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "css"))
        .collect();
    sheets.sort();
    Ok(sheets)
}

fn write(path: &Path, text: &str) -> Result {
    fs::write(path, text).explain(|| format!("write {}", say::path(path)))
}
