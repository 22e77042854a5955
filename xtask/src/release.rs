//! The release build of the page.
//!
//! 1. cargo compiles the program, with relocations, so that it can be split;
//! 2. `split program` makes the first part and the later parts of it;
//! 3. wasm-bindgen writes the JavaScript of the first part;
//! 4. wasm-opt makes each part smaller;
//! 5. `split names` takes the names of the functions from the parts, and lists them;
//! 6. `xtask/release.js` names the files by their content, bundles the JavaScript,
//!    and writes `index.html`;
//! 7. the licences of the crates are written beside it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Explain, Failure, Result};
use crate::page::{self, Profile};
use crate::setup::{Tools, wasm_target};
use crate::{host_program, licenses, process, say, std_for_size, workspace};

/// The features of WebAssembly that all supported browsers have: what LLVM assumes
/// for the target, and nothing that `--all-features` would add.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Tells the sources that the program is split: see `src/later`.
const SPLIT: [&str; 2] = ["--cfg", "code_splitting"];

/// The folder for cargo's results. Its flags differ from those of development.
fn target() -> PathBuf {
    workspace::target().join("wasm-release")
}

/// The command that compiles the program.
pub(crate) fn cargo(tools: &Tools, profile: Profile) -> Result<Command> {
    let std = match profile {
        Profile::Debuggable => Err("so that panics have messages"),
        _ => std_for_size::provide(tools)?,
    };
    // Where its source is there, the official library names the files of it.
    let remap = format!("--remap-path-prefix={}=", tools.sysroot()?.display());
    let mut flags = SPLIT.to_vec();
    match std {
        Ok(()) => flags.extend(std_for_size::RUST_FLAGS),
        Err(_) => flags.push(&remap),
    }
    let mut cargo = tools.wasm_cargo_with(&flags, &target())?;
    cargo
        .args(["rustc", "--release", "--bin", "app"])
        .args(["--target", wasm_target::TARGET])
        .args(["--color", page::colour()]);
    match std {
        Ok(()) => {
            cargo
                .args(std_for_size::CARGO_OPTIONS)
                .env("RUSTC_BOOTSTRAP", "1");
        }
        Err(reason) => say::progress("std", &format!("the official one, {reason}")),
    }
    cargo.args(["--", "-Clink-arg=--emit-relocs"]);
    Ok(cargo)
}

/// Makes the page of the compiled program.
pub(crate) fn assemble(tools: &Tools, profile: Profile, folder: &Path) -> Result {
    let split = host_program::build("split")?;
    let parts = workspace::target().join("release-parts");
    empty(&parts)?;

    let mut program = process::program(&split);
    program
        .arg("program")
        .arg(target().join(wasm_target::TARGET).join("release/app.wasm"))
        .arg(&parts);
    page::run(program)?;

    let whole = parts.join("app.wasm");
    let mut bindgen = tools.wasm_program("wasm-bindgen")?;
    bindgen
        .args(["--target", "web", "--no-typescript"])
        // The later parts use what the linker exports.
        .args(["--keep-lld-exports", "--no-demangle"])
        .args(["--out-name", "app", "--out-dir"])
        .args([&parts, &whole]);
    page::run(bindgen)?;
    fs::remove_file(&whole).explain(|| format!("remove {}", say::path(&whole)))?;

    let modules = modules_in(&parts)?;
    for module in &modules {
        optimise(tools, module)?;
    }
    let mut names = process::program(&split);
    names.arg("names").arg(parts.join("names.json"));
    // The names stay in a program that is to be debugged.
    if profile == Profile::Debuggable {
        names.arg("--keep");
    }
    page::run({
        names.args(&modules);
        names
    })?;

    let mut release = process::program("node");
    release
        .arg(workspace::root().join("xtask").join("release.js"))
        .args([&parts, folder])
        .arg(workspace::cargo_home()?)
        .arg(env!("CARGO_PKG_VERSION"));
    page::run(release)?;
    licenses::write(folder)
}

/// Makes a part smaller, and keeps the names of its functions.
fn optimise(tools: &Tools, module: &Path) -> Result {
    let mut optimise = tools.wasm_program("wasm-opt")?;
    optimise
        // The lowest kilobyte of memory, which all parts share, is the end of the
        // stack, where no value is.
        .args(["--converge", "-Oz", "--low-memory-unused", "-g"])
        .args(FEATURES)
        .arg(module)
        .arg("-o")
        .arg(module);
    let output = optimise
        .output()
        .map_err(|error| process::cannot_run("wasm-opt", &error))?;
    // It warns of what it does not know in the section of names.
    if output.status.success() {
        return Ok(());
    }
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    Err(Failure::new("wasm-opt failed: see above"))
}

/// The WebAssembly files in a folder, by name.
fn modules_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).explain(|| format!("read {}", say::path(folder)))?;
    let mut modules: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "wasm")
        })
        .collect();
    modules.sort();
    Ok(modules)
}

/// Makes an empty folder.
fn empty(folder: &Path) -> Result {
    if folder.exists() {
        fs::remove_dir_all(folder).explain(|| format!("remove {}", say::path(folder)))?;
    }
    fs::create_dir_all(folder).explain(|| format!("make {}", say::path(folder)))
}
