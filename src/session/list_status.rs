use external_auth_core::ApiError;

/// The status of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListStatus {
    /// A request is running, and the page shows it.
    pub loading: bool,
    /// The request has been running for some seconds.
    pub slow: bool,
    /// A list is on the page, loaded now or before.
    pub loaded: bool,
    /// The number of providers of this list that the page does not show.
    pub left_out: usize,
    /// The error of the last request.
    pub error: Option<ApiError>,
}
