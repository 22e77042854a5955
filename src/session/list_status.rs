use external_auth_core::ApiError;

/// How loading the list stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListStatus {
    /// A request is running that a person knows of.
    pub loading: bool,
    /// It has been running for some seconds.
    pub slow: bool,
    /// A list is on the page, from now or from before.
    pub loaded: bool,
    /// Why the last request failed.
    pub error: Option<ApiError>,
}
