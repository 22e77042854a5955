/// The kind of a custom element.
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
    /// Reads the name that [`mount`](super::mount) receives. Any other name
    /// means the list.
    pub(super) fn parse(name: &str) -> Self {
        match name {
            "provider" => Self::Provider,
            "button" => Self::Button,
            _ => Self::List,
        }
    }
}
