//! A lock, so that only one installation runs at a time.

use std::fs::{File, TryLockError};

use crate::failure::{Explain, Failure, Result};
use crate::{say, workspace};

/// Waits until no other `cargo xtask` of this user installs anything. The lock ends
/// with the value, or with the program.
pub(super) fn take() -> Result<File> {
    let folder = workspace::tools()?;
    std::fs::create_dir_all(&folder).explain(|| format!("make {}", say::path(&folder)))?;
    let path = folder.join("lock");
    let file = File::create(&path).explain(|| format!("write {}", say::path(&path)))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let step = say::Step::begin("setup", "another `cargo xtask` installs: waiting for it");
            file.lock()
                .explain(|| format!("lock {}", say::path(&path)))?;
            step.done("it is done");
            Ok(file)
        }
        Err(TryLockError::Error(error)) => Err(Failure::new(format!(
            "could not lock {}: {error}",
            say::path(&path)
        ))),
    }
}
