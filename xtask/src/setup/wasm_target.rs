//! A toolchain that compiles for wasm32-unknown-unknown.
//!
//! In this order:
//!
//! 1. The active toolchain has the target.
//! 2. A folder of ours has it, which an earlier run made as in 4.
//! 3. `rustup target add`, which needs rustup and its server.
//! 4. On Debian: its newer toolchain, and the target's standard library built
//!    from the source that Debian ships. A folder of ours holds both, as a
//!    toolchain of links; nothing is written below `/usr`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Found, State};
use crate::failure::{Explain, Failure, Result};
use crate::{process, say, versions, workspace};

/// The target's name.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
/// Debian's rustc. rustup's is in front of it in PATH where there are both.
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

/// Looks for 1 and 2.
pub(super) fn find() -> Result<State> {
    if let Some(libraries) = active() {
        return Ok(State::Present(Found::at(
            libraries,
            "the active toolchain's",
        )));
    }
    if let Some(folder) = Debian::installed()
        .map(|debian| debian.folder())
        .transpose()?
        && has_std(&folder.join("lib/rustlib").join(TARGET).join("lib"))
    {
        return Ok(State::Present(Found {
            what: "Debian's toolchain, std built from source".to_owned(),
            programs: Some(folder.join("bin")),
            place: folder,
        }));
    }
    Ok(State::Missing(format!(
        "by `rustup target add`, or else built from Debian's packages into {}",
        say::path(&workspace::tools()?)
    )))
}

/// The active toolchain's libraries for the target, if it has them.
fn active() -> Option<PathBuf> {
    let folder = process::answer(process::program("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        TARGET,
    ]))?;
    let folder = PathBuf::from(folder);
    has_std(&folder).then_some(folder)
}

/// Whether a folder holds a compiled standard library.
fn has_std(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| {
        entries.any(|entry| {
            entry.is_ok_and(|entry| {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                name.starts_with("libstd-") && name.ends_with(".rlib")
            })
        })
    })
}

/// How long rustup may take to download the target: 20 MB.
const RUSTUP_LIMIT: Duration = Duration::from_mins(3);

/// 3. Says whether it worked. Without a network it fails at once.
pub(super) fn add_by_rustup() -> Result<bool> {
    if workspace::find_program("rustup").is_none() {
        return Ok(false);
    }
    let step = say::Step::begin("wasm32 target", "rustup target add");
    let mut command = process::program("rustup");
    command.args(["target", "add", TARGET]);
    let added =
        process::follow(command, Some(RUSTUP_LIMIT), |_| ()).is_ok_and(|status| status.success());
    if added && active().is_none() {
        return Err(Failure::new(format!(
            "rustup added {TARGET}, but `rustc --print target-libdir --target {TARGET}` \
             names a folder without it: is another rustc in front of rustup's in PATH?"
        )));
    }
    step.done(if added {
        "added"
    } else {
        "rustup cannot download it; Debian's packages may do"
    });
    Ok(added)
}

/// Debian's toolchain.
struct Debian {
    /// Its version, with the commit: names our folder.
    version: String,
    /// The machine that it runs on, such as `x86_64-unknown-linux-gnu`.
    host: String,
}

impl Debian {
    /// The one that is installed, if its packages are.
    fn installed() -> Option<Self> {
        if !debian_packages_missing().is_empty() {
            return None;
        }
        let says = process::answer(process::program(DEBIAN_RUSTC).arg("-vV"))?;
        Self::read(&says)
    }

    /// Reads what `rustc -vV` says.
    fn read(says: &str) -> Option<Self> {
        let value = |name: &str| {
            says.lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        };
        let commit: String = value("commit-hash")?.chars().take(9).collect();
        Some(Self {
            version: format!("{}-{commit}", value("release")?),
            host: value("host")?.to_owned(),
        })
    }

    /// Our folder for this version: an upgrade of Debian's makes a new one.
    fn folder(&self) -> Result<PathBuf> {
        Ok(workspace::tools()?.join(format!("rust-{}", self.version)))
    }

    /// Where it is made, to be moved to its place when it is complete.
    fn partial_folder(&self) -> Result<PathBuf> {
        Ok(workspace::tools()?.join(format!("rust-{}.partial", self.version)))
    }
}

/// What is not installed of [`versions::DEBIAN_RUST`]. Asks for files rather
/// than dpkg, which would take as long as all the rest of the survey.
fn debian_packages_missing() -> Vec<&'static str> {
    let [rustc, cargo, source, lld] = versions::DEBIAN_RUST;
    [
        (rustc, DEBIAN_RUSTC),
        (cargo, "/usr/bin/cargo"),
        (source, "/usr/lib/rustlib/src/rust"),
        (lld, versions::LLD_BINARY),
    ]
    .into_iter()
    .filter_map(|(package, file)| (!Path::new(file).exists()).then_some(package))
    .collect()
}

/// All of Debian's packages: apt-get skips those that are there, and upgrades
/// an older rustc of the same name.
pub(super) fn missing_packages() -> [&'static str; 4] {
    versions::DEBIAN_RUST
}

/// 4. Builds the standard library and lays the folder out.
pub(super) fn build_std() -> Result {
    let debian = Debian::installed().ok_or_else(|| {
        Failure::new(format!("`{DEBIAN_RUSTC} -vV` fails after its installation"))
    })?;
    let tools = workspace::tools()?;
    let folder = debian.folder()?;
    let log = tools.join("logs").join("rust-std.log");
    let step = say::Step::begin(
        "wasm32 target",
        &format!("compiling std into {}", say::path(&folder)),
    );

    let source = tools.join("build-std");
    let files = [("Cargo.toml", EMPTY_MANIFEST), ("src/lib.rs", "")];
    for (name, text) in files {
        write(&source.join(name), text)?;
    }
    let mut command = process::program("/usr/bin/cargo");
    command
        .args(["build", "--release", "--color", "never", "--target", TARGET])
        .args(["-Z", "build-std=std,panic_abort,proc_macro,test"])
        .current_dir(&source)
        .env("CARGO_TARGET_DIR", source.join("target"))
        .env("RUSTC", DEBIAN_RUSTC)
        // Building std is for nightly compilers; this says that we know.
        .env("RUSTC_BOOTSTRAP", "1")
        // Without it, a later build with link-time optimisation stops for want
        // of bitcode.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER",
            versions::WASM_LD,
        )
        .env_remove("LD_LIBRARY_PATH");
    let mut compiled = 0;
    process::logged(command, &log, &step, |line| {
        line.trim_start().starts_with("Compiling").then(|| {
            compiled += 1;
            format!("std: {compiled} crates")
        })
    })?;

    debian.lay_out(&source.join("target").join(TARGET).join("release/deps"))?;
    std::fs::remove_dir_all(&source).explain(|| format!("remove {}", say::path(&source)))?;
    step.done("compiled");
    Ok(())
}

/// The crate that std is built for.
const EMPTY_MANIFEST: &str = "\
[package]
name = \"empty\"
version = \"0.0.0\"
edition = \"2021\"

[workspace]
";

impl Debian {
    /// Makes the folder look like a toolchain's: programs that name it as their
    /// own root, links to Debian's libraries, and the ones just built.
    fn lay_out(&self, built: &Path) -> Result {
        let folder = self.folder()?;
        let partial = self.partial_folder()?;
        if partial.exists() {
            std::fs::remove_dir_all(&partial)
                .explain(|| format!("remove {}", say::path(&partial)))?;
        }
        for name in ["rustc", "rustdoc"] {
            script(
                &partial.join("bin").join(name),
                &format!(
                    "#!/bin/sh\nexec /usr/bin/{name} --sysroot '{}' \"$@\"\n",
                    folder.display().to_string().replace('\'', r"'\''")
                ),
            )?;
        }
        link(Path::new("/usr/bin/cargo"), &partial.join("bin/cargo"))?;
        let rustlib = Path::new("lib/rustlib");
        let host = rustlib.join(&self.host);
        link(
            &Path::new("/usr").join(&host).join("lib"),
            &partial.join(&host).join("lib"),
        )?;
        link(
            Path::new(versions::LLD_BINARY),
            &partial.join(&host).join("bin/rust-lld"),
        )?;

        let libraries = partial.join(rustlib).join(TARGET).join("lib");
        make(&libraries)?;
        let entries = std::fs::read_dir(built).explain(|| format!("read {}", say::path(built)))?;
        for entry in entries.flatten() {
            let name = entry.file_name();
            let text = name.to_string_lossy();
            if text.starts_with("lib") && text.ends_with(".rlib") && !text.starts_with("libempty-")
            {
                std::fs::copy(entry.path(), libraries.join(&name))
                    .explain(|| format!("copy {text}"))?;
            }
        }
        if folder.exists() {
            std::fs::remove_dir_all(&folder)
                .explain(|| format!("remove {}", say::path(&folder)))?;
        }
        std::fs::rename(&partial, &folder)
            .explain(|| format!("move {} to its place", say::path(&partial)))
    }
}

/// Makes a folder and those above it.
fn make(folder: &Path) -> Result {
    std::fs::create_dir_all(folder).explain(|| format!("make {}", say::path(folder)))
}

/// Writes a file, and makes its folder.
fn write(path: &Path, text: &str) -> Result {
    path.parent().map_or(Ok(()), make)?;
    std::fs::write(path, text).explain(|| format!("write {}", say::path(path)))
}

/// Writes a file that can be run.
#[cfg(unix)]
fn script(path: &Path, text: &str) -> Result {
    use std::os::unix::fs::PermissionsExt;

    write(path, text)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))
        .explain(|| format!("make {} a program", say::path(path)))
}

/// Makes a symbolic link, and its folder.
#[cfg(unix)]
fn link(to: &Path, at: &Path) -> Result {
    at.parent().map_or(Ok(()), make)?;
    std::os::unix::fs::symlink(to, at).explain(|| format!("link {}", say::path(at)))
}

/// There is no Debian without Unix.
#[cfg(not(unix))]
fn script(path: &Path, text: &str) -> Result {
    write(path, text)
}

/// There is no Debian without Unix.
#[cfg(not(unix))]
fn link(to: &Path, at: &Path) -> Result {
    std::fs::copy(to, at)
        .map(drop)
        .explain(|| format!("copy {}", say::path(at)))
}

/// Whether the toolchain that compiles for wasm32 is Debian's.
pub(super) fn clippy_comes_from_debian() -> Result<bool> {
    Ok(match find()? {
        State::Present(found) => found.programs.is_some(),
        // It will be: rustup was tried before.
        State::Missing(_) => true,
    })
}

/// clippy of the toolchain that compiles for wasm32. The page is checked with
/// it, and for that target, because parts of the page exist on no other.
pub(super) fn find_clippy() -> Result<State> {
    if clippy_comes_from_debian()? {
        let place = Path::new("/usr/bin/cargo-clippy");
        if place.is_file() && Path::new("/usr/bin/clippy-driver").is_file() {
            return Ok(State::Present(Found::at(place, "Debian's")));
        }
        return Ok(State::Missing(format!(
            "for the tests: Debian's package {}",
            versions::DEBIAN_CLIPPY
        )));
    }
    Ok(
        match process::answer(process::program("cargo").args(["clippy", "--version"])) {
            Some(version) => State::Present(Found::at("cargo", version)),
            None => State::Missing(
                "for the tests: `rustup component add clippy`, or the system's package".to_owned(),
            ),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_folder_by_version_and_commit() {
        let debian = Debian::read(
            "rustc 1.96.0 (ac68faa20 2026-05-25) (built from a source tarball)\n\
             binary: rustc\n\
             commit-hash: ac68faa20c58cbccd01ee7208bf3b6e93a7d7f96\n\
             commit-date: 2026-05-25\n\
             host: x86_64-unknown-linux-gnu\n\
             release: 1.96.0\n\
             LLVM version: 22.1.8\n",
        );
        let read = debian.map(|debian| (debian.version, debian.host));
        let expected = ("1.96.0-ac68faa20", "x86_64-unknown-linux-gnu");
        assert_eq!(read, Some((expected.0.to_owned(), expected.1.to_owned())));
    }

    #[test]
    fn a_compiler_that_says_nothing_of_itself_is_none_of_ours() {
        assert!(Debian::read("rustc 1.0.0\n").is_none());
    }
}
