//! The tools that a task asked for, and commands that use them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Found, Item};
use crate::failure::{Failure, Result};
use crate::{process, workspace};

/// Flags for the compiler in addition to those in `.cargo/config.toml`.
const RUST_FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// The value of [`RUST_FLAGS`]. The messages of panics name files: not where they
/// are on this machine.
fn rust_flags(more: &[&str]) -> Result<String> {
    let home = workspace::cargo_home()?;
    let remap = format!("--remap-path-prefix={}=", home.display());
    Ok([&[remap.as_str()], more].concat().join(" "))
}

/// The tools that a task asked for, ready to use.
pub(crate) struct Tools(pub(super) BTreeMap<Item, Found>);

impl Tools {
    /// A program to be run with the tools in PATH, and with the toolchain that
    /// compiles for wasm32.
    pub(crate) fn wasm_program(&self, name: &str) -> Result<Command> {
        let mut command = process::program(name);
        let folders = self.0.values().filter_map(|found| found.programs.clone());
        command
            .env("PATH", workspace::path_with(folders)?)
            .env("CARGO_TARGET_DIR", workspace::wasm_target())
            .env(RUST_FLAGS, rust_flags(&[])?)
            // Set by `cargo run` for the other toolchain's libraries.
            .env_remove("LD_LIBRARY_PATH");
        Ok(command)
    }

    /// cargo with more flags for the compiler, and the results in a folder of
    /// these flags.
    pub(crate) fn wasm_cargo_with(&self, flags: &[&str], target: &Path) -> Result<Command> {
        let mut command = self.wasm_program("cargo")?;
        command
            .env(RUST_FLAGS, rust_flags(flags)?)
            .env("CARGO_TARGET_DIR", target);
        Ok(command)
    }

    /// The folder of the toolchain that compiles for wasm32.
    pub(crate) fn sysroot(&self) -> Result<PathBuf> {
        process::answer(self.wasm_program("rustc")?.args(["--print", "sysroot"]))
            .map(PathBuf::from)
            .ok_or_else(|| Failure::new("`rustc --print sysroot` fails"))
    }

    /// `cargo clippy` of the toolchain that compiles for wasm32.
    pub(crate) fn wasm_clippy(&self) -> Result<Command> {
        let clippy = &self.found(Item::WasmClippy)?.place;
        let toolchain = self.found(Item::WasmTarget)?;
        let mut command = self.wasm_program(&clippy.to_string_lossy())?;
        command.arg("clippy");
        if toolchain.programs.is_some() {
            // clippy asks no `rustc` script where the libraries are.
            command.env("SYSROOT", &toolchain.place);
        }
        Ok(command)
    }

    /// Where an item is.
    pub(crate) fn place(&self, item: Item) -> Result<&PathBuf> {
        Ok(&self.found(item)?.place)
    }

    /// A program that cargo has compiled.
    pub(crate) fn compiled(&self, item: Item, name: &str) -> Result<PathBuf> {
        let found = self.found(item)?;
        Ok(found.programs.as_ref().map_or_else(
            || found.place.clone(),
            |folder| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)),
        ))
    }

    fn found(&self, item: Item) -> Result<&Found> {
        self.0
            .get(&item)
            .ok_or_else(|| Failure::new(format!("the {} was not asked for", item.name())))
    }
}
