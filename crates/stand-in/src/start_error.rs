use std::{io, net::SocketAddr, path::PathBuf};

/// Why the stand-in cannot start, as one sentence.
#[derive(Debug)]
pub enum StartError {
    /// The port of a loopback address cannot be used.
    Port(SocketAddr, io::Error),
    /// The folder has no `index.html`.
    NoPage(PathBuf),
    /// The folder has no `element.js`.
    NoElements(PathBuf),
}

impl std::fmt::Display for StartError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Port(address, error) if error.kind() == io::ErrorKind::AddrInUse => {
                write!(
                    formatter,
                    "Port {} of {} is taken: choose another with --port, or 0 for a free one.",
                    address.port(),
                    address.ip()
                )
            }
            Self::Port(address, error) => {
                write!(
                    formatter,
                    "Port {} of {} cannot be used: {error}.",
                    address.port(),
                    address.ip()
                )
            }
            Self::NoPage(folder) => {
                write!(
                    formatter,
                    "There is no index.html in {}: build the page first.",
                    folder.display()
                )
            }
            Self::NoElements(folder) => {
                write!(
                    formatter,
                    "There is no element.js in {}: build the package first.",
                    folder.display()
                )
            }
        }
    }
}

impl std::error::Error for StartError {}
