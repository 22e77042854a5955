//! The versions that are pinned outside of the lock files.
//!
//! The version of wasm-bindgen is in `Cargo.lock`, because the command line tool
//! must have the crate's version. Those of the npm packages, such as wasm-opt's,
//! are in `package.json`.

/// trunk, which builds the page. 0.22 needs a newer rustc than Debian's.
pub(crate) const TRUNK: &str = "0.21.14";

/// geckodriver, with which the tests drive Firefox. A newer one in PATH works too.
pub(crate) const GECKODRIVER: &str = "0.37.1";

/// cargo-deny, which checks the crates that we depend on. A newer one in PATH works
/// too.
pub(crate) const CARGO_DENY: &str = "0.20.2";

/// How many crates `cargo install` compiles for trunk, and after it for the
/// wasm-bindgen tools. Only the progress lines use this, so a wrong number does no
/// harm.
pub(crate) const TRUNK_CRATES: usize = 368;
/// See [`TRUNK_CRATES`].
pub(crate) const WASM_BINDGEN_CRATES: usize = 138;
/// How many crates it compiles for geckodriver.
pub(crate) const GECKODRIVER_CRATES: usize = 163;
/// How many crates it compiles for cargo-deny.
pub(crate) const CARGO_DENY_CRATES: usize = 141;

/// How much the tools are optimised. They run for moments, but everybody who starts
/// compiles them, and optimising takes twice the time.
pub(crate) const TOOLS_OPT_LEVEL: &str = "0";

/// The crates of wasm-bindgen's tools that are optimised, because they read every
/// byte of the page in every build and of every test program. This costs 15 s once,
/// and saves 1 to 2 s in each build.
pub(crate) const WASM_BINDGEN_OPTIMISED: [&str; 4] = [
    "walrus",
    "wasm-bindgen-cli-support",
    "wasm-encoder",
    "wasmparser",
];

/// The oldest Node.js that all our npm packages support.
pub(crate) const NODE_OLDEST: Version = Version(20, 19, 0);

/// Debian's newer Rust toolchain, the source of its library, and the linker for
/// WebAssembly. They build the target's standard library.
pub(crate) const DEBIAN_RUST: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", LLD];
/// clippy of this toolchain, for the tests.
pub(crate) const DEBIAN_CLIPPY: &str = "rust-web-clippy";
/// Debian's package of the linker …
pub(crate) const LLD: &str = "lld-22";
/// … the program in it that links WebAssembly …
pub(crate) const WASM_LD: &str = "wasm-ld-22";
/// … and the folder with the linker under the name that rustc is given.
pub(crate) const LLD_BINARY: &str = "/usr/lib/llvm-22/bin/lld";

/// Chromium for the tests, its driver, and its headless shell.
pub(crate) const DEBIAN_CHROMIUM: [&str; 3] =
    ["chromium", "chromium-driver", "chromium-headless-shell"];
/// Firefox for the tests. Debian has no driver for it.
pub(crate) const DEBIAN_FIREFOX: &str = "firefox-esr";
/// Fonts for Latin, Hebrew and Arabic script. Without fonts a browser lays text out
/// with no width.
pub(crate) const DEBIAN_FONTS: [&str; 2] = ["fonts-dejavu-core", "fonts-liberation"];

/// A version of three numbers, in the order of age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(pub(crate) u32, pub(crate) u32, pub(crate) u32);

impl Version {
    /// Finds the first version in what a program prints about itself, such as
    /// `v20.19.0`, `trunk 0.21.14` or `Chromium 156.0.8078.79 built on …`.
    pub(crate) fn find(text: &str) -> Option<Self> {
        text.split(|c: char| c.is_whitespace() || c == '+' || c == '-')
            .find_map(|word| {
                let mut numbers = word.trim_start_matches('v').split('.').map(str::parse);
                let major = numbers.next()?.ok()?;
                let minor = numbers.next()?.ok()?;
                let patch = numbers.next().and_then(std::result::Result::ok);
                Some(Self(major, minor, patch.unwrap_or(0)))
            })
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// Reads the locked version of a crate from the text of a `Cargo.lock`.
pub(crate) fn locked<'lock>(lock: &'lock str, name: &str) -> Option<&'lock str> {
    let wanted = format!("name = \"{name}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == wanted)?;
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_versions_in_what_programs_print() {
        for (text, version) in [
            ("v20.19.0", Version(20, 19, 0)),
            ("trunk 0.21.14", Version(0, 21, 14)),
            ("wasm-bindgen 0.2.129\n", Version(0, 2, 129)),
            (
                "Chromium 156.0.8078.79 built on Debian GNU/Linux 12",
                Version(156, 0, 8078),
            ),
            ("Mozilla Firefox 153.7.0esr", Version(153, 7, 0)),
            ("geckodriver 0.37.1 (1a2b3c 2026-01-01)", Version(0, 37, 1)),
            ("rustc 1.96.0-nightly (abc 2026-05-25)", Version(1, 96, 0)),
            ("Version 1.2", Version(1, 2, 0)),
        ] {
            assert_eq!(Version::find(text), Some(version), "{text}");
        }
        assert_eq!(Version::find("no number here, not even 7"), None);
    }

    #[test]
    fn orders_versions_by_number_not_by_text() {
        assert!(Version(20, 9, 0) < Version(20, 19, 0));
        assert!(Version(9, 99, 99) < Version(10, 0, 0));
    }

    #[test]
    fn reads_the_locked_version_of_exactly_the_named_crate() {
        let lock = "[[package]]\nname = \"wasm-bindgen-shared\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\nsource = \"x\"\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked(lock, "wasm"), None);
    }
}
