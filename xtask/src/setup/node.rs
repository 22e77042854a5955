//! Node.js, and the npm packages: Playwright, selenium-webdriver, wasm-opt, and the
//! checks of JavaScript, HTML and CSS.

use super::{Found, State};
use crate::failure::{Explain, Failure, Result};
use crate::versions::{self, Version};
use crate::{process, say, workspace};

/// The rest of the sentence that says that Node.js is missing.
pub(super) const HOW_TO_INSTALL: &str = "the system's package manager or a version manager has it";

/// Finds Node.js in PATH, in a supported version, and npm.
pub(super) fn find() -> State {
    let oldest = versions::NODE_OLDEST;
    let Some(node) = workspace::find_program("node") else {
        return State::Missing(format!("Node.js {oldest} or newer: {HOW_TO_INSTALL}"));
    };
    let version = process::answer(process::program(&node).arg("--version"))
        .as_deref()
        .and_then(Version::find);
    match version {
        Some(version) if version < oldest => State::Missing(format!(
            "Node.js {version} is too old, {oldest} or newer is needed: {HOW_TO_INSTALL}"
        )),
        Some(version) if workspace::find_program(NPM).is_some() => {
            State::Present(Found::at(node, format!("Node.js {version}")))
        }
        Some(_) => State::Missing(format!("npm: {HOW_TO_INSTALL}")),
        None => State::Missing(format!("`node --version` fails: {HOW_TO_INSTALL}")),
    }
}

/// npm's program, which is a script.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// A copy of the lock file that the packages were installed from.
fn stamp() -> std::path::PathBuf {
    workspace::root()
        .join("node_modules")
        .join(".installed-from.json")
}

fn lock_file() -> std::path::PathBuf {
    workspace::root().join("package-lock.json")
}

/// Finds the packages, installed from the current lock file.
pub(super) fn find_packages() -> State {
    let locked = std::fs::read(lock_file()).ok();
    if locked.is_some() && std::fs::read(stamp()).ok() == locked {
        let place = workspace::root().join("node_modules");
        return State::Present(Found::at(place, "as in package-lock.json"));
    }
    State::Missing("the packages of package-lock.json: npm ci into node_modules".to_owned())
}

/// Finds wasm-opt among them.
pub(super) fn find_wasm_opt() -> State {
    let programs = workspace::npm_programs();
    let program = programs.join("wasm-opt");
    if program.exists() {
        return State::Present(Found {
            what: "binaryen's, from npm".to_owned(),
            place: program,
            programs: Some(programs),
        });
    }
    State::Missing("comes with the npm packages".to_owned())
}

/// Installs exactly the packages of the lock file.
pub(super) fn install_packages() -> Result {
    let log = workspace::tools()?.join("logs").join("npm.log");
    let step = say::Step::begin("npm packages", "npm ci into node_modules");
    let mut command = process::program(NPM);
    command
        .args(["ci", "--no-audit", "--no-fund", "--no-update-notifier"])
        // No package needs an install script.
        .arg("--ignore-scripts")
        // The tests use the system's Chromium.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    process::logged(command, &log, &step, |_| None)?;
    let locked = std::fs::read(lock_file()).explain(|| "read package-lock.json".to_owned())?;
    if matches!(find_wasm_opt(), State::Missing(_)) {
        return Err(Failure::new(
            "npm ci installed no wasm-opt: does package.json still name binaryen?",
        ));
    }
    std::fs::write(stamp(), locked).explain(|| format!("write {}", say::path(&stamp())))?;
    step.done("installed");
    Ok(())
}
