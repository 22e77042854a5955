//! The programs of the workspace that run on this machine.

use std::path::PathBuf;
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::failure::{Failure, Result};
use crate::process;

/// Builds the program of a package, which has the package's name, and returns its
/// path. Prints nothing when it is up to date.
pub(crate) fn build(package: &str) -> Result<PathBuf> {
    let mut command = process::program("cargo");
    command
        .args(["build", "--package", package, "--bin", package])
        .args(["--message-format", "json-render-diagnostics"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        // cargo's progress and the compiler's errors go to standard error.
        .stderr(Stdio::inherit());
    let output = command
        .spawn()
        .and_then(Child::wait_with_output)
        .map_err(|error| process::cannot_run("cargo", &error))?;
    if !output.status.success() {
        return Err(Failure::new(format!(
            "`{package}` could not be built: see above"
        )));
    }
    executable(&String::from_utf8_lossy(&output.stdout), package)
        .ok_or_else(|| Failure::new(format!("cargo built `{package}`, but named no program")))
}

/// Finds the built program in cargo's messages, one JSON object for each line.
fn executable(messages: &str, name: &str) -> Option<PathBuf> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact")
        .filter(|message| message["target"]["name"] == name)
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_program_among_cargos_messages() {
        let messages = concat!(
            "{\"reason\":\"compiler-artifact\",\"target\":{\"name\":\"serde\"},\"executable\":null}\n",
            "not json\n",
            "{\"reason\":\"compiler-artifact\",\"target\":{\"name\":\"stand-in\"},\"executable\":\"/t/debug/stand-in\"}\n",
            "{\"reason\":\"build-finished\",\"success\":true}\n",
        );
        let found = executable(messages, "stand-in");
        assert_eq!(found, Some("/t/debug/stand-in".into()));
        assert_eq!(executable(messages, "split"), None);
        let finished = "{\"reason\":\"build-finished\"}";
        assert_eq!(executable(finished, "stand-in"), None);
    }
}
