//! The named states that the stand-in starts with.

mod default;
mod device;
mod empty;
mod failing;
mod gallery;
mod link_spec;
mod many;
mod provider_spec;
mod seed;

use std::fmt;

pub(crate) use link_spec::LinkSpec;
pub(crate) use provider_spec::ProviderSpec;
pub(crate) use seed::{Seed, add_link, add_provider, default_account};

/// A named state of the stand-in, equal at every start.
///
/// It is written as its name. A number of providers can follow where the
/// scenario takes one: `many=1000`.
#[derive(Debug, Clone, Copy)]
pub struct Scenario {
    name: &'static str,
    seeding: Seeding,
}

/// The function that fills the seed of a scenario.
#[derive(Debug, Clone, Copy)]
enum Seeding {
    /// Without a parameter.
    Fixed(fn(&mut Seed)),
    /// With a number of providers.
    Sized(usize, fn(&mut Seed, usize)),
}

/// The most providers: validating more would take longer than a person waits.
const MOST_PROVIDERS: usize = 5000;

/// To add a scenario, write a function that fills its seed in a new file, and add
/// a line here.
const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "default",
        seeding: Seeding::Fixed(default::seed),
    },
    Scenario {
        name: "device",
        seeding: Seeding::Fixed(device::seed),
    },
    Scenario {
        name: "empty",
        seeding: Seeding::Fixed(empty::seed),
    },
    Scenario {
        name: "failing",
        seeding: Seeding::Fixed(failing::seed),
    },
    Scenario {
        name: gallery::NAME,
        seeding: Seeding::Fixed(gallery::seed),
    },
    Scenario {
        name: "many",
        seeding: Seeding::Sized(many::PROVIDERS, many::seed),
    },
];

impl Scenario {
    /// All scenarios, with the default number where they take one.
    #[must_use]
    pub fn all() -> &'static [Self] {
        SCENARIOS
    }

    /// The scenario of this name and number.
    ///
    /// # Errors
    ///
    /// A sentence about the part that cannot be parsed.
    pub fn named(text: &str) -> Result<Self, String> {
        let (name, number) = match text.split_once('=') {
            Some((name, number)) => (name, Some(number)),
            None => (text, None),
        };
        let found = SCENARIOS.iter().find(|scenario| scenario.name == name);
        let Some(scenario) = found else {
            let names: Vec<_> = SCENARIOS.iter().map(|scenario| scenario.name).collect();
            return Err(format!(
                "There is no scenario {name}; there are: {}.",
                names.join(", ")
            ));
        };
        match (scenario.seeding, number) {
            (_, None) => Ok(*scenario),
            (Seeding::Fixed(_), Some(_)) => {
                Err(format!("The scenario {name} takes no number of providers."))
            }
            (Seeding::Sized(_, seed), Some(number)) => {
                let providers = number
                    .parse()
                    .ok()
                    .filter(|providers| (1..=MOST_PROVIDERS).contains(providers));
                match providers {
                    Some(providers) => Ok(Self {
                        name: scenario.name,
                        seeding: Seeding::Sized(providers, seed),
                    }),
                    None => Err(format!(
                        "{number:?} is not a number of providers: {name}=N takes one from 1 to {MOST_PROVIDERS}."
                    )),
                }
            }
        }
    }

    /// Its name without the number.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether the program opens the gallery, not the page.
    pub(crate) fn opens_gallery(self) -> bool {
        self.name == gallery::NAME
    }

    /// Fills the seed.
    pub(crate) fn apply(self, seed: &mut Seed) {
        match self.seeding {
            Seeding::Fixed(fill) => fill(seed),
            Seeding::Sized(providers, fill) => fill(seed, providers),
        }
    }
}

/// Writes the form that the command line and the control route take.
impl fmt::Display for Scenario {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)?;
        match self.seeding {
            Seeding::Fixed(_) => Ok(()),
            Seeding::Sized(providers, _) => write!(formatter, "={providers}"),
        }
    }
}

/// The scenario `default`.
impl Default for Scenario {
    fn default() -> Self {
        SCENARIOS[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_is_found_by_its_written_form() {
        for scenario in Scenario::all() {
            assert_eq!(
                Scenario::named(scenario.name()).unwrap().name(),
                scenario.name()
            );
        }
        for (text, written) in [
            ("default", "default"),
            ("many", "many=250"),
            ("many=1", "many=1"),
            ("many=5000", "many=5000"),
        ] {
            assert_eq!(Scenario::named(text).unwrap().to_string(), written);
        }
    }

    #[test]
    fn an_unknown_scenario_is_refused_with_a_sentence() {
        for (text, part) in [
            ("none", "There is no scenario none; there are: default, "),
            ("", "There is no scenario ;"),
            ("empty=3", "empty takes no number"),
            ("many=0", "\"0\" is not a number of providers"),
            ("many=5001", "from 1 to 5000"),
            ("many=", "\"\" is not"),
            ("many=-1", "\"-1\" is not"),
            ("many=1e3", "\"1e3\" is not"),
        ] {
            let sentence = Scenario::named(text).expect_err(text);
            assert!(
                sentence.contains(part) && sentence.ends_with('.'),
                "{sentence}"
            );
        }
    }
}
