//! The standard library of a release. It is built for size, from its own source,
//! where that is possible. A panic then is a trap and nothing else.
//!
//! This needs flags that the compiler keeps for its nightly versions
//! (`RUSTC_BOOTSTRAP`), and rustup's component `rust-src`. Where they cannot be
//! had, the official library is as good, and larger.

use std::path::Path;
use std::time::Duration;

use crate::failure::Result;
use crate::setup::{Tools, wasm_target};
use crate::{process, say, workspace};

/// Flags for the compiler: a panic is a trap, without a message. So nobody reads
/// where it was, and what `Debug` would write of a value.
pub(crate) const RUST_FLAGS: [&str; 4] = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
];

/// Options of cargo: build these libraries, in their smaller form.
pub(crate) const CARGO_OPTIONS: [&str; 2] = [
    "-Zbuild-std=std,panic_abort",
    "-Zbuild-std-features=optimize_for_size",
];

/// How long rustup may take to download the source: 3 MB.
const RUSTUP_LIMIT: Duration = Duration::from_mins(1);

/// Provides what building the library needs. `Err` has the reason why it cannot be
/// built, as the end of a sentence.
pub(crate) fn provide(tools: &Tools) -> Result<std::result::Result<(), &'static str>> {
    let library = tools.sysroot()?.join("lib/rustlib/src/rust/library");
    if !has_source(&library) && (!add_source() || !has_source(&library)) {
        return Ok(Err("its source (rustup's rust-src) cannot be had"));
    }
    let mut rustc = tools.wasm_program("rustc")?;
    rustc
        .args(RUST_FLAGS)
        .args(["--target", wasm_target::TARGET, "--print", "cfg"])
        .env("RUSTC_BOOTSTRAP", "1");
    if process::answer(&mut rustc).is_none() {
        return Ok(Err("this compiler does not know the flags for that"));
    }
    // The library has dependencies, which cargo downloads.
    let mut fetch = tools.wasm_program("cargo")?;
    fetch
        .args(["fetch", "--locked", "--quiet", "--manifest-path"])
        .arg(library.join("Cargo.toml"))
        .env("RUSTC_BOOTSTRAP", "1");
    if process::answer(&mut fetch).is_none() {
        return Ok(Err("what its source depends on cannot be downloaded"));
    }
    Ok(Ok(()))
}

fn has_source(library: &Path) -> bool {
    library.join("Cargo.lock").is_file()
}

/// Says whether rustup could download the source. Without a network it fails at
/// once.
fn add_source() -> bool {
    if workspace::find_program("rustup").is_none() {
        return false;
    }
    let step = say::Step::begin("std for size", "rustup component add rust-src");
    let mut command = process::program("rustup");
    command.args(["component", "add", "rust-src"]);
    let is_added =
        process::follow(command, Some(RUSTUP_LIMIT), |_| ()).is_ok_and(|status| status.success());
    step.done(if is_added {
        "added"
    } else {
        "rustup cannot download it"
    });
    is_added
}
