use std::{io, net::Ipv4Addr, path::PathBuf, sync::Arc};

use axum::Router;
use tokio::net::TcpListener;

use crate::{
    Options, coder, provider,
    state::{Origins, Shared},
};

/// The stand-in, listening.
#[derive(Debug)]
pub struct StandIn {
    deployment: TcpListener,
    provider: TcpListener,
    shared: Arc<Shared>,
}

/// Why the stand-in cannot start, in one sentence.
#[derive(Debug)]
pub enum StartError {
    /// The port is not to be had.
    Port(u16, io::Error),
    /// The folder holds no `index.html`.
    NoPage(PathBuf),
    /// The folder holds no `element.js`.
    NoElements(PathBuf),
}

impl std::fmt::Display for StartError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Port(port, error) if error.kind() == io::ErrorKind::AddrInUse => {
                write!(
                    formatter,
                    "Port {port} of 127.0.0.1 is taken: choose another with --port, or 0 for a free one."
                )
            }
            Self::Port(port, error) => {
                write!(
                    formatter,
                    "Port {port} of 127.0.0.1 cannot be used: {error}."
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

impl StandIn {
    /// Takes the two ports. From here on connections wait to be served.
    ///
    /// # Errors
    ///
    /// When the port is taken, or the page or the elements are not there.
    pub async fn bind(options: &Options) -> Result<Self, StartError> {
        if !options.page.join("index.html").is_file() {
            return Err(StartError::NoPage(options.page.clone()));
        }
        if let Some(folder) = &options.embed
            && !folder.join("element.js").is_file()
        {
            return Err(StartError::NoElements(folder.clone()));
        }
        let (deployment, deployment_origin) = listen(options.port).await?;
        let (provider, provider_origin) = listen(0).await?;
        let origins = Origins {
            deployment: deployment_origin,
            provider: provider_origin,
        };
        let shared = Arc::new(Shared::new(origins, options));
        Ok(Self {
            deployment,
            provider,
            shared,
        })
    }

    /// The address to open in a browser: of the page, or of the gallery.
    #[must_use]
    pub fn first_url(&self) -> String {
        let path = self.shared.scenario().first_path();
        format!("{}{path}", self.shared.origins.deployment)
    }

    /// Serves both origins until the program ends.
    ///
    /// # Errors
    ///
    /// When a listener fails for good.
    pub async fn serve(self) -> io::Result<()> {
        let provider: Router = provider::router(Arc::clone(&self.shared));
        let deployment = coder::router(self.shared, provider.clone());
        tokio::try_join!(
            async { axum::serve(self.deployment, deployment).await },
            async { axum::serve(self.provider, provider).await },
        )?;
        Ok(())
    }
}

/// A port of 127.0.0.1 and the origin that it makes.
async fn listen(port: u16) -> Result<(TcpListener, String), StartError> {
    let failed = |error| StartError::Port(port, error);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, format!("http://{address}")))
}
