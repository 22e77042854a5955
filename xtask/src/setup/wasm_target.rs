//! A toolchain that compiles for wasm32-unknown-unknown.
//!
//! In this order:
//!
//! 1. The active toolchain has the target.
//! 2. A folder of ours has it, which an earlier run made as in 4.
//! 3. `rustup target add`, which needs rustup and its server.
//! 4. Debian's newer toolchain with the target added to it: see
//!    [`debian_rust`].

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Found, State, debian_rust};
use crate::failure::{Failure, Result};
use crate::{process, say, versions, workspace};

/// The target's name.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Looks for 1 and 2.
pub(super) fn find() -> Result<State> {
    if let Some(libraries) = active() {
        return Ok(State::Present(Found::at(
            libraries,
            "the active toolchain's",
        )));
    }
    if let Some(folder) = debian_rust::find()? {
        return Ok(State::Present(Found {
            what: "Debian's toolchain, std built from source".to_owned(),
            programs: Some(folder.join("bin")),
            place: folder,
        }));
    }
    Ok(State::Missing(format!(
        "by `rustup target add`, or else built from Debian's packages into {}",
        say::path(&workspace::tools()?)
    )))
}

/// The active toolchain's libraries for the target, if it has them.
fn active() -> Option<PathBuf> {
    let folder = process::answer(process::program("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        TARGET,
    ]))?;
    let folder = PathBuf::from(folder);
    has_std(&folder).then_some(folder)
}

/// Whether a folder holds a compiled standard library.
pub(super) fn has_std(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| {
        entries.any(|entry| {
            entry.is_ok_and(|entry| {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                name.starts_with("libstd-") && name.ends_with(".rlib")
            })
        })
    })
}

/// How long rustup may take to download the target: 20 MB.
const RUSTUP_LIMIT: Duration = Duration::from_mins(3);

/// 3. Says whether it worked. Without a network it fails at once.
pub(super) fn add_by_rustup() -> Result<bool> {
    if workspace::find_program("rustup").is_none() {
        return Ok(false);
    }
    let step = say::Step::begin("wasm32 target", "rustup target add");
    let mut command = process::program("rustup");
    command.args(["target", "add", TARGET]);
    let added =
        process::follow(command, Some(RUSTUP_LIMIT), |_| ()).is_ok_and(|status| status.success());
    if added && active().is_none() {
        return Err(Failure::new(format!(
            "rustup added {TARGET}, but `rustc --print target-libdir --target {TARGET}` \
             names a folder without it: is another rustc in front of rustup's in PATH?"
        )));
    }
    step.done(if added {
        "added"
    } else {
        "rustup cannot download it; Debian's packages may do"
    });
    Ok(added)
}

/// Whether the toolchain that compiles for wasm32 is Debian's.
pub(super) fn clippy_comes_from_debian() -> Result<bool> {
    Ok(match find()? {
        State::Present(found) => found.programs.is_some(),
        // It will be: rustup was tried before.
        State::Missing(_) => true,
    })
}

/// clippy of the toolchain that compiles for wasm32. The page is checked with
/// it, and for that target, because parts of the page exist on no other.
pub(super) fn find_clippy() -> Result<State> {
    if clippy_comes_from_debian()? {
        if let Some(place) = debian_rust::clippy() {
            return Ok(State::Present(Found::at(place, "Debian's")));
        }
        return Ok(State::Missing(format!(
            "for the tests: Debian's package {}",
            versions::DEBIAN_CLIPPY
        )));
    }
    Ok(
        match process::answer(process::program("cargo").args(["clippy", "--version"])) {
            Some(version) => State::Present(Found::at("cargo", version)),
            None => State::Missing(
                "for the tests: `rustup component add clippy`, or the system's package".to_owned(),
            ),
        },
    )
}
