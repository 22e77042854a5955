//! Where things are.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// The folder of the repository, from which every command runs.
pub(crate) fn root() -> PathBuf {
    // Asked at run time, where cargo answers, so that a moved repository needs
    // no new build; the compiled-in answer is for a binary that is run by hand.
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest
        .parent()
        .map_or(manifest.clone(), Path::to_path_buf)
}

/// What is built goes here.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// What is built for WebAssembly goes here: it may be another rustc's work
/// (see `setup::wasm_target`), and two of them in one folder would each throw
/// away what the other one built.
pub(crate) fn wasm_target() -> PathBuf {
    target().join("wasm")
}

/// The tools that were built from source live here, one folder for each
/// version: outside `target/`, so that `cargo clean` keeps them, and for all
/// clones of the repository.
pub(crate) fn tools() -> Result<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    if let Some(folder) = set("CODER_EXTERNAL_AUTH_TOOLS") {
        return Ok(root().join(folder));
    }
    set("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))
        .map(|cache| cache.join("coder-external-auth"))
        .ok_or_else(|| {
            Failure::new(
                "this user has no home folder to keep tools in: \
                 name one in the variable CODER_EXTERNAL_AUTH_TOOLS",
            )
        })
}

/// Where cargo keeps the sources of dependencies.
pub(crate) fn cargo_home() -> Result<PathBuf> {
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .ok_or_else(|| Failure::new("this user has no home folder, and CARGO_HOME is not set"))
}

/// The npm packages' programs.
pub(crate) fn npm_programs() -> PathBuf {
    root().join("node_modules").join(".bin")
}

/// One of them.
pub(crate) fn npm_program(name: &str) -> PathBuf {
    // npm makes a script for each system's shell.
    let suffix = if cfg!(windows) { ".cmd" } else { "" };
    npm_programs().join(format!("{name}{suffix}"))
}

/// Looks a program up as a shell would.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
        .find(|candidate| candidate.is_file())
}

/// `PATH` with folders put in front.
pub(crate) fn path_with(first: impl IntoIterator<Item = PathBuf>) -> Result<OsString> {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(first.into_iter().chain(std::env::split_paths(&rest)))
        .map_err(|error| Failure::new(format!("a folder's name cannot stand in PATH: {error}")))
}
