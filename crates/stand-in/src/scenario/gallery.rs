use super::{Seed, default};

pub(super) const NAME: &str = "gallery";

/// As `default`. The views of the gallery do not depend on the scenario.
pub(super) fn seed(seed: &mut Seed) {
    default::seed(seed);
}
