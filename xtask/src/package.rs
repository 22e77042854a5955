//! The npm package of the custom elements: the files of `npm/` and the page's
//! program.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Explain, Failure, Result};
use crate::{licenses, process, say, workspace};

/// Style sheets for parts that only our pages have.
const PAGE_ONLY: [&str; 3] = ["page.css", "page-message.css", "provider-page.css"];

/// The first part of the program in the package.
const PROGRAM: &str = "program_bg.wasm";

/// The folder of the package.
pub(crate) fn folder() -> PathBuf {
    workspace::target().join("npm")
}

/// Makes the package from the program of the page that was built into `page`, and
/// from the style sheet of the elements.
pub(crate) fn assemble(page: &Path) -> Result {
    let (glue, program) = program_files(page)?;
    let built = workspace::target().join("npm-built");
    if built.exists() {
        fs::remove_dir_all(&built).explain(|| format!("remove {}", say::path(&built)))?;
    }
    fs::create_dir_all(&built).explain(|| format!("make {}", say::path(&built)))?;

    let text = fs::read_to_string(page.join(&glue)).explain(|| format!("read {glue}"))?;
    // The page's files are named by their content, and bundlers of the package name
    // them so again. In the package they have plain names, and the glue names the
    // program as wasm-bindgen wrote it.
    let mut text = text.replace("app_bg.wasm", PROGRAM);
    let mut copies = vec![
        (program, PROGRAM.to_owned()),
        (licenses::FILE.to_owned(), licenses::FILE.to_owned()),
    ];
    for part in later_parts(page)? {
        let plain = plain_name(&part);
        text = text.replace(&part, &plain);
        copies.push((part, plain));
    }
    write(&built.join("program.js"), &text)?;
    for (from, to) in copies {
        fs::copy(page.join(&from), built.join(to)).explain(|| format!("copy {from}"))?;
    }
    write(&built.join("style.css"), &style()?)?;

    let script = workspace::root().join("npm").join("assemble.js");
    let mut assemble = process::program("node");
    assemble.arg(script).arg(folder()).arg(&built);
    match process::answer(&mut assemble) {
        Some(_) => Ok(()),
        None => Err(Failure::new("`node npm/assemble.js` fails")),
    }
}

/// The names of the glue and of the first part in the folder of a page.
fn program_files(page: &Path) -> Result<(String, String)> {
    let names = names_in(page)?;
    names
        .iter()
        .find_map(|program| {
            let glue = format!("{}.js", program.strip_suffix("_bg.wasm")?);
            names.contains(&glue).then(|| (glue, program.clone()))
        })
        .ok_or_else(|| Failure::new(format!("{} holds no program", say::path(page))))
}

/// The names of the later parts there.
fn later_parts(page: &Path) -> Result<Vec<String>> {
    let mut names = names_in(page)?;
    names.retain(|name| is_later_part(name));
    Ok(names)
}

fn is_later_part(name: &str) -> bool {
    matches!(name.rsplit_once('.'), Some((stem, "wasm")) if stem.starts_with("app_"))
}

/// The name in the package of `app_later-0123456789abcdef.wasm`.
fn plain_name(part: &str) -> String {
    let name = part.strip_prefix("app").unwrap_or(part);
    let name = name.rsplit_once('-').map_or(name, |(name, _)| name);
    format!("program{name}.wasm")
}

fn names_in(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).explain(|| format!("read {}", say::path(folder)))?;
    Ok(entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect())
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

#[cfg(test)]
mod tests {
    use super::{is_later_part, plain_name};

    #[test]
    fn a_part_has_a_plain_name_in_the_package() {
        for (part, plain) in [
            ("app_later-0123456789abcdef.wasm", "program_later.wasm"),
            (
                "app_later-pages-0123456789abcdef.wasm",
                "program_later-pages.wasm",
            ),
        ] {
            assert!(is_later_part(part), "{part}");
            assert_eq!(plain_name(part), plain);
        }
        for other in [
            "app-0123456789abcdef_bg.wasm",
            "app_later-0123456789abcdef.wasm.br",
        ] {
            assert!(!is_later_part(other), "{other}");
        }
    }
}
