/// What the page tells after it found that another person is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonNotice {
    /// The user name of the person who is signed in now; may be empty.
    pub username: String,
    /// Whether the list was read again because it was not known whose list the
    /// page showed. False: another person has signed in.
    pub was_unknown: bool,
    /// Whether a change was asked for and not made.
    pub nothing_changed: bool,
}
