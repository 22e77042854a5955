use std::sync::Arc;

use external_auth_core::Timestamp;

use crate::session::ProviderRow;

/// What the list is to show.
pub(super) struct Wanted {
    /// All rows, in their order.
    pub(super) rows: Vec<ProviderRow>,
    /// The numbers of the rows that the search and the filter show.
    pub(super) shown: Vec<usize>,
    /// Whether the providers that are no longer configured are folded away.
    pub(super) is_folded: bool,
    /// The instant from which relative times are written.
    pub(super) now: Timestamp,
    /// The providers about which there is more to say than their row says.
    pub(super) noticed: Vec<Arc<str>>,
}
