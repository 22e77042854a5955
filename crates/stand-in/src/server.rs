use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use axum::{Router, middleware::from_fn};
use tokio::net::TcpListener;

use crate::{
    coder, control, dashboard, gallery,
    network::{ConnectionHandle, Listener},
    options::Options,
    origins::Origins,
    provider,
    same_site::only_same_site,
    simulation::Simulation,
    start_error::StartError,
};

/// The stand-in with its listening sockets.
#[derive(Debug)]
pub struct StandIn {
    deployment: TcpListener,
    /// The deployment's port of `::1`, which some programs try first for
    /// `localhost`; none on a machine without IPv6.
    deployment_by_ipv6: Option<TcpListener>,
    provider: TcpListener,
    simulation: Arc<Simulation>,
}

impl StandIn {
    /// Opens the ports of the two origins. Connections wait until [`Self::serve`].
    ///
    /// # Errors
    ///
    /// When the port is taken, or the files of the page or of the elements are
    /// missing.
    pub async fn bind(options: &Options) -> Result<Self, StartError> {
        if !options.page.join("index.html").is_file() {
            return Err(StartError::NoPage(options.page.clone()));
        }
        if let Some(folder) = &options.embed
            && !folder.join("element.js").is_file()
        {
            return Err(StartError::NoElements(folder.clone()));
        }
        let (deployment, deployment_by_ipv6) = listen_for_localhost(options.port).await?;
        let provider = listen(Ipv4Addr::LOCALHOST, 0).await?;
        let origins = Origins {
            deployment: origin_of(&deployment)?,
            provider: origin_of(&provider)?,
        };
        let simulation = Arc::new(Simulation::new(origins, options));
        Ok(Self {
            deployment,
            deployment_by_ipv6,
            provider,
            simulation,
        })
    }

    /// The URL to open in a browser: of the page, or of the gallery.
    #[must_use]
    pub fn first_url(&self) -> String {
        let path = if self.simulation.scenario().opens_gallery() {
            gallery::PATH
        } else {
            "/accounts/"
        };
        format!("{}{path}", self.simulation.coder.access_url())
    }

    /// Serves both origins until the program ends.
    ///
    /// # Errors
    ///
    /// When a listener fails permanently.
    pub async fn serve(self) -> io::Result<()> {
        // The deployment cannot be asked while it refuses connections.
        let provider = provider::router(Arc::clone(&self.simulation.providers))
            .merge(control::router(Arc::clone(&self.simulation)))
            .layer(from_fn(only_same_site));
        let coder = &self.simulation.coder;
        let others = Router::new()
            .merge(control::router(Arc::clone(&self.simulation)))
            .merge(gallery::router(Arc::clone(coder)))
            .merge(dashboard::router(Arc::clone(coder)));
        let deployment = coder::router(Arc::clone(coder), others)
            .layer(from_fn(only_same_site))
            .into_make_service_with_connect_info::<ConnectionHandle>();
        let serve_deployment = async |port| {
            let connections = Arc::clone(&self.simulation.environment.connections);
            let listener = Listener::new(port, connections)?;
            axum::serve(listener, deployment.clone()).await
        };
        let by_ipv6 = async {
            match self.deployment_by_ipv6 {
                Some(port) => serve_deployment(port).await,
                None => Ok(()),
            }
        };
        tokio::try_join!(serve_deployment(self.deployment), by_ipv6, async {
            axum::serve(self.provider, provider).await
        },)?;
        Ok(())
    }
}

/// The most free ports of 127.0.0.1 to try until one is free at `::1` too.
const TRIES: usize = 20;

/// Opens a port at both addresses of `localhost`; 0 takes a free one.
///
/// Another program at `::1` would receive requests for this one.
async fn listen_for_localhost(port: u16) -> Result<(TcpListener, Option<TcpListener>), StartError> {
    let mut tries = if port == 0 { TRIES } else { 1 };
    loop {
        let by_ipv4 = listen(Ipv4Addr::LOCALHOST, port).await?;
        let taken = address_of(&by_ipv4)?.port();
        tries -= 1;
        match listen(Ipv6Addr::LOCALHOST, taken).await {
            Ok(by_ipv6) => return Ok((by_ipv4, Some(by_ipv6))),
            Err(StartError::Port(_, error)) if error.kind() != io::ErrorKind::AddrInUse => {
                return Ok((by_ipv4, None));
            }
            Err(error) if tries == 0 => return Err(error),
            Err(_) => {}
        }
    }
}

async fn listen(address: impl Into<IpAddr>, port: u16) -> Result<TcpListener, StartError> {
    let address = SocketAddr::new(address.into(), port);
    TcpListener::bind(address)
        .await
        .map_err(|error| StartError::Port(address, error))
}

fn origin_of(listener: &TcpListener) -> Result<String, StartError> {
    Ok(format!("http://{}", address_of(listener)?))
}

fn address_of(listener: &TcpListener) -> Result<SocketAddr, StartError> {
    let unknown = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    listener
        .local_addr()
        .map_err(|error| StartError::Port(unknown, error))
}
