/// What happens to a polling lock that a tab has requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockNews {
    /// This tab has the lock, or the browser grants no locks. In that case
    /// every tab may poll.
    Granted,
    /// Another tab has the lock. It had it first, or has taken it from this
    /// tab.
    HeldElsewhere,
    /// The other tab has released the lock. This tab does not have it, and can
    /// request it again.
    Free,
}
