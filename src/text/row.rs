use external_auth_core::{ProviderAction, RowFact, RowModel, Timestamp};

use super::{
    access_end, button, checked, linked_as, linked_since, no_install_address, progress,
    state_advice, state_label,
};
use crate::platform::TimeWords;

/// What the line of a row says below the name. Empty where the state says all.
#[must_use]
pub fn row_line(model: &RowModel, now: Timestamp, words: &TimeWords) -> String {
    let facts = model.line_facts().into_iter().filter_map(|fact| {
        Some(match fact {
            RowFact::Advice => state_advice(model.state, &model.name)?,
            RowFact::NoInstallAddress => no_install_address(&model.name),
            RowFact::Account => {
                let account = model.account.as_ref()?;
                linked_as(&account.name, &account.login)
            }
            RowFact::End(end) => access_end(end, now, words),
            RowFact::LinkedSince(at) => linked_since(at, now, words),
            RowFact::CheckedAt(at) => checked(at, now, words),
        })
    });
    facts.collect::<Vec<_>>().join(" · ")
}

/// The state of a row.
#[must_use]
pub fn row_state(model: &RowModel) -> &'static str {
    if model.ends_soon {
        "Ends soon"
    } else {
        state_label(model.state)
    }
}

/// The words of a button. `is_running`: its command runs.
#[must_use]
pub fn action_label(action: ProviderAction, is_running: bool) -> &'static str {
    match action {
        ProviderAction::Check if is_running => progress::CHECKING,
        ProviderAction::Unlink if is_running => progress::UNLINKING,
        ProviderAction::Install => button::INSTALL_APP,
        ProviderAction::Link => button::LINK,
        ProviderAction::Reauthenticate => button::REAUTHENTICATE,
        ProviderAction::Check => button::CHECK,
        ProviderAction::Unlink => button::UNLINK,
    }
}

/// The accessible name of a button on the row of a provider.
#[must_use]
pub fn action_name(action: ProviderAction, is_running: bool, name: &str) -> String {
    format!("{} {name}", action_label(action, is_running))
}

/// The accessible name of the button that opens a row.
#[must_use]
pub fn row_details(name: &str) -> String {
    format!("{} {name}", super::detail::TITLE)
}
