use std::sync::Mutex;

use tokio::sync::watch;

use super::ConnectionHandle;
use crate::lock::lock;

/// Whether the deployment accepts connections, and those that are open.
#[derive(Debug)]
pub(crate) struct Connections {
    accepted: watch::Sender<bool>,
    open: Mutex<Vec<ConnectionHandle>>,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            accepted: watch::Sender::new(true),
            open: Mutex::default(),
        }
    }
}

impl Connections {
    /// Refuses new connections and resets the open ones, as a server that has
    /// ended; or accepts them again.
    pub(crate) fn accept(&self, accepted: bool) {
        self.accepted.send_replace(accepted);
        if !accepted {
            for connection in lock(&self.open).drain(..) {
                connection.reset();
            }
        }
    }

    /// Whether connections are accepted now, and when that changes.
    pub(super) fn accepted(&self) -> watch::Receiver<bool> {
        self.accepted.subscribe()
    }

    /// Keeps the handle of a connection until it has ended. One that came in while
    /// the port was being closed is reset.
    pub(super) fn opened(&self, connection: ConnectionHandle) {
        let mut open = lock(&self.open);
        if !*self.accepted.borrow() {
            return connection.reset();
        }
        open.retain(ConnectionHandle::is_in_use);
        open.push(connection);
    }
}
