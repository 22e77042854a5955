/// What the ids of cards begin with.
const PREFIX: &str = "provider-";

/// The id of the element that is the card of this provider. The focus moves there.
pub(crate) fn card_id(provider: &str) -> String {
    format!("{PREFIX}{provider}")
}

/// The provider whose card has this id.
pub(super) fn provider_of_card(id: &str) -> &str {
    id.strip_prefix(PREFIX).unwrap_or(id)
}
