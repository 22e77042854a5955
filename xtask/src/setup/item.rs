//! The tools that tasks need.

use super::{State, browser, cargo_tools, node, wasm_target};
use crate::failure::Result;

/// A tool that a task needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Item {
    /// A Rust toolchain that compiles for wasm32-unknown-unknown.
    WasmTarget,
    /// clippy of the same toolchain.
    WasmClippy,
    /// trunk, which builds the page.
    Trunk,
    /// wasm-bindgen's command line tools, the test runner among them.
    WasmBindgen,
    /// Node.js and npm.
    Node,
    /// The packages of `package-lock.json`.
    NpmPackages,
    /// wasm-opt, which comes with the npm packages.
    WasmOpt,
    /// The browser of the component tests.
    Chromium,
    /// The browser of the end-to-end tests.
    HeadlessChromium,
    /// The program that drives Chromium.
    Driver,
    /// The second browser of the component tests.
    Firefox,
    /// The program that drives Firefox.
    Geckodriver,
    /// The check of what the crates that we depend on may be.
    CargoDeny,
}

impl Item {
    /// All tools.
    pub(crate) const ALL: [Self; 13] = [
        Self::WasmTarget,
        Self::WasmClippy,
        Self::Trunk,
        Self::WasmBindgen,
        Self::Node,
        Self::NpmPackages,
        Self::WasmOpt,
        Self::Chromium,
        Self::HeadlessChromium,
        Self::Driver,
        Self::Firefox,
        Self::Geckodriver,
        Self::CargoDeny,
    ];
    /// What it takes to build the page for development.
    pub(crate) const DEVELOPMENT: [Self; 3] = [Self::WasmTarget, Self::Trunk, Self::WasmBindgen];
    /// What it takes to build the page as it is shipped.
    pub(crate) const RELEASE: [Self; 5] = [
        Self::WasmTarget,
        Self::WasmBindgen,
        Self::Node,
        Self::NpmPackages,
        Self::WasmOpt,
    ];

    /// What it takes to build the page as it is shipped, and to load it in a
    /// browser.
    pub(crate) const RELEASE_IN_CHROMIUM: [Self; 7] = [
        Self::WasmTarget,
        Self::WasmBindgen,
        Self::Node,
        Self::NpmPackages,
        Self::WasmOpt,
        Self::Chromium,
        Self::HeadlessChromium,
    ];

    /// Its name in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::WasmTarget => "wasm32 target",
            Self::WasmClippy => "its clippy",
            Self::Trunk => "trunk",
            Self::WasmBindgen => "wasm-bindgen",
            Self::Node => "Node.js and npm",
            Self::NpmPackages => "npm packages",
            Self::WasmOpt => "wasm-opt",
            Self::Chromium => "Chromium",
            Self::HeadlessChromium => "headless Chromium",
            Self::Driver => "chromedriver",
            Self::Firefox => "Firefox",
            Self::Geckodriver => "geckodriver",
            Self::CargoDeny => "cargo-deny",
        }
    }

    /// Looks for it. Changes nothing.
    pub(super) fn find(self) -> Result<State> {
        Ok(match self {
            Self::WasmTarget => wasm_target::find()?,
            Self::WasmClippy => wasm_target::find_clippy()?,
            Self::Trunk => cargo_tools::trunk().find()?,
            Self::WasmBindgen => cargo_tools::wasm_bindgen()?.find()?,
            Self::Node => node::find(),
            Self::NpmPackages => node::find_packages(),
            Self::WasmOpt => node::find_wasm_opt(),
            Self::Chromium => browser::find_chromium(),
            Self::HeadlessChromium => browser::find_headless_chromium(),
            Self::Driver => browser::find_driver(),
            Self::Firefox => browser::find_firefox(),
            Self::Geckodriver => cargo_tools::geckodriver().find()?,
            Self::CargoDeny => cargo_tools::cargo_deny().find()?,
        })
    }
}
