/// How a place shows its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowsLayout {
    /// In groups, each below a heading.
    Groups,
    /// One row, without a group.
    Card,
    /// One row, without a group, which is open at first.
    OpenCard,
}
