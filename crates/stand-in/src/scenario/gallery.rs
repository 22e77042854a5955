use super::{Seed, default};

pub(super) const NAME: &str = "gallery";

/// As by default: the views of the gallery have answers of their own, and are
/// there in every scenario.
pub(super) fn seed(seed: &mut Seed) {
    default::seed(seed);
}
