//! Debian's Rust toolchain, with the wasm32 target added to it in a folder of
//! ours: the target's standard library, built from the source that Debian
//! ships, in a toolchain of links. Nothing is written below `/usr`.

use std::path::{Path, PathBuf};

use super::wasm_target::{TARGET, has_std};
use crate::failure::{Explain, Failure, Result};
use crate::{process, say, versions, workspace};

/// Debian's rustc. rustup's is in front of it in PATH where there are both.
const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const CLIPPY: &str = "/usr/bin/cargo-clippy";
/// Where the package with the library's source puts it.
const SOURCE: &str = "/usr/lib/rustlib/src/rust";
/// Where a toolchain has its libraries, below its root.
const RUSTLIB: &str = "lib/rustlib";

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
        // Asks for files rather than dpkg, which would take as long as all the
        // rest of the survey.
        let files = [RUSTC, CARGO, SOURCE, versions::LLD_BINARY];
        if !files.iter().all(|file| Path::new(file).exists()) {
            return None;
        }
        let says = process::answer(process::program(RUSTC).arg("-vV"))?;
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

/// The folder that is the toolchain, if an earlier run made it for the Debian
/// packages as they are now.
pub(super) fn find() -> Result<Option<PathBuf>> {
    let Some(debian) = Debian::installed() else {
        return Ok(None);
    };
    let folder = debian.folder()?;
    Ok(has_std(&folder.join(RUSTLIB).join(TARGET).join("lib")).then_some(folder))
}

/// clippy of this toolchain, if its package is installed.
pub(super) fn clippy() -> Option<&'static Path> {
    [CLIPPY, "/usr/bin/clippy-driver"]
        .iter()
        .all(|file| Path::new(file).is_file())
        .then_some(Path::new(CLIPPY))
}

/// Builds the standard library and lays the folder out.
pub(super) fn build_std() -> Result {
    let debian = Debian::installed()
        .ok_or_else(|| Failure::new(format!("`{RUSTC} -vV` fails after its installation")))?;
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
    let mut command = process::program(CARGO);
    command
        .args(["build", "--release", "--color", "never", "--target", TARGET])
        .args(["-Z", "build-std=std,panic_abort,proc_macro,test"])
        .current_dir(&source)
        .env("CARGO_TARGET_DIR", source.join("target"))
        .env("RUSTC", RUSTC)
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
            format!("{compiled} of about 27 crates")
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
        link(Path::new(CARGO), &partial.join("bin/cargo"))?;
        let rustlib = Path::new(RUSTLIB);
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
