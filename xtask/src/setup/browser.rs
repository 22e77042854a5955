//! Chromium and its driver.

use std::path::PathBuf;

use super::{Found, State};
use crate::versions::Version;
use crate::{process, workspace};

/// The names under which systems have it.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// The first Chromium in PATH, and its version.
fn chromium() -> Option<(PathBuf, Version)> {
    let place = NAMES.into_iter().find_map(workspace::find_program)?;
    let says = process::answer(process::program(&place).arg("--version"))?;
    Some((place, Version::find(&says)?))
}

/// The browser.
pub(super) fn find() -> State {
    chromium().map_or_else(
        || State::Missing("for the tests: Debian's package chromium".to_owned()),
        |(place, version)| State::Present(Found::at(place, format!("Chromium {version}"))),
    )
}

/// The driver: of the browser's own major version, or it refuses to drive it.
pub(super) fn find_driver() -> State {
    let driver = workspace::find_program("chromedriver").and_then(|place| {
        let says = process::answer(process::program(&place).arg("--version"))?;
        Some((place, Version::find(&says)?))
    });
    match (driver, chromium()) {
        (Some((_, driver)), Some((_, browser))) if driver.0 != browser.0 => {
            State::Missing(format!(
                "chromedriver {driver} does not fit Chromium {browser}: \
             install the one of the browser's version"
            ))
        }
        (Some((place, version)), _) => {
            State::Present(Found::at(place, format!("chromedriver {version}")))
        }
        (None, _) => State::Missing("for the tests: Debian's package chromium-driver".to_owned()),
    }
}
