//! The npm package of the custom elements: the files of `npm/` and the page's
//! program.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Explain, Failure, Result};
use crate::{process, say, workspace};

/// Style sheets for parts that only our pages have.
const PAGE_ONLY: [&str; 3] = ["page.css", "page-message.css", "provider-page.css"];

/// The folder of the package.
pub(crate) fn folder() -> PathBuf {
    workspace::target().join("npm")
}

/// Makes the package from the program of the page that was built into `page`, and
/// from the style sheet of the elements.
pub(crate) fn assemble(page: &Path) -> Result {
    let (glue, program) = program_files(page)?;
    let built = workspace::target().join("npm-built");
    fs::create_dir_all(&built).explain(|| format!("make {}", say::path(&built)))?;

    let text = fs::read_to_string(page.join(&glue)).explain(|| format!("read {glue}"))?;
    // trunk names files by their content, and bundlers of the package do so again.
    // In the package they have plain names, and the glue names the program as
    // wasm-bindgen wrote it.
    let text = text.replace("app_bg.wasm", "program_bg.wasm");
    write(&built.join("program.js"), &text)?;
    fs::copy(page.join(&program), built.join("program_bg.wasm"))
        .explain(|| format!("copy {program}"))?;
    write(&built.join("style.css"), &style()?)?;

    let script = workspace::root().join("npm").join("assemble.js");
    let mut assemble = process::program("node");
    assemble.arg(script).arg(folder()).arg(&built);
    match process::answer(&mut assemble) {
        Some(_) => Ok(()),
        None => Err(Failure::new("`node npm/assemble.js` fails")),
    }
}

/// The names of the glue and the program in a folder that trunk built.
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

/// The style sheets of the components and of the elements.
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
