//! The deployment's connections: one can be reset, and all can be refused, as
//! while a server starts again.

mod connection;
mod connection_handle;
mod connections;
mod listener;

pub(crate) use connection::Connection;
pub(crate) use connection_handle::ConnectionHandle;
pub(crate) use connections::Connections;
pub(crate) use listener::Listener;
