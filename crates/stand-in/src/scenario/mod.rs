//! What is there at the start.

mod avatar;
mod default;
mod device;
mod empty;
mod failing;
mod seed;
mod spec;

pub(crate) use seed::{Seed, add_link, add_provider, default_account};
pub(crate) use spec::{LinkSpec, ProviderSpec};

/// A named state of the stand-in, the same at every start.
///
#[derive(Debug, Clone, Copy)]
pub struct Scenario {
    name: &'static str,
    seed: fn(&mut Seed),
}

/// To add one, write the function that fills its seed in a file of its own, and
/// give it a line here.
const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "default",
        seed: default::seed,
    },
    Scenario {
        name: "device",
        seed: device::seed,
    },
    Scenario {
        name: "empty",
        seed: empty::seed,
    },
    Scenario {
        name: "failing",
        seed: failing::seed,
    },
];

impl Scenario {
    /// All there are.
    #[must_use]
    pub fn all() -> &'static [Self] {
        SCENARIOS
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        SCENARIOS
            .iter()
            .find(|scenario| scenario.name == name)
            .copied()
    }

    /// Its name, as the command line and the control route take it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn apply(self, seed: &mut Seed) {
        (self.seed)(seed);
    }
}

/// The one called `default`.
impl Default for Scenario {
    fn default() -> Self {
        SCENARIOS[0]
    }
}
