use web_sys::HtmlElement;

/// Rows that wait for their turn after a large change of the list, in blocks, and take
/// no part in frames until then.
pub(crate) trait WaitingRows {
    /// Lets the first blocks wait too, when it is the turn of their rows. They were seen
    /// until then.
    fn begin(&mut self);

    /// Comes to a row that is on the page. Ends the wait of the block before its block,
    /// whose rows are all up to date now. Returns what that costs, in changes of a row.
    fn pass(&mut self, row: &HtmlElement, is_shown: bool) -> usize;

    /// Ends the wait of the block that is being brought up to date, if there is one.
    /// Returns what that costs, in changes of a row.
    fn wake_entered(&mut self) -> usize;

    /// Whether there is one.
    fn is_in_block(&self) -> bool;

    /// Whether a row on the page waits.
    fn waits(&self, row: &HtmlElement) -> bool;
}
