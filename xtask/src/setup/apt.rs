//! Debian's packages.

use std::io::IsTerminal;
use std::process::Command;

use super::Item;
use crate::failure::{Failure, Result};
use crate::{process, say, workspace};

/// How this user may install packages.
enum Right {
    /// As root.
    Own,
    /// With sudo, without a password.
    Sudo,
    /// Not at all.
    None,
}

fn right() -> Right {
    if process::answer(process::program("id").arg("-u")).as_deref() == Some("0") {
        Right::Own
    } else if process::answer(process::program("sudo").args(["-n", "true"])).is_some() {
        Right::Sudo
    } else {
        Right::None
    }
}

/// Lets sudo ask for the password before other steps print their progress.
pub(super) fn ask_for_permission(missing: &[Item]) -> Result {
    let may_need_apt = missing.iter().any(|item| {
        matches!(
            item,
            Item::WasmTarget
                | Item::WasmClippy
                | Item::Chromium
                | Item::HeadlessChromium
                | Item::Driver
                | Item::Firefox
        )
    });
    let can_ask = std::io::stdin().is_terminal() && workspace::find_program("sudo").is_some();
    if may_need_apt
        && can_ask
        && workspace::find_program("apt-get").is_some()
        && matches!(right(), Right::None)
    {
        say::progress(
            "setup",
            "Debian packages may be needed: sudo asks for your password",
        );
        let asked = process::program("sudo").arg("-v").status();
        if !asked.is_ok_and(|status| status.success()) {
            return Err(Failure::new("sudo was not allowed"));
        }
    }
    Ok(())
}

/// Installs packages, after an update of the package lists.
pub(super) fn install(packages: &[&str]) -> Result {
    if packages.is_empty() {
        return Ok(());
    }
    let list = packages.join(" ");
    if workspace::find_program("apt-get").is_none() {
        return Err(Failure::new(format!(
            "this system has no apt-get. What Debian's packages {list} hold has to be \
             installed by hand, and its programs have to be in PATH: the wasm32 target by \
             `rustup target add wasm32-unknown-unknown`, the browsers as `chromium` or \
             `google-chrome` with the `chromedriver` of the same version, and as `firefox`"
        )));
    }
    let right = right();
    if matches!(right, Right::None) {
        return Err(Failure::new(format!(
            "Debian packages are needed, and this user may not install them. Run, as root:\n\
             apt-get update && apt-get install --no-install-recommends {list}"
        )));
    }
    let step = say::Step::begin("Debian packages", &format!("apt-get install {list}"));
    let log = workspace::tools()?.join("logs").join("apt.log");
    process::logged(apt_get(&right, &["update"]), &log, &step, |_| None)?;
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend(packages);
    process::logged(apt_get(&right, &arguments), &log, &step, |_| None)?;
    step.done("installed");
    Ok(())
}

fn apt_get(right: &Right, arguments: &[&str]) -> Command {
    let mut command = match right {
        Right::Sudo => {
            let mut command = process::program("sudo");
            command.args(["-n", "env"]);
            command
        }
        Right::Own | Right::None => process::program("env"),
    };
    command
        .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"])
        // Another apt-get may be running, such as an unattended upgrade.
        .args(["-o", "DPkg::Lock::Timeout=300"])
        .args(arguments);
    command
}
