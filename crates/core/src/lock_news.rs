/// What becomes of the right to poll that a tab has asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockNews {
    /// This tab has the right; or the browser gives it to nobody, and then every
    /// tab may poll.
    Granted,
    /// Another tab has it: it had it first, or took it from this one.
    HeldElsewhere,
    /// The other tab has given it back. This tab does not have it: whoever
    /// wants it asks again.
    Free,
}
