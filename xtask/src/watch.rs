//! Notices changes of source files.
//!
//! This asks for the files' times twice a second, which is a few hundred calls and
//! takes about a millisecond. A library for the systems' notifications would be
//! compiled by everybody, and notifications do not work on shared folders of
//! virtual machines and containers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::workspace;

/// The interval between two looks at the files.
pub(crate) const INTERVAL: Duration = Duration::from_millis(500);

/// The sources of the page.
const PAGE: [&str; 8] = [
    "src",
    "crates/core",
    "style",
    "public",
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
];
/// The sources of the stand-in.
const STAND_IN: [&str; 3] = ["crates/stand-in", "crates/core", "Cargo.lock"];

/// What must be built again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// The page.
    pub(crate) page: bool,
    /// The stand-in.
    pub(crate) stand_in: bool,
}

impl Changes {
    /// Whether anything must be built.
    pub(crate) fn any(self) -> bool {
        self.page || self.stand_in
    }
}

/// The state of all watched files at one moment.
type Snapshot = BTreeMap<PathBuf, (SystemTime, u64)>;

/// Compares the watched files with their state at the last call.
pub(crate) struct Watch {
    root: PathBuf,
    page: Snapshot,
    stand_in: Snapshot,
}

impl Watch {
    /// Starts with the files as they are.
    pub(crate) fn begin() -> Self {
        Self::of(workspace::root())
    }

    fn of(root: PathBuf) -> Self {
        Self {
            page: snapshot(&root, &PAGE),
            stand_in: snapshot(&root, &STAND_IN),
            root,
        }
    }

    /// What changed since the last call. An editor may save several files, so this
    /// waits until nothing changes for one interval.
    pub(crate) fn changes(&mut self) -> Changes {
        let mut changes = self.look();
        while changes.any() {
            std::thread::sleep(INTERVAL);
            let more = self.look();
            if !more.any() {
                break;
            }
            changes.page |= more.page;
            changes.stand_in |= more.stand_in;
        }
        changes
    }

    fn look(&mut self) -> Changes {
        let page = snapshot(&self.root, &PAGE);
        let stand_in = snapshot(&self.root, &STAND_IN);
        let changes = Changes {
            page: page != self.page,
            stand_in: stand_in != self.stand_in,
        };
        self.page = page;
        self.stand_in = stand_in;
        changes
    }
}

fn snapshot(root: &Path, watched: &[&str]) -> Snapshot {
    let mut files = Snapshot::new();
    for path in watched {
        add(&root.join(path), &mut files);
    }
    files
}

/// Adds a file, or all files in a folder. A file that cannot be read counts as
/// absent: it may just have been removed.
fn add(path: &Path, files: &mut Snapshot) {
    let Ok(about) = std::fs::metadata(path) else {
        return;
    };
    if about.is_dir() {
        for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
            add(&entry.path(), files);
        }
    } else if let Ok(modified) = about.modified() {
        files.insert(path.to_path_buf(), (modified, about.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder for one test, removed at its end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> std::io::Result<Self> {
            let path = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
            std::fs::create_dir_all(path.join("src/deep"))?;
            std::fs::create_dir_all(path.join("crates/core"))?;
            std::fs::create_dir_all(path.join("crates/stand-in"))?;
            Ok(Self(path))
        }

        fn write(&self, name: &str, text: &str) -> std::io::Result<()> {
            std::fs::write(self.0.join(name), text)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn tells_what_has_to_be_built_again() -> std::io::Result<()> {
        let folder = Folder::new("watch")?;
        folder.write("src/deep/a.rs", "1")?;
        let mut watch = Watch::of(folder.0.clone());
        let expect = |page, stand_in| Changes { page, stand_in };

        assert_eq!(watch.look(), expect(false, false), "nothing happened");
        folder.write("src/deep/a.rs", "longer")?;
        assert_eq!(
            watch.look(),
            expect(true, false),
            "a file of the page changed"
        );
        assert_eq!(watch.look(), expect(false, false), "and is known now");
        folder.write("crates/stand-in/b.rs", "1")?;
        assert_eq!(
            watch.look(),
            expect(false, true),
            "a file of the stand-in appeared"
        );
        folder.write("crates/core/c.rs", "1")?;
        assert_eq!(watch.look(), expect(true, true), "both are built from core");
        std::fs::remove_file(folder.0.join("src/deep/a.rs"))?;
        assert_eq!(watch.look(), expect(true, false), "a file is gone");
        folder.write("README.md", "1")?;
        assert_eq!(watch.look(), expect(false, false), "not a source file");
        Ok(())
    }
}
