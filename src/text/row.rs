use std::borrow::Cow;

use external_auth_core::{ActionOffer, ActionPlace, ProviderAction, RowFact, RowModel, Timestamp};

use super::{
    access_end, button, checked, linked_since, not_renewed, progress, state_label, state_line,
};
use crate::platform::TimeWords;

/// What the line of a row says below the name. Empty where the state says all.
#[must_use]
pub fn row_line(model: &RowModel, now: Timestamp, words: &TimeWords) -> String {
    let facts = model.line_facts().into_iter().filter_map(|fact| {
        Some(match fact {
            RowFact::Reason => state_line(model.state, &model.name),
            RowFact::NoInstallAddress => {
                "Private repositories are out of reach: ask your administrator to install the app."
                    .to_owned()
            }
            RowFact::NotRenewed => not_renewed().to_owned(),
            RowFact::Identity => identity(&model.identity.words, model.identity.has_code),
            RowFact::Account => {
                let account = model.account.as_ref()?;
                match account.login.as_str() {
                    "" => account.name.clone(),
                    login => format!("@{login}"),
                }
            }
            RowFact::End(end) => access_end(end, now, words),
            RowFact::LinkedSince(at) => linked_since(at, now, words),
            RowFact::CheckedAt(at) => checked(at, now, words),
        })
    });
    facts.collect::<Vec<_>>().join(" · ")
}

/// What tells a provider without a link from others: its host or its id, and
/// whether it is linked with a code.
fn identity(words: &str, has_code: bool) -> String {
    match (words, has_code) {
        (words, false) => words.to_owned(),
        ("", true) => "With a code".to_owned(),
        (words, true) => format!("{words} · with a code"),
    }
}

/// The state of a row.
#[must_use]
pub fn row_state(model: &RowModel, now: Timestamp, words: &TimeWords) -> Cow<'static, str> {
    let end = model.facts.and_then(|facts| facts.end);
    if model.is_linking {
        "Linking…".into()
    } else if model.ends_soon
        && let Some(end) = end
    {
        access_end(end, now, words).into()
    } else {
        state_label(model.state).into()
    }
}

/// The words of a button. `is_running`: its command runs.
#[must_use]
pub fn action_label(
    action: ProviderAction,
    is_running: bool,
    place: Option<ActionPlace>,
) -> &'static str {
    match action {
        ProviderAction::Check if is_running => progress::CHECKING,
        ProviderAction::Unlink if is_running => progress::UNLINKING,
        ProviderAction::Install => button::INSTALL_APP,
        ProviderAction::Link => button::LINK,
        ProviderAction::Reauthenticate => button::REAUTHENTICATE,
        // The first check failed.
        ProviderAction::Check if place == Some(ActionPlace::Main) => button::CHECK_AGAIN,
        ProviderAction::Check => button::CHECK,
        ProviderAction::Unlink => button::UNLINK,
        ProviderAction::Cancel => button::CANCEL,
    }
}

/// The accessible name of a button on the row of a provider. It begins with the
/// words of the button.
#[must_use]
pub fn action_name(action: ProviderAction, offer: ActionOffer, name: &str) -> String {
    if action == ProviderAction::Cancel {
        return format!("Cancel linking {name}");
    }
    format!(
        "{} {name}",
        action_label(action, offer.is_running, offer.place)
    )
}

/// The accessible name of the button that opens a row.
#[must_use]
pub fn row_details(name: &str) -> String {
    format!("{} {name}", super::detail::TITLE)
}
