//! `cargo xtask setup` finds the tools that the other tasks need, and installs
//! the missing ones.
//!
//! Each task calls [`provide`] with the tools that it needs. So nobody has to run
//! `setup`, and `serve` does not wait for a browser.

mod apt;
mod browser;
mod cargo_tools;
mod debian_rust;
mod install;
mod item;
mod lock;
mod node;
mod tools;
pub(crate) mod wasm_target;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::failure::{Failure, Result};
use crate::say;
pub(crate) use item::Item;
pub(crate) use tools::Tools;

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
    install::install(&items_missing, &|| {
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
