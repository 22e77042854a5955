//! The folders of the project.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// The repository's folder, in which every command runs.
pub(crate) fn root() -> PathBuf {
    // cargo sets the variable at run time, so a moved repository needs no new
    // build. The compiled-in value is for a binary that is run by hand.
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest
        .parent()
        .map_or(manifest.clone(), Path::to_path_buf)
}

/// The folder for build results.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// The folder for WebAssembly build results. Another rustc may make them (see
/// `setup::wasm_target`), and two compilers in one folder would delete each other's
/// results.
pub(crate) fn wasm_target() -> PathBuf {
    target().join("wasm")
}

/// The folder for tools that are built from source, one folder for each version. It
/// is outside of `target/`, so that `cargo clean` keeps the tools and all clones
/// share them.
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

/// The folder in which cargo keeps the sources of dependencies.
pub(crate) fn cargo_home() -> Result<PathBuf> {
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .ok_or_else(|| Failure::new("this user has no home folder, and CARGO_HOME is not set"))
}

/// The folder of the npm packages' programs.
pub(crate) fn npm_programs() -> PathBuf {
    root().join("node_modules").join(".bin")
}

/// One of these programs.
pub(crate) fn npm_program(name: &str) -> PathBuf {
    // npm makes a script for each system's shell.
    let suffix = if cfg!(windows) { ".cmd" } else { "" };
    npm_programs().join(format!("{name}{suffix}"))
}

/// Finds a program in `PATH`, as a shell does.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
        .find(|candidate| candidate.is_file())
}

/// `PATH` with folders added at the front.
pub(crate) fn path_with(first: impl IntoIterator<Item = PathBuf>) -> Result<OsString> {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(first.into_iter().chain(std::env::split_paths(&rest)))
        .map_err(|error| Failure::new(format!("a folder's name cannot stand in PATH: {error}")))
}
