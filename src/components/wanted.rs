use std::sync::Arc;

use external_auth_core::Timestamp;

use crate::session::ProviderRow;

/// What the list is to show.
pub(super) struct Wanted {
    /// All rows, in their order.
    pub(super) rows: Vec<ProviderRow>,
    /// The numbers of the rows that are not hidden.
    pub(super) shown: Vec<usize>,
    /// The instant from which relative times are written.
    pub(super) now: Timestamp,
    /// The providers about which there is more to say than their row says.
    pub(super) noticed: Vec<Arc<str>>,
}
