//! The builds that are measured: copies that later builds do not change.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Explain, Result};
use crate::{precompressed, say, workspace};

/// A release build, with compressed copies of its files.
#[derive(Clone, Debug)]
pub(crate) struct Build {
    /// How the results name it.
    pub(crate) name: String,
    /// The folder of the page.
    pub(crate) page: PathBuf,
    /// The folder of the elements' package.
    pub(crate) elements: PathBuf,
}

/// The folder for builds and results.
pub(crate) fn folder() -> PathBuf {
    workspace::target().join("bench")
}

impl Build {
    /// The build of this working tree.
    pub(crate) const THIS: &'static str = "this";

    /// The build of this name, whether it is there or not.
    pub(crate) fn named(name: &str) -> Self {
        let folder = folder().join("builds").join(name);
        Self {
            name: name.to_owned(),
            page: folder.join("page"),
            elements: folder.join("elements"),
        }
    }

    /// Whether it is there. The elements are copied last.
    pub(crate) fn is_complete(&self) -> bool {
        self.elements.join("element.js.br").exists()
    }

    /// Copies a page and a package, and compresses the files.
    pub(crate) fn keep(&self, page: &Path, elements: &Path) -> Result {
        for (from, to) in [(page, &self.page), (elements, &self.elements)] {
            if to.exists() {
                fs::remove_dir_all(to).explain(|| format!("remove {}", say::path(to)))?;
            }
            copy(from, to)?;
            precompressed::write(to)?;
        }
        Ok(())
    }
}

/// Copies a folder.
fn copy(from: &Path, to: &Path) -> Result {
    let explain = || format!("copy {} to {}", say::path(from), say::path(to));
    fs::create_dir_all(to).explain(explain)?;
    for entry in fs::read_dir(from).explain(explain)? {
        let entry = entry.explain(explain)?;
        let target = to.join(entry.file_name());
        if entry.file_type().explain(explain)?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).explain(explain)?;
        }
    }
    Ok(())
}
