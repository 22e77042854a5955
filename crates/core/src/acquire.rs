/// How a tab asks for the right to poll for one provider. One tab has it at a
/// time (Web Locks).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acquire {
    /// Only where no other tab has it.
    IfFree,
    /// It is taken from the tab that has it, which is told.
    Steal,
}
