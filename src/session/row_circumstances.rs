use std::sync::Arc;

use external_auth_core::{
    Pending, ProviderRecord, RevocationWarning, RowInput, RowModel, Timestamp,
};

/// What the model is made from, in addition to the record.
pub(super) struct RowCircumstances {
    pub(super) pending: Option<Pending>,
    pub(super) warning: Option<RevocationWarning>,
    /// The origin of the deployment. Empty for the page's own origin.
    pub(super) base_url: Arc<str>,
    /// The address at which the person enters the code of the last device flow.
    /// Empty before the first one.
    pub(super) verification_uri: String,
    pub(super) now: Timestamp,
}

impl RowCircumstances {
    pub(super) fn model(&self, id: &str, name: &str, record: &ProviderRecord) -> RowModel {
        RowModel::of(RowInput {
            id,
            name,
            record,
            pending: self.pending,
            warning: self.warning.as_ref(),
            base_url: &self.base_url,
            verification_uri: &self.verification_uri,
            now: self.now,
        })
    }
}
