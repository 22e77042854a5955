//! `cargo xtask setup`: finds what the other tasks need, and installs what is
//! missing.
//!
//! The other tasks call [`provide`] with the items that they need, so nobody
//! has to run `setup` by hand, and `serve` does not wait for a browser.

mod apt;
mod browser;
mod cargo_tools;
mod debian_rust;
mod lock;
mod node;
pub(crate) mod wasm_target;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::{process, say, versions, workspace};

/// Something that another task needs.
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
    /// The browser of the tests.
    Chromium,
    /// The program that drives it.
    Driver,
    /// The other browser of the tests.
    Firefox,
    /// The program that drives that one.
    Geckodriver,
}

impl Item {
    /// Everything.
    pub(crate) const ALL: [Self; 11] = [
        Self::WasmTarget,
        Self::WasmClippy,
        Self::Trunk,
        Self::WasmBindgen,
        Self::Node,
        Self::NpmPackages,
        Self::WasmOpt,
        Self::Chromium,
        Self::Driver,
        Self::Firefox,
        Self::Geckodriver,
    ];
    /// What it takes to build the page for development.
    pub(crate) const DEVELOPMENT: [Self; 3] = [Self::WasmTarget, Self::Trunk, Self::WasmBindgen];
    /// What it takes to build the page as it is shipped.
    pub(crate) const RELEASE: [Self; 6] = [
        Self::WasmTarget,
        Self::Trunk,
        Self::WasmBindgen,
        Self::Node,
        Self::NpmPackages,
        Self::WasmOpt,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::WasmTarget => "wasm32 target",
            Self::WasmClippy => "its clippy",
            Self::Trunk => "trunk",
            Self::WasmBindgen => "wasm-bindgen",
            Self::Node => "Node.js and npm",
            Self::NpmPackages => "npm packages",
            Self::WasmOpt => "wasm-opt",
            Self::Chromium => "Chromium",
            Self::Driver => "chromedriver",
            Self::Firefox => "Firefox",
            Self::Geckodriver => "geckodriver",
        }
    }

    /// Looks whether it is there. Changes nothing.
    fn find(self) -> Result<State> {
        Ok(match self {
            Self::WasmTarget => wasm_target::find()?,
            Self::WasmClippy => wasm_target::find_clippy()?,
            Self::Trunk => cargo_tools::trunk().find()?,
            Self::WasmBindgen => cargo_tools::wasm_bindgen()?.find()?,
            Self::Node => node::find(),
            Self::NpmPackages => node::find_packages(),
            Self::WasmOpt => node::find_wasm_opt(),
            Self::Chromium => browser::find_chromium(),
            Self::Driver => browser::find_driver(),
            Self::Firefox => browser::find_firefox(),
            Self::Geckodriver => cargo_tools::geckodriver().find()?,
        })
    }
}

/// Whether an item is there.
enum State {
    Present(Found),
    /// It is not, and this is what `setup` will do about it, or what a person
    /// has to do.
    Missing(String),
}

/// Something that is there.
#[derive(Clone)]
struct Found {
    /// Which one it is, for the table of `setup --check`.
    what: String,
    /// The program, or the folder.
    place: PathBuf,
    /// The folder to put first in PATH, where it is not in PATH anyway.
    programs: Option<PathBuf>,
}

impl Found {
    /// Something that needs no entry in PATH.
    fn at(place: impl Into<PathBuf>, what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            place: place.into(),
            programs: None,
        }
    }
}

/// What was asked for, ready to use.
pub(crate) struct Tools(BTreeMap<Item, Found>);

impl Tools {
    /// A program to be run with the tools in PATH, and with the toolchain that
    /// compiles for wasm32.
    pub(crate) fn wasm_program(&self, name: &str) -> Result<Command> {
        let mut command = process::program(name);
        let folders = self.0.values().filter_map(|found| found.programs.clone());
        command
            .env("PATH", workspace::path_with(folders)?)
            .env("CARGO_TARGET_DIR", workspace::wasm_target())
            // In addition to what .cargo/config.toml says. The messages of
            // panics name files: not where they are on this machine.
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                format!(
                    "--remap-path-prefix={}=",
                    workspace::cargo_home()?.display()
                ),
            )
            // Set by `cargo run` for the other toolchain's libraries.
            .env_remove("LD_LIBRARY_PATH");
        Ok(command)
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

    /// geckodriver's program.
    pub(crate) fn geckodriver(&self) -> Result<PathBuf> {
        let found = self.found(Item::Geckodriver)?;
        Ok(found.programs.as_ref().map_or_else(
            || found.place.clone(),
            |folder| folder.join(format!("geckodriver{}", std::env::consts::EXE_SUFFIX)),
        ))
    }

    fn found(&self, item: Item) -> Result<&Found> {
        self.0
            .get(&item)
            .ok_or_else(|| Failure::new(format!("the {} was not asked for", item.name())))
    }
}

/// `setup --check`: a table of what is there; fails when something is missing.
pub(crate) fn check() -> Result {
    let mut missing = 0;
    let mut rows = Vec::new();
    for (item, state) in survey(&Item::ALL)? {
        let name = item.name().to_owned();
        rows.push(match state {
            State::Present(found) => {
                let place = say::path(&found.place);
                vec![name, "ok".to_owned(), found.what, place]
            }
            State::Missing(remedy) => {
                missing += 1;
                vec![name, "MISSING".to_owned(), remedy]
            }
        });
    }
    say::table(&rows, &[]);
    if missing == 0 {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{missing} of {} are missing: `cargo xtask setup` installs them",
        rows.len()
    )))
}

/// Provides the items: finds them, or says what it is about to install where,
/// and installs it. Says nothing when all are there.
pub(crate) fn provide(items: &[Item]) -> Result<Tools> {
    provide_and_meanwhile(items, |_| ())
}

/// The same; when there is something to install, `meanwhile` is called as soon
/// as there is a toolchain, with nothing but that, while the other tools are
/// still being compiled.
pub(crate) fn provide_and_meanwhile(
    items: &[Item],
    meanwhile: impl Fn(&Tools) + Sync,
) -> Result<Tools> {
    if let Ok(tools) = all_present(survey(items)?) {
        return Ok(tools);
    }
    // Another `cargo xtask` may be at it, in this clone or in another one.
    let _lock = lock::take()?;
    let missing = match all_present(survey(items)?) {
        Ok(tools) => return Ok(tools),
        Err(missing) => missing,
    };
    let step = say::Step::begin("setup", "something is missing, and is installed now:");
    for (item, remedy) in &missing {
        say::progress(item.name(), remedy);
    }
    let items_missing: Vec<Item> = missing.iter().map(|(item, _)| *item).collect();
    install(&items_missing, &|| {
        if let Ok(tools) = all_present(survey(&[Item::WasmTarget])?) {
            meanwhile(&tools);
        }
        Ok(())
    })?;
    all_present(survey(items)?).map_or_else(
        |missing| {
            let names: Vec<_> = missing
                .iter()
                .map(|(item, remedy)| format!("{} ({remedy})", item.name()))
                .collect();
            Err(Failure::new(format!(
                "still missing after the installation: {}",
                names.join(", ")
            )))
        },
        |tools| {
            step.done("done");
            Ok(tools)
        },
    )
}

/// Looks for all items at once: each asks a program or two for its version.
fn survey(items: &[Item]) -> Result<Vec<(Item, State)>> {
    std::thread::scope(|scope| {
        let searches: Vec<_> = items
            .iter()
            .map(|item| (*item, scope.spawn(|| item.find())))
            .collect();
        searches
            .into_iter()
            .map(|(item, search)| {
                let state = search
                    .join()
                    .map_err(|_| Failure::new(format!("looking for {} crashed", item.name())))??;
                Ok((item, state))
            })
            .collect()
    })
}

/// The tools, if all are present; otherwise the missing ones with their remedies.
fn all_present(survey: Vec<(Item, State)>) -> std::result::Result<Tools, Vec<(Item, String)>> {
    let mut found = BTreeMap::new();
    let mut missing = Vec::new();
    for (item, state) in survey {
        match state {
            State::Present(present) => {
                found.insert(item, present);
            }
            State::Missing(remedy) => missing.push((item, remedy)),
        }
    }
    if missing.is_empty() {
        Ok(Tools(found))
    } else {
        Err(missing)
    }
}

/// Installs, in two lanes side by side: what cargo compiles for minutes, and
/// what comes from elsewhere, with `meanwhile` at its end. The first lane to
/// fail ends the other one.
fn install(missing: &[Item], meanwhile: &(dyn Fn() -> Result + Sync)) -> Result {
    if missing.contains(&Item::Node) {
        return Err(Failure::new(format!(
            "Node.js {} or newer with npm is needed, and has to be installed by hand: {}",
            versions::NODE_OLDEST,
            node::HOW_TO_INSTALL,
        )));
    }
    apt::ask_for_permission(missing)?;
    std::thread::scope(|scope| {
        let lanes = [
            scope.spawn(|| compiled(missing).inspect_err(|_| process::end_all())),
            scope.spawn(|| {
                fetched(missing)
                    .and_then(|()| meanwhile())
                    .inspect_err(|_| process::end_all())
            }),
        ];
        let mut failures: Vec<Failure> = lanes
            .into_iter()
            .filter_map(|lane| match lane.join() {
                Ok(result) => result.err(),
                Err(_) => Some(Failure::new("the installation crashed")),
            })
            .collect();
        // The lane that was ended by the other one has nothing to say.
        failures.sort_by_key(|failure| failure.sentence.is_empty());
        failures.into_iter().next().map_or(Ok(()), Err)
    })
}

/// The lane of the tools that are compiled: the longest, so it starts at once.
fn compiled(missing: &[Item]) -> Result {
    let mut tools = Vec::new();
    if missing.contains(&Item::Trunk) {
        tools.push(cargo_tools::trunk());
    }
    if missing.contains(&Item::WasmBindgen) {
        tools.push(cargo_tools::wasm_bindgen()?);
    }
    if missing.contains(&Item::Geckodriver) {
        tools.push(cargo_tools::geckodriver());
    }
    cargo_tools::install(&tools)
}

/// The lane of the rest.
fn fetched(missing: &[Item]) -> Result {
    let mut packages = Vec::new();
    let mut build_std = false;
    if missing.contains(&Item::WasmTarget) && !wasm_target::add_by_rustup()? {
        // All of them: apt-get skips those that are there, and upgrades an
        // older rustc.
        packages.extend(versions::DEBIAN_RUST);
        build_std = true;
    }
    if missing.contains(&Item::WasmClippy) && wasm_target::clippy_comes_from_debian()? {
        packages.push(versions::DEBIAN_CLIPPY);
    }
    let chromium = missing.contains(&Item::Chromium) || missing.contains(&Item::Driver);
    let firefox = missing.contains(&Item::Firefox);
    if chromium {
        packages.extend(versions::DEBIAN_CHROMIUM);
    }
    if firefox {
        packages.push(versions::DEBIAN_FIREFOX);
    }
    if chromium || firefox {
        packages.extend(versions::DEBIAN_FONTS);
    }
    apt::install(&packages)?;
    if build_std {
        debian_rust::build_std()?;
    }
    if missing.contains(&Item::NpmPackages) || missing.contains(&Item::WasmOpt) {
        node::install_packages()?;
    }
    Ok(())
}
