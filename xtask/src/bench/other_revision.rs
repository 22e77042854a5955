//! The release build of another revision of this repository.

use std::fs;
use std::path::{Path, PathBuf};

use super::build::{self, Build};
use crate::failure::{Explain, Failure, Result};
use crate::{process, say, workspace};

/// The full hash of a revision. `None` when this clone does not have it, as a
/// shallow clone may not.
pub(crate) fn resolve(revision: &str) -> Option<String> {
    let commit = format!("{revision}^{{commit}}");
    process::answer(process::program("git").args(["rev-parse", "--verify", "--quiet", &commit]))
}

/// Builds a revision with its own `cargo xtask dist`, unless an earlier run did.
pub(crate) fn build(hash: &str) -> Result<Build> {
    let name = hash.get(..12).unwrap_or(hash);
    let build = Build::named(name);
    if build.is_complete() {
        return Ok(build);
    }
    let step = say::Step::begin(name, "building this revision, for the comparison");
    let source = source_folder()?;
    remove(&source)?;
    let mut add = process::program("git");
    add.args(["worktree", "add", "--quiet", "--force", "--detach"])
        .arg(&source)
        .arg(hash);
    let log = build::folder().join("other-revision.log");
    process::logged(add, &log, &step, |_| None)?;
    let outcome = build_in(&source, &log, &step, &build);
    remove(&source)?;
    outcome?;
    step.done("built");
    Ok(build)
}

fn build_in(source: &Path, log: &Path, step: &say::Step, build: &Build) -> Result {
    share_npm_packages(source)?;
    let target = build::folder().join("target");
    let mut dist = process::program("cargo");
    dist.current_dir(source)
        .args(["xtask", "dist"])
        .env("CARGO_TARGET_DIR", &target);
    process::logged(dist, log, step, |line| {
        line.trim_start()
            .starts_with("Compiling")
            .then(|| line.trim().to_owned())
    })?;
    build.keep(&source.join("dist"), &target.join("npm"))
}

/// Where the source is while it is built. Not in this repository: cargo would also
/// read this revision's `.cargo/config.toml`. Each clone has another place.
fn source_folder() -> Result<PathBuf> {
    let clone = workspace::root().to_string_lossy().into_owned();
    let name = clone.replace(|sign: char| !sign.is_ascii_alphanumeric(), "-");
    Ok(workspace::tools()?.join("bench").join(name))
}

/// The same npm packages need no second installation.
fn share_npm_packages(source: &Path) -> Result {
    let lock = |root: &Path| fs::read(root.join("package-lock.json")).ok();
    if lock(source) != lock(&workspace::root()) {
        return Ok(());
    }
    link(
        &workspace::root().join("node_modules"),
        &source.join("node_modules"),
    )
}

/// Makes a link to a folder, where the system has links for everybody. Without it
/// the work is done again, which only takes longer.
fn link(folder: &Path, place: &Path) -> Result {
    #[cfg(unix)]
    if !place.exists() {
        std::os::unix::fs::symlink(folder, place)
            .explain(|| format!("link {} to {}", say::path(place), say::path(folder)))?;
    }
    Ok(())
}

/// Removes the source, also that of a run that was interrupted.
fn remove(source: &Path) -> Result {
    if source.exists() {
        // A link would otherwise be followed by who removes the folder.
        let _ = fs::remove_file(source.join("node_modules"));
        fs::remove_dir_all(source).explain(|| format!("remove {}", say::path(source)))?;
    }
    process::answer(process::program("git").args(["worktree", "prune"]))
        .map(drop)
        .ok_or_else(|| Failure::new("`git worktree prune` fails"))
}
