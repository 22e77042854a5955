use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    task::Waker,
};

use axum::{extract::connect_info::Connected, serve::IncomingStream};

use super::Listener;
use crate::lock::lock;

/// Resets one connection: the client sees that it broke off.
#[derive(Debug, Clone, Default)]
pub(crate) struct ConnectionHandle(Arc<State>);

#[derive(Debug, Default)]
struct State {
    is_reset: AtomicBool,
    /// Wakes the task that reads from the connection.
    reader: Mutex<Option<Waker>>,
}

impl ConnectionHandle {
    /// Resets the connection. Nothing more is sent on it.
    pub(crate) fn reset(&self) {
        self.0.is_reset.store(true, Ordering::SeqCst);
        if let Some(reader) = lock(&self.0.reader).take() {
            reader.wake();
        }
    }

    /// Whether the connection is to be reset.
    pub(super) fn is_reset(&self) -> bool {
        self.0.is_reset.load(Ordering::SeqCst)
    }

    /// The task to wake when the connection is reset.
    pub(super) fn set_reader(&self, reader: &Waker) {
        *lock(&self.0.reader) = Some(reader.clone());
    }

    /// Whether the connection is still open: another handle is with it.
    pub(super) fn is_in_use(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }
}

impl Connected<IncomingStream<'_, Listener>> for ConnectionHandle {
    fn connect_info(stream: IncomingStream<'_, Listener>) -> Self {
        stream.io().handle.clone()
    }
}
