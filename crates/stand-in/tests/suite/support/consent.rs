use super::Answer;

/// An open consent page.
pub(crate) struct Consent {
    pub(crate) address: String,
    pub(crate) request: String,
    pub(crate) page: Answer,
}
