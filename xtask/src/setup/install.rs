//! Installs the tools that are missing.

use super::{Item, apt, cargo_tools, debian_rust, node, wasm_target};
use crate::failure::{Failure, Result};
use crate::{process_group, versions};

/// Installs the tools in two lanes side by side: those that cargo compiles for
/// minutes, and those that are downloaded. `meanwhile` runs at the end of the
/// second lane. The first lane to fail ends the other one.
pub(super) fn install(missing: &[Item], meanwhile: &(dyn Fn() -> Result + Sync)) -> Result {
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
            scope.spawn(|| compiled(missing).inspect_err(|_| process_group::end_all())),
            scope.spawn(|| {
                fetched(missing)
                    .and_then(|()| meanwhile())
                    .inspect_err(|_| process_group::end_all())
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
    if missing.contains(&Item::CargoDeny) {
        tools.push(cargo_tools::cargo_deny());
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
    let chromium = [Item::Chromium, Item::HeadlessChromium, Item::Driver]
        .iter()
        .any(|item| missing.contains(item));
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
