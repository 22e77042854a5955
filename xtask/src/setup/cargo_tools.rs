//! Tools that `cargo install` compiles: trunk, wasm-bindgen's, geckodriver, and
//! cargo-deny.

use std::path::PathBuf;

use super::{Found, State};
use crate::failure::{Explain, Failure, Result};
use crate::versions::{self, Version};
use crate::{process, say, workspace};

/// A package of programs, at one version.
pub(super) struct CargoTool {
    /// Its name in messages, and in the name of its folder.
    name: &'static str,
    /// The package that cargo installs.
    package: &'static str,
    version: String,
    /// Which versions in PATH are as good.
    fits: Fits,
    /// All must be there.
    programs: &'static [&'static str],
    /// How many crates are compiled, about.
    crates: usize,
    /// Those of them that are worth optimising.
    optimised: &'static [&'static str],
}

/// Which versions will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fits {
    /// That version and no other.
    Same,
    /// That version, and those after it.
    SameOrNewer,
}

impl Fits {
    /// Whether the version that is there will do where `ours` is the pinned one.
    fn accepts(self, ours: Version, there: Version) -> bool {
        match self {
            Self::Same => there == ours,
            Self::SameOrNewer => there >= ours,
        }
    }
}

/// trunk, at the pinned version.
pub(super) fn trunk() -> CargoTool {
    CargoTool {
        name: "trunk",
        package: "trunk",
        version: versions::TRUNK.to_owned(),
        fits: Fits::Same,
        programs: &["trunk"],
        crates: versions::TRUNK_CRATES,
        optimised: &[],
    }
}

/// wasm-bindgen's tools, at the version of the crate: they must be equal.
pub(super) fn wasm_bindgen() -> Result<CargoTool> {
    let path = workspace::root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path).explain(|| format!("read {}", say::path(&path)))?;
    let version = versions::locked(&lock, "wasm-bindgen")
        .ok_or_else(|| Failure::new("Cargo.lock does not name wasm-bindgen"))?;
    Ok(CargoTool {
        name: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        version: version.to_owned(),
        fits: Fits::Same,
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        crates: versions::WASM_BINDGEN_CRATES,
        optimised: &versions::WASM_BINDGEN_OPTIMISED,
    })
}

/// geckodriver, which speaks a standard: a newer one does the same.
pub(super) fn geckodriver() -> CargoTool {
    CargoTool {
        name: "geckodriver",
        package: "geckodriver",
        version: versions::GECKODRIVER.to_owned(),
        fits: Fits::SameOrNewer,
        programs: &["geckodriver"],
        crates: versions::GECKODRIVER_CRATES,
        optimised: &[],
    }
}

/// cargo-deny. A newer one may find more.
pub(super) fn cargo_deny() -> CargoTool {
    CargoTool {
        name: "cargo-deny",
        package: "cargo-deny",
        version: versions::CARGO_DENY.to_owned(),
        fits: Fits::SameOrNewer,
        programs: &["cargo-deny"],
        crates: versions::CARGO_DENY_CRATES,
        optimised: &[],
    }
}

impl CargoTool {
    /// Its name and version.
    fn title(&self) -> String {
        format!("{} {}", self.name, self.version)
    }

    /// The folder that it is installed to.
    fn folder(&self) -> Result<PathBuf> {
        Ok(workspace::tools()?.join(format!("{}-{}", self.name, self.version)))
    }

    /// Looks into our own folder, then into PATH.
    pub(super) fn find(&self) -> Result<State> {
        let folder = self.folder()?;
        let programs = folder.join("bin");
        if self.are_in(&programs) {
            return Ok(State::Present(Found {
                what: self.title(),
                place: folder,
                programs: Some(programs),
            }));
        }
        if let Some((place, version)) = self.find_in_path() {
            let what = format!("{} {version}", self.name);
            return Ok(State::Present(Found::at(place, what)));
        }
        Ok(State::Missing(format!(
            "{}: compiled by cargo into {}",
            self.title(),
            say::path(&folder)
        )))
    }

    fn are_in(&self, folder: &std::path::Path) -> bool {
        self.programs.iter().all(|program| {
            folder
                .join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
                .is_file()
        })
    }

    /// The first program's place and version, if all are in PATH at a version
    /// that fits.
    fn find_in_path(&self) -> Option<(PathBuf, Version)> {
        let ours = Version::find(&self.version)?;
        let mut found = Vec::new();
        for program in self.programs {
            let place = workspace::find_program(program)?;
            let says = process::answer(process::program(&place).arg("--version"))?;
            let version = Version::find(&says)?;
            self.fits.accepts(ours, version).then_some(())?;
            found.push((place, version));
        }
        found.into_iter().next()
    }

    /// Downloads or compiles it.
    fn install(&self) -> Result {
        let tools = workspace::tools()?;
        let folder = self.folder()?;
        // Installed beside its place and then moved there: what has the final
        // name is complete.
        let partial = tools.join(format!("{}-{}.partial", self.name, self.version));
        for old in [&partial, &folder] {
            if old.exists() {
                std::fs::remove_dir_all(old).explain(|| format!("remove {}", say::path(old)))?;
            }
        }
        if !self.download(&partial) {
            self.compile(&partial)?;
        }
        std::fs::rename(&partial, &folder)
            .explain(|| format!("move {} to its place", say::path(&partial)))
    }

    /// Where cargo-binstall is installed and the network allows it, the
    /// project's own binaries come in seconds.
    fn download(&self, to: &std::path::Path) -> bool {
        if workspace::find_program("cargo-binstall").is_none() {
            return false;
        }
        let step = say::Step::begin(self.title(), "asking cargo-binstall");
        let mut command = process::program("cargo-binstall");
        command
            .args(["--no-confirm", "--disable-telemetry"])
            .args(["--disable-strategies", "compile", "--root"])
            .arg(to)
            .arg(format!("{}@{}", self.package, self.version));
        let limit = Some(std::time::Duration::from_mins(1));
        let downloaded = process::follow(command, limit, |_| ()).is_ok_and(|it| it.success())
            && self.are_in(&to.join("bin"));
        step.done(if downloaded {
            "downloaded"
        } else {
            "no luck, compiling it"
        });
        downloaded
    }

    /// Compiles it, without what a release would spend its time on.
    fn compile(&self, to: &std::path::Path) -> Result {
        let tools = workspace::tools()?;
        let log = tools.join("logs").join(format!("{}.log", self.name));
        let step = say::Step::begin(
            self.title(),
            &format!("compiling (cargo's output: {})", say::path(&log)),
        );
        let mut command = process::program("cargo");
        command
            .args(["install", "--debug", "--locked", "--color", "never"])
            // trunk: no TLS and no look for updates, as it has nothing to
            // download. wasm-bindgen: no TLS to a driver on loopback.
            // geckodriver has none to leave out, and cargo-deny asks cargo.
            .arg("--no-default-features")
            .args(["--version", &self.version, "--root"])
            .arg(to)
            .arg(self.package)
            // Outside the repository, whose configuration is not theirs.
            .current_dir(&tools)
            // Shared, so that crates that both tools need are compiled once.
            .env("CARGO_TARGET_DIR", build_folder()?)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_PROFILE_DEV_OPT_LEVEL", versions::TOOLS_OPT_LEVEL)
            .env("CARGO_PROFILE_DEV_INCREMENTAL", "false");
        for name in self.optimised {
            command.args([
                "--config",
                &format!("profile.dev.package.{name}.opt-level=1"),
            ]);
        }
        let (mut compiled, total) = (0, self.crates);
        process::logged(command, &log, &step, |line| {
            line.trim_start().starts_with("Compiling").then(|| {
                compiled += 1;
                format!("{compiled} of about {total} crates")
            })
        })?;
        step.done("compiled");
        Ok(())
    }
}

/// Where cargo compiles the tools, until all are installed.
fn build_folder() -> Result<PathBuf> {
    Ok(workspace::tools()?.join("build"))
}

/// Installs the tools, one after the other: each keeps all cores busy.
pub(super) fn install(missing: &[CargoTool]) -> Result {
    for tool in missing {
        tool.install()?;
    }
    let build = build_folder()?;
    if build.exists() {
        std::fs::remove_dir_all(&build).explain(|| format!("remove {}", say::path(&build)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_another_version_in_path_only_where_that_does_no_harm() {
        let (older, ours, newer) = (Version(0, 9, 0), Version(0, 37, 1), Version(0, 38, 0));
        for (fits, version, good) in [
            (Fits::Same, older, false),
            (Fits::Same, ours, true),
            (Fits::Same, newer, false),
            (Fits::SameOrNewer, older, false),
            (Fits::SameOrNewer, ours, true),
            (Fits::SameOrNewer, newer, true),
        ] {
            assert_eq!(fits.accepts(ours, version), good, "{fits:?} {version}");
        }
    }
}
