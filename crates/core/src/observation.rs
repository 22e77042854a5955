use crate::Timestamp;

/// An answer, and its place in the sequence of requests.
///
/// The sequence number is a count and not a time, so that a clock that is set
/// back cannot make an old answer newer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Observation<T> {
    /// What the answer said.
    pub value: T,
    /// The number of the request. Later requests have larger numbers.
    pub sequence: u64,
    /// When the answer came; none where nobody was asked.
    pub at: Option<Timestamp>,
}
