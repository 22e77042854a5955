/// Why a link does not work. Only its owner can repair it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PermanentFailure {
    /// The token ended and the deployment does not refresh it.
    Expired,
    /// The token ended and the provider refused to refresh it.
    RefreshRefused,
    /// The provider does not accept the token: revoked there, or replaced.
    Revoked,
    /// The list gives no reason.
    Unexplained,
}
