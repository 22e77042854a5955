/// How polling for the token goes (RFC 8628 §3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PollingHealth {
    /// The provider answers that it waits.
    Good,
    /// The provider asked for longer waits.
    SlowedDown,
    /// The last polls brought no answer.
    Failing,
}
