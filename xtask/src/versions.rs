//! What is pinned outside the lock files.
//!
//! The version of wasm-bindgen is in `Cargo.lock` (the command line tool must
//! equal the crate), those of the npm packages, wasm-opt's among them, in
//! `package.json`.

/// trunk, which builds the page. 0.22 wants a newer rustc than Debian's.
pub(crate) const TRUNK: &str = "0.21.14";

/// geckodriver, by which the tests drive Firefox. A newer one in PATH will do.
pub(crate) const GECKODRIVER: &str = "0.37.1";

/// How many crates `cargo install` compiles for trunk, and for the wasm-bindgen
/// tools after it. For the progress lines alone: a wrong number does no harm.
pub(crate) const TRUNK_CRATES: usize = 368;
/// See [`TRUNK_CRATES`].
pub(crate) const WASM_BINDGEN_CRATES: usize = 138;
/// Those of geckodriver.
pub(crate) const GECKODRIVER_CRATES: usize = 163;

/// How far the tools are optimised. They run for moments, but are compiled by
/// everybody who starts: optimised at all, that takes twice the time.
pub(crate) const TOOLS_OPT_LEVEL: &str = "0";

/// What of wasm-bindgen's tools is optimised all the same: the crates that go
/// through every byte of the page, at every build, and of every test program.
/// It takes 15 s more here, and each build 1 to 2 s less.
pub(crate) const WASM_BINDGEN_OPTIMISED: [&str; 4] = [
    "walrus",
    "wasm-bindgen-cli-support",
    "wasm-encoder",
    "wasmparser",
];

/// The oldest Node.js that every npm package of ours supports.
pub(crate) const NODE_OLDEST: Version = Version(20, 19, 0);

/// Debian's newer Rust toolchain, its library's source, and the linker for
/// WebAssembly: what it takes to build the target's standard library.
pub(crate) const DEBIAN_RUST: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", LLD];
/// clippy of the same toolchain, which the tests need in addition.
pub(crate) const DEBIAN_CLIPPY: &str = "rust-web-clippy";
/// Debian's package of the linker …
pub(crate) const LLD: &str = "lld-22";
/// … the program in it that links WebAssembly …
pub(crate) const WASM_LD: &str = "wasm-ld-22";
/// … and the folder with the linker under the name that rustc is given.
pub(crate) const LLD_BINARY: &str = "/usr/lib/llvm-22/bin/lld";

/// The browser for the tests, its driver, and the same browser without windows.
pub(crate) const DEBIAN_CHROMIUM: [&str; 3] =
    ["chromium", "chromium-driver", "chromium-headless-shell"];
/// The other one. Debian has no driver for it.
pub(crate) const DEBIAN_FIREFOX: &str = "firefox-esr";
/// Fonts for Latin, Hebrew and Arabic script: a browser without fonts lays
/// text out with no width.
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
