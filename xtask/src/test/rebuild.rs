//! Builds the release once more from a copy of the sources in another folder. Both
//! builds must have the same bytes, so that everybody can check what a release was
//! built from. Each file counts as one test.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::report::Report;
use super::whole_program::WholeProgram;
use crate::failure::{Explain, Failure, Result};
use crate::setup::Tools;
use crate::{package, page, process, say, workspace};

/// Its length differs from the repository's folder, whatever that is called, because
/// it is inside of it.
const FOLDER: &str = "rebuild/a folder of another name";

/// Builds both and compares them.
pub(super) fn run(tools: &Tools, program: &WholeProgram) -> Result<Report> {
    let built = program.built(tools)?;
    package::assemble(&built.page)?;
    super::heading("rebuild: the release, built again in another folder");
    let copy = workspace::target().join(FOLDER);
    copy_sources(&copy)?;
    build_in(&copy)?;

    let mut report = Report::default();
    let release = page::release_folder();
    let release = release.strip_prefix(workspace::root()).unwrap_or(&release);
    let rebuilt_package = copy.join("target").join("npm");
    for (first, second) in [
        (&*built.page, copy.join(release)),
        (&*package::folder(), rebuilt_package),
    ] {
        report.add(compare(&contents(first)?, &contents(&second)?));
    }
    Ok(report)
}

/// Copies the files that git knows, and those that it would add.
fn copy_sources(copy: &Path) -> Result {
    // What was built there earlier may stay: cargo decides by the sources.
    let mut git = process::program("git");
    git.args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    let names = process::answer(&mut git)
        .ok_or_else(|| Failure::new("`git ls-files` fails: is this a clone?"))?;
    for name in names.split('\0').filter(|name| !name.is_empty()) {
        let (from, to) = (workspace::root().join(name), copy.join(name));
        // git lists a file that was just deleted.
        if !from.is_file() || fs::read(&from).ok() == fs::read(&to).ok() {
            continue;
        }
        let folder = to.parent().unwrap_or(copy);
        fs::create_dir_all(folder).explain(|| format!("make {}", say::path(folder)))?;
        fs::copy(&from, &to).explain(|| format!("copy {name}"))?;
    }
    let packages = copy.join("node_modules");
    if !packages.exists() {
        link(workspace::root().join("node_modules"), &packages)
            .explain(|| format!("make {}", say::path(&packages)))?;
    }
    Ok(())
}

#[cfg(unix)]
use std::os::unix::fs::symlink as link;
#[cfg(windows)]
use std::os::windows::fs::symlink_dir as link;

/// Runs `cargo xtask dist` there.
fn build_in(copy: &Path) -> Result {
    let mut dist = process::program("cargo");
    dist.args(["xtask", "dist"])
        .current_dir(copy)
        .env_remove("CARGO_TARGET_DIR");
    page::run(dist)
}

/// The files of a folder by name, without those that only servers read.
fn contents(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let entries = fs::read_dir(folder).explain(|| format!("read {}", say::path(folder)))?;
    Ok(entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .filter_map(|path| Some((path.file_name()?.to_str()?.to_owned(), path)))
        .collect())
}

/// Every file of the first folder is in the second one, with the same bytes. `dist`
/// adds compressed copies to what the tests have built.
fn compare(first: &BTreeMap<String, PathBuf>, second: &BTreeMap<String, PathBuf>) -> Report {
    let mut report = Report::default();
    for (name, path) in first {
        let again = second.get(name).and_then(|path| fs::read(path).ok());
        let differs = match (fs::read(path).ok(), again) {
            (Some(bytes), Some(again)) if bytes == again => None,
            (Some(bytes), Some(again)) => Some(format!(
                "differs at byte {}",
                first_difference(&bytes, &again)
            )),
            (_, None) => Some("is not there under this name".to_owned()),
            (None, _) => Some("cannot be read".to_owned()),
        };
        match differs {
            None => report.add(Report::passed()),
            Some(how) => {
                println!("{name}: {how}");
                report.add(Report::failed(&format!(
                    "{name} is built the same way in two folders"
                )));
            }
        }
    }
    println!(
        "{} of {} files are the same",
        report.counts.passed,
        first.len()
    );
    report
}

fn first_difference(one: &[u8], other: &[u8]) -> usize {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b);
    same.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_which_file_differs() {
        let folder = workspace::target().join("tests").join("rebuild");
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        };
        write("a/same.js", b"1");
        write("b/same.js", b"1");
        write("a/other.js", b"123");
        write("b/other.js", b"124");
        write("a/missing.js", b"1");
        write("b/more.br", b"1");
        let first = contents(&folder.join("a")).unwrap();
        let second = contents(&folder.join("b")).unwrap();
        let report = compare(&first, &second);
        assert_eq!(report.counts.passed, 1);
        let failures = report.failures.join(", ");
        assert!(
            failures.contains("missing.js") && failures.contains("other.js"),
            "{failures}"
        );
        assert_eq!(first_difference(b"123", b"124"), 2);
        assert_eq!(compare(&first, &first).failures, [""; 0]);
    }
}
