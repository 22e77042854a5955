//! Building the page: by trunk for development; see [`release`] for a release.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::setup::{Tools, wasm_target};
use crate::{process, release, say, workspace};

/// How the page is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quickly, for development.
    Development,
    /// As it is shipped: small, split into parts, and optimised by wasm-opt.
    Release,
    /// As it is shipped, but panics have messages, and functions have names.
    Debuggable,
}

/// The folder for the page that `serve` builds. It is not `dist/`, which is the
/// release.
pub(crate) fn served_folder(profile: Profile) -> PathBuf {
    workspace::target().join(match profile {
        Profile::Development => "page",
        Profile::Release => "page-release",
        Profile::Debuggable => "page-debuggable",
    })
}

/// The folder of the release.
pub(crate) fn release_folder() -> PathBuf {
    workspace::root().join("dist")
}

/// Compiles the page's programs while trunk is still being compiled. cargo keeps
/// the result for [`build`], which also reports failures.
pub(crate) fn compile_ahead(tools: &Tools, profile: Profile) {
    let step = say::Step::begin("page", "compiling what it consists of");
    let compiled = workspace::tools().and_then(|folder| {
        let log = folder.join("logs").join("page.log");
        let mut crates = 0;
        process::logged_quietly(cargo(tools, profile)?, &log, &step, |line| {
            line.trim_start().starts_with("Compiling").then(|| {
                crates += 1;
                format!("{crates} crates")
            })
        })
    });
    step.done(if compiled.is_ok() {
        "compiled"
    } else {
        "does not compile"
    });
}

/// The command that compiles the page's programs.
fn cargo(tools: &Tools, profile: Profile) -> Result<Command> {
    if profile != Profile::Development {
        return release::cargo(tools, profile);
    }
    let mut cargo = tools.wasm_program("cargo")?;
    cargo
        .args(["build", "--bins", "--target", wasm_target::TARGET])
        .args(["--color", colour()]);
    Ok(cargo)
}

/// Builds the page into a folder. The output is shown as it comes, on standard
/// error like all progress.
pub(crate) fn build(tools: &Tools, profile: Profile, folder: &Path) -> Result {
    // For development, trunk calls cargo as well. To call cargo before trunk shows
    // its progress and the compiler's errors alone.
    run(cargo(tools, profile)?)?;
    if profile != Profile::Development {
        return release::assemble(tools, profile, folder);
    }
    let mut trunk = tools.wasm_program("trunk")?;
    trunk
        .arg("build")
        .arg("--dist")
        .arg(folder)
        .args(["--log", "warn"])
        // trunk does not start when this is set to 1.
        .env_remove("NO_COLOR")
        .env("RUST_BACKTRACE", "0")
        .env("TRUNK_SKIP_VERSION_CHECK", "true");
    run(trunk)
}

/// Colours for a terminal, unless they are turned off.
pub(crate) fn colour() -> &'static str {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    if wanted && std::io::stderr().is_terminal() {
        "always"
    } else {
        "never"
    }
}

/// Runs a step of the build.
pub(crate) fn run(command: Command) -> Result {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = process::follow(command, None, |event| {
        if let process::Event::Line(line) = event {
            eprintln!("{line}");
        }
    })
    .map_err(|error| process::cannot_run(&name, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new("the page could not be built: see above"))
    }
}
