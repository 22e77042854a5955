use crate::RowModel;

/// A part of a row that is drawn separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowPart {
    /// The state, and whether there is a warning beside it.
    Status,
    /// The icon, or the first letter of the name.
    Icon,
    /// The warning that a token may not be revoked.
    Warning,
    /// The advice: the state, and whether an address to install the app is
    /// missing.
    Advice,
    /// Who is linked, and where the app is installed.
    Account,
    /// The facts of the link.
    Facts,
    /// What an operator asks for.
    Details,
    /// Where the grant is managed at the provider.
    ManageUrl,
    /// The actions, and what is pending.
    Actions,
}

impl RowPart {
    /// All parts.
    pub const ALL: [Self; 9] = [
        Self::Status,
        Self::Icon,
        Self::Warning,
        Self::Advice,
        Self::Account,
        Self::Facts,
        Self::Details,
        Self::ManageUrl,
        Self::Actions,
    ];

    /// Whether this part of a row has changed between two models.
    #[must_use]
    pub fn differs(self, a: &RowModel, b: &RowModel) -> bool {
        let is_same = match self {
            Self::Status => a.status() == b.status(),
            Self::Icon => a.icon == b.icon && a.name == b.name,
            Self::Warning => a.warning == b.warning,
            Self::Advice => {
                a.state == b.state && a.lacks_install_address == b.lacks_install_address
            }
            Self::Account => {
                a.account == b.account
                    && a.installations == b.installations
                    && a.install_url == b.install_url
            }
            Self::Facts => a.facts == b.facts,
            Self::Details => {
                a.id == b.id && a.kind == b.kind && a.pkce == b.pkce && a.reason == b.reason
            }
            Self::ManageUrl => a.manage_url == b.manage_url,
            Self::Actions => {
                a.state == b.state && a.pending == b.pending && a.install_url == b.install_url
            }
        };
        !is_same
    }
}
