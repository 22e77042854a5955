use super::Seed;

/// A deployment that has no provider, and a user who has no link.
pub(super) fn seed(_: &mut Seed) {}
