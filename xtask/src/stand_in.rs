//! The stand-in for a Coder deployment, as a child process.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Stdio};

use crate::failure::{Explain, Failure, Result};
use crate::{host_program, process};

/// Builds the stand-in and returns its path. Prints nothing when it is up to date.
pub(crate) fn build() -> Result<PathBuf> {
    host_program::build("stand-in")
}

/// Fails with the stand-in's message when it does not have this scenario. Only the
/// stand-in knows its scenarios and which of them take a number.
pub(crate) fn require_scenario(program: &Path, name: &str) -> Result {
    let output = process::program(program)
        .args(["--check-scenario", name])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| process::cannot_run("stand-in", &error))?;
    if output.status.success() {
        return Ok(());
    }
    let sentence = String::from_utf8_lossy(&output.stderr);
    Err(Failure::usage(sentence.trim()))
}

/// The running stand-in. It ends with this value and with this program, because it
/// watches its standard input.
pub(crate) struct StandIn {
    child: Child,
    /// Its standard input. Closing it ends the stand-in.
    input: Option<ChildStdin>,
    /// The address to open.
    pub(crate) url: String,
}

impl StandIn {
    /// Starts the stand-in, and waits until it listens.
    pub(crate) fn start(
        program: &Path,
        port: u16,
        page: &Path,
        scenario: Option<&str>,
    ) -> Result<Self> {
        let mut command = process::program(program);
        command
            .args(["--port", &port.to_string(), "--exit-with-stdin", "--page"])
            .arg(page)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        if let Some(scenario) = scenario {
            command.args(["--scenario", scenario]);
        }
        let mut child = command
            .spawn()
            .map_err(|error| process::cannot_run("stand-in", &error))?;
        let input = child.stdin.take();
        let mut output = BufReader::new(
            child
                .stdout
                .take()
                .ok_or_else(|| Failure::new("the stand-in has no output"))?,
        );
        let mut url = String::new();
        output
            .read_line(&mut url)
            .explain(|| "read the stand-in's address".to_owned())?;
        if url.trim().is_empty() {
            // The stand-in wrote the reason to standard error, which is ours.
            let status = child
                .wait()
                .explain(|| "wait for the stand-in".to_owned())?;
            return Err(Failure::new(format!(
                "the stand-in did not start ({status})"
            )));
        }
        // Its other output is passed on, so that it never waits for a reader.
        std::thread::spawn(move || {
            for line in output.lines().map_while(std::io::Result::ok) {
                println!("{line}");
            }
        });
        Ok(Self {
            child,
            input,
            url: url.trim().to_owned(),
        })
    }

    /// The port in its address, for its successor.
    pub(crate) fn port(&self) -> Option<u16> {
        let (_, rest) = self.url.split_once("://")?;
        let (authority, _) = rest.split_once('/')?;
        authority.rsplit_once(':')?.1.parse().ok()
    }

    /// Fails when the stand-in ended by itself.
    pub(crate) fn require_running(&mut self) -> Result {
        match self.child.try_wait() {
            Ok(None) => Ok(()),
            Ok(Some(status)) => Err(Failure::new(format!("the stand-in ended ({status})"))),
            Err(error) => Err(Failure::new(format!("the stand-in is lost: {error}"))),
        }
    }

    /// Ends the stand-in, and waits until its port is free.
    pub(crate) fn end(mut self) {
        drop(self.input.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
