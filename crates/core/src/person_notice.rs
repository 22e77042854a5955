/// What a person is told when another person was found to be signed in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonNotice {
    /// The name of who is signed in now; empty where it is not known.
    pub username: String,
    /// Whether the list was read again because it was not known for whom the
    /// page showed it. Else another person is known to have signed in.
    pub was_unknown: bool,
    /// Whether a change was asked for, and was not made.
    pub nothing_changed: bool,
}
