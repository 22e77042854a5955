//! The steps of a release that read WebAssembly. `cargo xtask` calls this program:
//!
//! ```text
//! split program INPUT FOLDER           splits INPUT, which cargo has linked with relocations
//! split names OUT [--keep] MODULE...   lists the names of the modules' functions in OUT, and
//!                                      removes them from the modules unless they are to be kept
//! ```

mod names;
mod program;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

/// What went wrong, as a sentence.
type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[OsString]) -> Result<(), Failure> {
    match arguments {
        [task, input, folder] if task == "program" => {
            program::split(Path::new(input), Path::new(folder))
        }
        [task, out, keep, modules @ ..] if task == "names" && keep == "--keep" => {
            names::list(Path::new(out), modules, true)
        }
        [task, out, modules @ ..] if task == "names" => names::list(Path::new(out), modules, false),
        _ => Err("`split program INPUT FOLDER` or `split names OUT [--keep] MODULE...`".into()),
    }
}
