//! The release build of the page, and the stand-in. The first part that needs them
//! builds them.

use std::cell::OnceCell;
use std::path::PathBuf;

use crate::failure::{Failure, Result};
use crate::page::{self, Profile};
use crate::setup::Tools;
use crate::stand_in;

/// The built programs.
pub(super) struct Built {
    /// The folder of the page.
    pub(super) page: PathBuf,
    /// The stand-in's program.
    pub(super) stand_in: PathBuf,
}

/// The build, when it has been tried.
#[derive(Default)]
pub(super) struct WholeProgram(OnceCell<std::result::Result<Built, String>>);

impl WholeProgram {
    /// Builds the program, unless that was already tried.
    pub(super) fn built(&self, tools: &Tools) -> Result<&Built> {
        self.once(|| {
            super::heading("building the page and the stand-in");
            let page = page::served_folder(Profile::Release);
            page::build(tools, Profile::Release, &page)?;
            let stand_in = stand_in::build()?;
            Ok(Built { page, stand_in })
        })
    }

    fn once(&self, build: impl FnOnce() -> Result<Built>) -> Result<&Built> {
        self.0
            .get_or_init(|| build().map_err(|failure| failure.sentence))
            .as_ref()
            .map_err(Failure::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_built_once() {
        let program = WholeProgram::default();
        let built = || Built {
            page: "page".into(),
            stand_in: "stand-in".into(),
        };
        let first = program.once(|| Ok(built())).unwrap();
        assert_eq!(first.page, PathBuf::from("page"));
        let again = program.once(|| panic!("it is built already"));
        assert_eq!(again.unwrap().stand_in, PathBuf::from("stand-in"));
    }

    #[test]
    fn what_could_not_be_built_is_not_tried_again() {
        let program = WholeProgram::default();
        let failed = program.once(|| Err(Failure::new("no page")));
        assert_eq!(failed.err().unwrap().sentence, "no page");
        let again = program.once(|| panic!("it was tried already"));
        assert_eq!(again.err().unwrap().sentence, "no page");
    }
}
