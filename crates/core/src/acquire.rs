/// How a tab requests the polling lock of a provider (Web Locks). Only one
/// tab has it at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acquire {
    /// Only if no other tab has it.
    IfFree,
    /// Even if another tab has it. That tab is notified.
    Steal,
}
