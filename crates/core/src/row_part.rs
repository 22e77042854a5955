use crate::RowModel;

/// A part of an opened row's panel that is drawn separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowPart {
    /// The advice: the state, and whether an address to install the app is
    /// missing.
    Advice,
    /// Who is linked, and where the app is installed.
    Account,
    /// The facts of the link.
    Facts,
    /// What an operator asks for, and where the grant is managed.
    Details,
    /// The actions, and what is pending.
    Actions,
}

impl RowPart {
    /// All parts.
    pub const ALL: [Self; 5] = [
        Self::Advice,
        Self::Account,
        Self::Facts,
        Self::Details,
        Self::Actions,
    ];

    /// Whether this part of a row has changed between two models.
    #[must_use]
    pub fn differs(self, a: &RowModel, b: &RowModel) -> bool {
        let is_same = match self {
            Self::Advice => {
                a.state == b.state
                    && a.lacks_install_address == b.lacks_install_address
                    && a.name == b.name
            }
            Self::Account => {
                a.account == b.account
                    && a.installations == b.installations
                    && a.install_url == b.install_url
            }
            Self::Facts => a.facts == b.facts,
            Self::Details => {
                a.id == b.id
                    && a.kind == b.kind
                    && a.pkce == b.pkce
                    && a.reason == b.reason
                    // Where the grant is managed follows from these.
                    && a.state.is_linked() == b.state.is_linked()
                    && a.account == b.account
                    && a.install_url == b.install_url
            }
            Self::Actions => {
                a.state == b.state
                    && a.ends_soon == b.ends_soon
                    && a.pending == b.pending
                    && a.is_linking == b.is_linking
                    && a.name == b.name
            }
        };
        !is_same
    }
}
