use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::serve;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    time::sleep,
};

use super::Connection;
use crate::environment::Environment;

/// After a failure of the machine, such as too many open files.
const PAUSE: Duration = Duration::from_millis(50);

/// A port of the deployment. It is closed while connections are refused.
#[derive(Debug)]
pub(crate) struct Listener {
    address: SocketAddr,
    /// None while connections are refused.
    open: Option<TcpListener>,
    accepted: watch::Receiver<bool>,
    environment: Arc<Environment>,
}

impl Listener {
    /// Accepts the connections to this port.
    ///
    /// # Errors
    ///
    /// When the port has no address.
    pub(crate) fn new(port: TcpListener, environment: Arc<Environment>) -> io::Result<Self> {
        Ok(Self {
            address: port.local_addr()?,
            open: Some(port),
            accepted: environment.connections.accepted(),
            environment,
        })
    }

    /// The next connection. None when whether connections are accepted has changed,
    /// or the port cannot be used now.
    async fn next(&mut self) -> Option<(TcpStream, SocketAddr)> {
        if !*self.accepted.borrow_and_update() {
            self.open = None;
            // The sender is in the environment, which this keeps.
            let _ = self.accepted.changed().await;
            return None;
        }
        let next = async {
            let port = match self.open.take() {
                Some(port) => port,
                None => TcpListener::bind(self.address).await?,
            };
            self.open.insert(port).accept().await
        };
        let accepted = tokio::select! {
            accepted = next => accepted,
            _ = self.accepted.changed() => return None,
        };
        if accepted.is_err() {
            sleep(PAUSE).await;
        }
        accepted.ok()
    }
}

impl serve::Listener for Listener {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            if let Some((stream, client)) = self.next().await {
                let connection = Connection::new(stream);
                let handle = connection.handle.clone();
                self.environment.connections.opened(handle);
                return (connection, client);
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}
