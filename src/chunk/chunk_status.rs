/// Whether a chunk is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChunkStatus {
    /// It is not there yet. It may be on its way.
    Awaited,
    /// The last attempt to fetch it failed.
    Failed,
    /// It is there.
    Ready,
}

impl ChunkStatus {
    /// Whether two chunks are there: the status of the first one that is not.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self == Self::Ready { other } else { self }
    }
}
