//! The page's components in headless Chromium, by wasm-bindgen's test runner.
//!
//! The runner reads the browser's flags from `webdriver.json` in the
//! repository's folder, and serves the tests' pages from there, so a test may
//! load `/style/….css`.

use std::ffi::OsString;

use super::counts::Report;
use super::unit::PAGE;
use crate::failure::Result;
use crate::setup::{Item, Tools, wasm_target};

/// How many seconds one test program may run, and how many the driver may take
/// to start. The runner's own limits of 20 and 5 are for a machine that does
/// nothing else.
const LIMITS: [(&str, &str); 2] = [
    ("WASM_BINDGEN_TEST_TIMEOUT", "180"),
    ("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60"),
];

/// Runs them.
pub(super) fn run(tools: &Tools, passed_on: &[OsString]) -> Result<Report> {
    let mut command = tools.wasm_program("cargo")?;
    command
        .args(["test", "--package", PAGE, "--tests"])
        .args(["--target", wasm_target::TARGET])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        )
        .env("CHROMEDRIVER", tools.place(Item::Driver)?)
        // For test files that do not say where they run: not in Node.js.
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        // A failed test is no error of the runner's.
        .env("RUST_LIB_BACKTRACE", "0")
        .envs(LIMITS);
    super::cargo_test(command, "browser: the page in Chromium", passed_on)
}
