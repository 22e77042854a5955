//! The component tests in a headless browser, with wasm-bindgen's test runner.
//!
//! The runner reads the browsers' arguments from `webdriver.json` in the
//! repository's folder. It serves the tests' pages from there, so a test may load
//! `/style/….css`.

use std::ffi::OsString;
use std::process::Command;

use super::report::Report;
use super::unit::PAGE;
use crate::failure::Result;
use crate::setup::{Item, Tools, wasm_target};

/// How many seconds a test program may run, and how many the driver may take to
/// start. The runner's defaults of 20 and 5 are too short for a busy machine.
const LIMITS: [(&str, &str); 2] = [
    ("WASM_BINDGEN_TEST_TIMEOUT", "900"),
    ("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "120"),
];

/// Runs the tests in Chromium.
pub(super) fn run(tools: &Tools, passed_on: &[OsString]) -> Result<Report> {
    let mut command = command(tools)?;
    command
        // The runner prefers this variable.
        .env_remove("GECKODRIVER")
        .env("CHROMEDRIVER", tools.place(Item::Driver)?);
    super::cargo_test(command, "browser: the page in Chromium", passed_on)
}

/// Runs the tests in Firefox.
pub(super) fn run_in_firefox(tools: &Tools, passed_on: &[OsString]) -> Result<Report> {
    let mut command = command(tools)?;
    command
        .env(
            "GECKODRIVER",
            tools.compiled(Item::Geckodriver, "geckodriver")?,
        )
        .env(
            "GECKODRIVER_ARGS",
            driver_arguments(tools.place(Item::Firefox)?),
        );
    super::cargo_test(command, "firefox: the page in Firefox", passed_on)
}

/// The arguments for geckodriver: the path of Firefox, and any free port for the
/// websocket that the runner does not use.
fn driver_arguments(firefox: &std::path::Path) -> String {
    // The runner splits the arguments like a shell.
    let quoted = firefox.to_string_lossy().replace('\'', "'\\''");
    format!("--binary '{quoted}' --websocket-port 0")
}

/// The command, without its browser.
fn command(tools: &Tools) -> Result<Command> {
    let mut command = tools.wasm_program("cargo")?;
    command
        .args(["test", "--package", PAGE, "--tests"])
        .args(["--target", wasm_target::TARGET])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        )
        // Test files that do not say where they run do not run in Node.js.
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        // A failed test is not an error of the runner.
        .env("RUST_LIB_BACKTRACE", "0")
        .envs(LIMITS);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_folder_of_any_name_reaches_the_driver_in_one_piece() {
        for (path, arguments) in [
            (
                "/usr/bin/firefox",
                "--binary '/usr/bin/firefox' --websocket-port 0",
            ),
            (
                "/my apps/it's",
                "--binary '/my apps/it'\\''s' --websocket-port 0",
            ),
        ] {
            assert_eq!(driver_arguments(Path::new(path)), arguments);
        }
    }
}
