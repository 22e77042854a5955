use serde::Serialize;

use super::{Link, Provider};

/// The answer of `GET /external-auth`. An empty list is `[]`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ExternalAuthList {
    pub(crate) providers: Vec<Provider>,
    pub(crate) links: Vec<Link>,
}
