/// The id of the element that is the row of this provider. The focus moves there.
pub(crate) fn card_id(provider: &str) -> String {
    format!("provider-{provider}")
}
