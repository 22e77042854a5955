//! The programs that are running, and how they end together with this one.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::failure::{Explain, Result};

/// The process groups to end when this program is told to end.
static GROUPS: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// Whether [`end_all`] was called.
static ENDED: AtomicBool = AtomicBool::new(false);

/// Ends all running programs, because this one is about to fail.
pub(crate) fn end_all() {
    ENDED.store(true, Ordering::SeqCst);
    let groups = GROUPS.lock().unwrap_or_else(PoisonError::into_inner);
    for group in groups.iter() {
        end_group(*group);
    }
}

/// Whether [`end_all`] was called.
pub(crate) fn all_ended() -> bool {
    ENDED.load(Ordering::SeqCst)
}

/// A running program and all that it started.
pub(crate) struct ProcessGroup(u32);

impl ProcessGroup {
    /// Registers a program that leads its process group.
    pub(crate) fn register(leader: u32) -> Self {
        GROUPS
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(leader);
        Self(leader)
    }

    /// Ends the whole group.
    pub(crate) fn end(&self) {
        end_group(self.0);
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        GROUPS
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.0);
    }
}

/// Makes a command the leader of a new process group. To end the group also ends
/// the programs that the command started.
pub(crate) fn lead_own(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _ = command;
}

/// Ends a process group. The standard library has no call for it, but every
/// Unix shell has.
fn end_group(leader: u32) {
    if cfg!(unix) {
        let _ = Command::new("sh")
            .args(["-c", &format!("kill -TERM -{leader}")])
            .stderr(Stdio::null())
            .status();
    }
}

/// On Ctrl-C, or when told to end, ends the programs that are running, then
/// this one.
pub(crate) fn end_children_on_signals() -> Result {
    ctrlc::set_handler(|| {
        end_all();
        // What shells say of a program that Ctrl-C ended.
        std::process::exit(130);
    })
    .explain(|| "listen for Ctrl-C".to_owned())
}
