//! Splits the program at the functions that are marked with `wasm_split`.

use std::fs;
use std::path::Path;

use serde_json::json;
use wasm_split_cli_support::{Options, transform};

use crate::Failure;

/// Writes into `folder`: the first part as `app.wasm`, which is the input of
/// wasm-bindgen; the later parts; and `parts.json`, which lists the files of each
/// part. The `__wasm_split.js` that is written too is replaced by our own loader:
/// `xtask/load-parts.js`.
pub(crate) fn split(input: &Path, folder: &Path) -> Result<(), Failure> {
    let program = fs::read(input)?;
    let first = folder.join("app.wasm");
    let mut options = Options::new(&program);
    options.output_dir = folder;
    options.main_out_path = &first;
    let parts = transform(options).map_err(|report| format!("{report:#}"))?;
    fs::write(
        folder.join("parts.json"),
        json!(parts.prefetch_map).to_string(),
    )?;
    Ok(())
}
