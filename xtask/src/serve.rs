//! `cargo xtask serve`: the page and the stand-in on one origin.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::args::ServeOptions;
use crate::failure::{Failure, Result};
use crate::page::{self, Profile};
use crate::say;
use crate::setup::{self, Item, Tools};
use crate::stand_in::{self, StandIn};
use crate::watch::{self, Watch};

/// Serves until this program is ended or something fails.
pub(crate) fn run(options: &ServeOptions) -> Result {
    // Errors in the command line are reported before the long steps.
    require_free(options.port)?;
    let program = stand_in::build()?;
    if let Some(scenario) = &options.scenario {
        stand_in::require_scenario(&program, scenario)?;
    }

    let profile = if options.release {
        Profile::Release
    } else {
        Profile::Development
    };
    let needed: &[Item] = match profile {
        Profile::Development => &Item::DEVELOPMENT,
        Profile::Release | Profile::Debuggable => &Item::RELEASE,
    };
    let tools = setup::provide_and_meanwhile(needed, |tools| page::compile_ahead(tools, profile))?;

    // Watches from before the first build, so that no change during it is missed.
    let watch = Watch::begin();
    let folder = page::served_folder(profile);
    page::build(&tools, profile, &folder)?;
    let stand_in = StandIn::start(&program, options.port, &folder, options.scenario.as_deref())?;
    println!("{}", stand_in.url);
    say::progress("serve", "open the address above; Ctrl-C ends it");
    Server {
        options,
        profile,
        tools,
        folder,
        stand_in,
        watch,
    }
    .watch()
}

/// Fails with a helpful sentence when the port is taken.
fn require_free(port: u16) -> Result {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map(drop)
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => Failure::new(format!(
                "port {port} is taken: choose another one with `--port N` (0 takes a free one)"
            )),
            _ => Failure::new(format!(
                "port {port} cannot be used ({error}): choose another one with `--port N`"
            )),
        })
}

/// The page and the stand-in that are being served.
struct Server<'a> {
    options: &'a ServeOptions,
    profile: Profile,
    tools: Tools,
    folder: PathBuf,
    stand_in: StandIn,
    watch: Watch,
}

impl Server<'_> {
    /// Builds again what changed. After a failed build the last good one is served.
    fn watch(mut self) -> Result {
        loop {
            std::thread::sleep(watch::INTERVAL);
            self.stand_in.require_running()?;
            let changes = self.watch.changes();
            if changes.stand_in {
                self = self.renew_stand_in()?;
            }
            if changes.page {
                self.renew_page();
            }
        }
    }

    fn renew_page(&self) {
        let began = Instant::now();
        match page::build(&self.tools, self.profile, &self.folder) {
            Ok(()) => say::progress(
                "serve",
                &format!("built again, {}", say::time(began.elapsed())),
            ),
            Err(failure) => say::progress(
                "serve",
                &format!("{}; the page is still the one before", failure.sentence),
            ),
        }
    }

    /// Builds the stand-in, and starts the new one on the port of the old one.
    fn renew_stand_in(mut self) -> Result<Self> {
        let program = match stand_in::build() {
            Ok(program) => program,
            Err(failure) => {
                say::progress(
                    "serve",
                    &format!("{}; it is still the one before", failure.sentence),
                );
                return Ok(self);
            }
        };
        let port = self.stand_in.port().unwrap_or(self.options.port);
        self.stand_in.end();
        self.stand_in = restart(&program, port, &self.folder, self.options)?;
        say::progress("serve", "the stand-in is a new one, and begins afresh");
        Ok(self)
    }
}

/// Starts the stand-in again, on the same port.
fn restart(program: &Path, port: u16, folder: &Path, options: &ServeOptions) -> Result<StandIn> {
    StandIn::start(program, port, folder, options.scenario.as_deref())
}
