//! Progress and tables for the person who runs a task.
//!
//! Progress is a line on standard error now and then, never a moving bar. It reads
//! the same in a terminal, in a log file and in a screen reader.

use std::path::Path;
use std::time::{Duration, Instant};

/// Prints one line of progress: its subject, then the progress.
pub(crate) fn progress(who: &str, what: &str) {
    eprintln!("{who:>20}  {what}");
}

/// A step of a task, which reports its start and how long it took.
#[must_use = "the time is printed by `done`"]
pub(crate) struct Step {
    who: String,
    began: Instant,
}

impl Step {
    /// Prints that the step starts.
    pub(crate) fn begin(who: impl Into<String>, what: &str) -> Self {
        let who = who.into();
        progress(&who, what);
        Self {
            who,
            began: Instant::now(),
        }
    }

    /// Prints the progress of the step.
    pub(crate) fn going_on(&self, what: &str) {
        progress(
            &self.who,
            &format!("{what}, {}", time(self.began.elapsed())),
        );
    }

    /// Prints that the step is done.
    pub(crate) fn done(self, what: &str) {
        progress(
            &self.who,
            &format!("{what}, {}", time(self.began.elapsed())),
        );
    }
}

/// A duration for people: `0.4 s`, `42 s`, `3 min 05 s`.
pub(crate) fn time(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 10 {
        format!("{:.1} s", duration.as_secs_f64())
    } else if seconds < 60 {
        format!("{seconds} s")
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// A path as a person writes it: relative to the home folder or the current folder.
pub(crate) fn path(path: &Path) -> String {
    let relative = std::env::current_dir()
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf));
    if let Some(relative) = relative {
        return relative.display().to_string();
    }
    std::env::home_dir()
        .and_then(|home| path.strip_prefix(home).ok().map(Path::to_path_buf))
        .map_or_else(
            || path.display().to_string(),
            |rest| format!("~/{}", rest.display()),
        )
}

/// Prints a table. Each column is as wide as its widest cell, except the last one.
pub(crate) fn table(rows: &[Vec<String>], right_aligned: &[usize]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    for row in rows {
        let line: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(column, (cell, width))| {
                if right_aligned.contains(&column) {
                    format!("{cell:>width$}")
                } else {
                    format!("{cell:<width$}")
                }
            })
            .collect();
        println!("{}", line.join("  ").trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_times_as_people_do() {
        for (millis, text) in [
            (0, "0.0 s"),
            (1_440, "1.4 s"),
            (42_900, "42 s"),
            (185_000, "3 min 05 s"),
        ] {
            assert_eq!(time(Duration::from_millis(millis)), text);
        }
    }
}
