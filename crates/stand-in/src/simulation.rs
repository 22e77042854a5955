use std::sync::{Arc, Mutex};

use crate::{
    coder::{Coder, ProviderClient},
    environment::Environment,
    lock::lock,
    options::Options,
    origins::Origins,
    provider::{self, Providers},
    scenario::{Scenario, Seed},
};

/// The deployment and its providers, as a scenario seeded them.
///
/// Each of the two has its own state and its own lock. The deployment knows a
/// provider only by what it answers. The control routes see both; where they
/// need both locks, they take that of the deployment first.
#[derive(Debug)]
pub(crate) struct Simulation {
    pub(crate) environment: Arc<Environment>,
    pub(crate) coder: Arc<Coder>,
    pub(crate) providers: Arc<Providers>,
    /// The scenario at the start, which is the default of a reset.
    first_scenario: Scenario,
    scenario: Mutex<Scenario>,
}

impl Simulation {
    /// Everything as the scenario of the options seeds it.
    pub(crate) fn new(origins: Origins, options: &Options) -> Self {
        let environment = Arc::new(Environment::new(origins));
        let providers = Arc::new(Providers::new(Arc::clone(&environment)));
        let client = ProviderClient::new(
            provider::router(Arc::clone(&providers)),
            environment.origins.provider.clone(),
        );
        let coder = Coder::new(
            Arc::clone(&environment),
            client,
            options.page.clone(),
            options.embed.clone(),
        );
        let simulation = Self {
            environment,
            coder: Arc::new(coder),
            providers,
            first_scenario: options.scenario,
            scenario: Mutex::new(options.scenario),
        };
        simulation.reset(None);
        simulation
    }

    /// Seeds everything again; by default with the scenario of the start.
    pub(crate) fn reset(&self, scenario: Option<Scenario>) {
        let scenario = scenario.unwrap_or(self.first_scenario);
        let Environment {
            clock,
            origins,
            faults,
            connections,
        } = &*self.environment;
        clock.reset();
        faults.clear();
        connections.accept(true);
        self.coder.log.clear();
        let mut seed = Seed::new(clock.now(), origins.clone());
        scenario.apply(&mut seed);
        *lock(&self.scenario) = scenario;
        *self.coder.deployment() = seed.deployment;
        *self.providers.services() = seed.services;
        for fault in seed.faults {
            // A fault of a scenario that cannot be armed shows in its test.
            let _ = faults.arm(fault);
        }
    }

    /// The scenario that was seeded last.
    pub(crate) fn scenario(&self) -> Scenario {
        *lock(&self.scenario)
    }
}
