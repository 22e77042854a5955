//! `cargo xtask shots`: pictures of the page in each of its states, to be looked at.
//!
//! `xtask/shots/*.js` takes them. What there is to see comes from the stand-in's
//! gallery and from `xtask/shots/views.js`.

use crate::args::ShotsOptions;
use crate::failure::{Failure, Result};
use crate::setup::{self, Item};
use crate::{dist, package, page, process, say, stand_in, workspace};

/// Builds the release, and takes the pictures.
pub(crate) fn run(options: &ShotsOptions) -> Result {
    let tools = setup::provide(&Item::RELEASE_IN_CHROMIUM)?;
    dist::run(false)?;
    let stand_in = stand_in::build()?;
    let folder = (options.folder.clone()).unwrap_or_else(|| workspace::target().join("shots"));
    let script = workspace::root()
        .join("xtask")
        .join("shots")
        .join("shots.js");
    let mut node = process::program("node");
    node.arg(script)
        .arg(&folder)
        .args(&options.names)
        .env("STAND_IN", stand_in)
        .env("PAGE", page::release_folder())
        .env("ELEMENTS", package::folder())
        .env("CHROMIUM_PATH", tools.place(Item::HeadlessChromium)?);
    let status = process::shown(node, |_| ())?;
    if !status.success() {
        return Err(Failure::new(format!(
            "taking the pictures failed ({status})"
        )));
    }
    println!(
        "The pictures are in {}: open index.html",
        say::path(&folder)
    );
    Ok(())
}
