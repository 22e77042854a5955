use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{
    Options,
    clock::Clock,
    coder::Deployment,
    fault::Faults,
    provider::Directory,
    request_log::RequestLog,
    scenario::{Scenario, Seed},
};

/// The two origins, without a slash at the end.
#[derive(Debug, Clone)]
pub(crate) struct Origins {
    /// Coder: the API, its pages, and our page below `/accounts/`.
    pub(crate) deployment: String,
    /// All OAuth 2.0 providers, each below a path of its own.
    pub(crate) provider: String,
}

/// All there is, in memory.
///
/// The two halves have a lock each. Neither half's handlers take the other's
/// lock: Coder knows a provider's state only by asking. The control routes
/// take both, the deployment's first.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) clock: Clock,
    pub(crate) origins: Origins,
    /// The folder of the page, read anew for each request.
    pub(crate) page: PathBuf,
    /// The folder of the custom elements, if there is one; read likewise.
    pub(crate) embed: Option<PathBuf>,
    pub(crate) faults: Faults,
    pub(crate) log: RequestLog,
    /// What the stand-in was started with, and goes back to.
    first_scenario: Scenario,
    scenario: Mutex<Scenario>,
    deployment: Mutex<Deployment>,
    directory: Mutex<Directory>,
}

impl Shared {
    /// Everything as the scenario seeds it.
    pub(crate) fn new(origins: Origins, options: &Options) -> Self {
        let scenario = options.scenario;
        let shared = Self {
            clock: Clock::default(),
            origins,
            page: options.page.clone(),
            embed: options.embed.clone(),
            faults: Faults::default(),
            log: RequestLog::default(),
            first_scenario: scenario,
            scenario: Mutex::new(scenario),
            deployment: Mutex::default(),
            directory: Mutex::default(),
        };
        shared.reset(None);
        shared
    }

    /// Seeds everything anew; by default as at the start.
    pub(crate) fn reset(&self, scenario: Option<Scenario>) {
        let scenario = scenario.unwrap_or(self.first_scenario);
        self.clock.reset();
        self.faults.clear();
        self.log.clear();
        let mut seed = Seed::new(self.clock.now(), self.origins.clone());
        scenario.apply(&mut seed);
        *lock(&self.scenario) = scenario;
        *self.deployment() = seed.deployment;
        *self.directory() = seed.directory;
        for fault in seed.faults {
            // A scenario's own fault that cannot be armed shows in its test.
            let _ = self.faults.arm(fault);
        }
    }

    /// The scenario that was seeded last.
    pub(crate) fn scenario(&self) -> Scenario {
        *lock(&self.scenario)
    }

    /// The Coder half.
    pub(crate) fn deployment(&self) -> MutexGuard<'_, Deployment> {
        lock(&self.deployment)
    }

    /// The provider half.
    pub(crate) fn directory(&self) -> MutexGuard<'_, Directory> {
        lock(&self.directory)
    }
}

/// A handler that panicked leaves data that is still whole enough to look at.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
