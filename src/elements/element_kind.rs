/// Which of the elements it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ElementKind {
    /// `<coder-external-auth>`: the list.
    List,
    /// `<coder-external-auth-provider>`: one card.
    Provider,
    /// `<coder-external-auth-button>`: one button, for a form.
    Button,
}

impl ElementKind {
    /// By its name in [`mount`](super::mount); what is not one of them is the list.
    pub(super) fn parse(name: &str) -> Self {
        match name {
            "provider" => Self::Provider,
            "button" => Self::Button,
            _ => Self::List,
        }
    }
}
