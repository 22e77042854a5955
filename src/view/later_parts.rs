use super::commands::COMMANDS;
use crate::chunk::{Chunk, ChunkStatus};
use crate::platform::when_idle;
use crate::session::BACKGROUND;

/// Fetches the later parts of the program when the browser is idle. To be called
/// when the rows are on the page, so that no click waits for the network.
pub(crate) fn fetch_later_parts_when_idle() {
    when_idle(fetch_later_parts);
}

/// Fetches the later parts of the program now.
pub(crate) fn fetch_later_parts() {
    Chunk::load(&BACKGROUND);
    Chunk::load(&COMMANDS);
}

/// Whether the later parts of the program are there. A reader runs again when this
/// changes.
pub(crate) fn later_parts_status() -> ChunkStatus {
    Chunk::status(&BACKGROUND).and(Chunk::status(&COMMANDS))
}

/// Runs a closure as soon as the later parts of the program are there.
pub(crate) fn when_later_parts_are_ready(run: impl FnOnce() + 'static) {
    Chunk::when_ready(&COMMANDS, |_| run());
}
