//! Running other programs.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::failure::{Explain, Failure, Result};
use crate::process_group::{self, ProcessGroup};
use crate::{say, workspace};

/// A command that runs in the repository's folder.
///
/// `cargo run` sets variables about the package that it runs. Programs below it
/// must not take them for their own, so those variables are removed.
pub(crate) fn program(name: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(workspace::root());
    for (variable, _) in std::env::vars_os() {
        let told_by_cargo = variable.to_str().is_some_and(|name| {
            name == "CARGO" || name.starts_with("CARGO_MANIFEST_") || name.starts_with("CARGO_PKG_")
        });
        if told_by_cargo {
            command.env_remove(variable);
        }
    }
    command
}

/// The standard output of a program, if it succeeds.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// An event while a program runs.
pub(crate) enum Event<'a> {
    /// The program printed a line, to standard output or standard error.
    Line(&'a str),
    /// About a second passed.
    Tick,
}

/// How long the output of a program may stay open after its end, because of
/// programs that it started and did not end.
const LEFTOVERS: Duration = Duration::from_secs(2);

/// Runs a program in a new process group until it ends, and passes on each line of
/// its output. Standard input is closed.
///
/// A program that runs for longer than `limit` is ended.
pub(crate) fn follow(
    mut command: Command,
    limit: Option<Duration>,
    mut sink: impl FnMut(Event<'_>),
) -> io::Result<ExitStatus> {
    let (reader, writer) = io::pipe()?;
    command
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer);
    process_group::lead_own(&mut command);
    let mut child = command.spawn()?;
    // The command holds the writing end of the pipe, which would never close.
    drop(command);
    let group = ProcessGroup::register(child.id());

    let (lines, received) = mpsc::channel();
    // The thread ends with the output, or when nobody receives it any more.
    std::thread::spawn(move || {
        for line in BufReader::new(reader)
            .split(b'\n')
            .map_while(io::Result::ok)
        {
            if lines.send(line).is_err() {
                break;
            }
        }
    });

    let began = Instant::now();
    let mut ended: Option<(ExitStatus, Instant)> = None;
    let mut ticked = Instant::now();
    loop {
        let silent = match received.recv_timeout(Duration::from_millis(100)) {
            Ok(line) => {
                sink(Event::Line(&String::from_utf8_lossy(&line)));
                false
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => true,
        };
        if ticked.elapsed() >= Duration::from_secs(1) {
            ticked = Instant::now();
            sink(Event::Tick);
        }
        match ended {
            None => {
                if let Some(status) = child.try_wait()? {
                    ended = Some((status, Instant::now()));
                } else if limit.is_some_and(|limit| began.elapsed() > limit) {
                    group.end();
                }
            }
            Some((_, when)) if silent && when.elapsed() > LEFTOVERS => {
                group.end();
                break;
            }
            Some(_) => {}
        }
    }
    ended.map_or_else(|| child.wait(), |(status, _)| Ok(status))
}

/// How often a long installation reports its progress.
const PROGRESS_EVERY: Duration = Duration::from_secs(20);
/// How many lines of a failed installation's output are shown.
const TAIL: usize = 20;

/// Runs a program whose output goes to a log file, and reports progress now and
/// then. When the program fails, the end of the log is shown.
///
/// `progress` gets every line and returns the progress to show.
pub(crate) fn logged(
    command: Command,
    log: &Path,
    step: &say::Step,
    progress: impl FnMut(&str) -> Option<String>,
) -> Result {
    logged_quietly(command, log, step, progress).inspect_err(|failure| {
        if !failure.sentence.is_empty() {
            show_end_of(log);
        }
    })
}

/// Like [`logged`], but does not show the end of the log.
pub(crate) fn logged_quietly(
    command: Command,
    log: &Path,
    step: &say::Step,
    mut progress: impl FnMut(&str) -> Option<String>,
) -> Result {
    if let Some(folder) = log.parent() {
        std::fs::create_dir_all(folder).explain(|| format!("make {}", say::path(folder)))?;
    }
    let mut file = File::create(log).explain(|| format!("write {}", say::path(log)))?;
    if process_group::all_ended() {
        return Err(Failure::reported());
    }
    let name = command.get_program().to_string_lossy().into_owned();
    let mut latest = None;
    let mut said = Instant::now();
    let status = follow(command, None, |event| match event {
        Event::Line(line) => {
            // A log that cannot be written must not end the installation.
            let _ = writeln!(file, "{line}");
            latest = progress(line).or(latest.take());
        }
        Event::Tick => {
            if said.elapsed() >= PROGRESS_EVERY {
                said = Instant::now();
                step.going_on(latest.as_deref().unwrap_or("working"));
            }
        }
    })
    .map_err(|error| cannot_run(&name, &error))?;
    if status.success() {
        Ok(())
    } else if process_group::all_ended() {
        // It was ended because something else failed, and that failure is reported.
        Err(Failure::reported())
    } else {
        Err(Failure::new(format!(
            "`{name}` failed ({status}); its whole output is in {}",
            say::path(log)
        )))
    }
}

/// Shows the last lines of a log.
fn show_end_of(log: &Path) {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    for line in lines.iter().skip(lines.len().saturating_sub(TAIL)) {
        eprintln!("    {line}");
    }
}

/// Runs a program and shows its output as it comes.
pub(crate) fn shown(command: Command, mut line: impl FnMut(&str)) -> Result<ExitStatus> {
    let name = command.get_program().to_string_lossy().into_owned();
    follow(command, None, |event| {
        if let Event::Line(text) = event {
            println!("{text}");
            line(&without_colours(text));
        }
    })
    .map_err(|error| cannot_run(&name, &error))
}

/// The sentence for a program that could not be started.
pub(crate) fn cannot_run(name: &str, error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::NotFound {
        Failure::new(format!(
            "`{name}` is not there: is it installed, and in PATH?"
        ))
    } else {
        Failure::new(format!("`{name}` could not be run: {error}"))
    }
}

/// Removes the escape sequences that colour a terminal's text.
pub(crate) fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = escape
            .split_once(|c: char| c.is_ascii_alphabetic())
            .map_or("", |(_, after)| after);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_colours_and_nothing_else() {
        assert_eq!(
            without_colours("test result: \u{1b}[32mok\u{1b}[0m. [3] passed"),
            "test result: ok. [3] passed"
        );
        assert_eq!(without_colours("plain [m"), "plain [m");
        assert_eq!(without_colours("cut \u{1b}[3"), "cut ");
    }
}
