//! Chromium and its driver, and Firefox.

use std::path::PathBuf;

use super::{Found, State};
use crate::versions::{self, Version};
use crate::{process, workspace};

/// The names of Chromium's program on different systems.
const CHROMIUM_NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// The names of Firefox's program on different systems, Debian's first.
const FIREFOX_NAMES: [&str; 2] = ["firefox-esr", "firefox"];

/// The first of these programs in PATH, and its version.
fn first(names: &[&str]) -> Option<(PathBuf, Version)> {
    let place = names
        .iter()
        .find_map(|name| workspace::find_program(name))?;
    let says = process::answer(process::program(&place).arg("--version"))?;
    Some((place, Version::find(&says)?))
}

/// The first Chromium in PATH, and its version.
fn chromium() -> Option<(PathBuf, Version)> {
    first(&CHROMIUM_NAMES)
}

/// Finds Firefox. Its driver works with every version: see `cargo_tools`.
pub(super) fn find_firefox() -> State {
    first(&FIREFOX_NAMES).map_or_else(
        || {
            State::Missing(format!(
                "for the tests: Debian's package {}",
                versions::DEBIAN_FIREFOX
            ))
        },
        |(place, version)| State::Present(Found::at(place, format!("Firefox {version}"))),
    )
}

/// Finds Chromium.
pub(super) fn find_chromium() -> State {
    chromium().map_or_else(
        || State::Missing("for the tests: Debian's package chromium".to_owned()),
        |(place, version)| State::Present(Found::at(place, format!("Chromium {version}"))),
    )
}

/// Finds the Chromium for Playwright: the headless shell, which opens a page in
/// almost half the time, or else Chromium.
pub(super) fn find_headless_chromium() -> State {
    first(&["chromium-headless-shell"]).map_or_else(find_chromium, |(place, version)| {
        State::Present(Found::at(place, format!("headless shell {version}")))
    })
}

/// Finds Chromium's driver. It drives only a browser of the same major version.
pub(super) fn find_driver() -> State {
    match (first(&["chromedriver"]), chromium()) {
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
