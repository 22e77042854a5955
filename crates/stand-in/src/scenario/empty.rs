use super::Seed;

/// A deployment without providers and links.
pub(super) fn seed(_: &mut Seed) {}
