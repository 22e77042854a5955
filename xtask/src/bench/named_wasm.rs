//! The program with the names of its functions, which the release does not have.

use std::path::PathBuf;

use super::build;
use crate::failure::{Explain, Result};
use crate::setup::{Tools, wasm_target};
use crate::{process, say, workspace};

/// Optimises the compiled program of the release again, and keeps the names. The
/// functions are those of the release before the glue is minified.
pub(super) fn build(tools: &Tools) -> Result<Vec<u8>> {
    let folder = build::folder().join("named");
    let step = say::Step::begin("names", "optimising the program again, with names");
    let log = folder.join("named.log");
    let mut bindgen = tools.wasm_program("wasm-bindgen")?;
    bindgen
        .args(["--target", "web", "--no-typescript", "--no-demangle"])
        .arg("--out-dir")
        .arg(&folder)
        .arg(compiled());
    process::logged(bindgen, &log, &step, |_| None)?;
    let named = folder.join("app.wasm");
    let mut optimise = process::program(workspace::npm_program("wasm-opt"));
    // As index.html lets trunk call it, and with names (-g).
    optimise
        .args(["-Oz", "--low-memory-unused", "-g"])
        .arg(folder.join("app_bg.wasm"))
        .arg("-o")
        .arg(&named);
    process::logged(optimise, &log, &step, |_| None)?;
    step.done("optimised");
    std::fs::read(&named).explain(|| format!("read {}", say::path(&named)))
}

/// The program as the compiler wrote it.
fn compiled() -> PathBuf {
    workspace::wasm_target()
        .join(wasm_target::TARGET)
        .join("release")
        .join("app.wasm")
}
