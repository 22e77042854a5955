//! Every sentence on screen, in one place, so that it is found and can be
//! translated.
//!
//! Names in a sentence come from the wire, and are always drawn as text.

mod button_element;
mod device;
mod errors;
mod link;
mod list;
mod named_labels;
mod notice;
mod person;
mod provider_page;
mod row;
mod search;
mod state;
mod unlink;
mod window;

pub use button_element::{button_linked, button_waiting};
pub use device::{
    checking_outcome, code_copied, code_spelled, device_approve_step, device_copy_step, device_end,
    device_health, device_in_another_tab, device_next_step, device_open, device_requesting,
    device_title, other_tab_stopped, qr_label, qr_purpose, time_left, time_left_warning,
};
pub use errors::{api_error, list_error, signed_out_at_proxy};
pub use link::{
    access_end, access_end_in_full, ago, app_installed_at, app_is_installed, checked, is_linked,
    link_failed, link_not_finished, linked_and_refused, linked_as, linked_since, login_changed,
    no_install_address, no_installation_found, search_installations, show_all_installations,
    works_unconfirmed,
};
pub use list::{
    announce_refreshing, attention_elsewhere, docs_link, empty_list, group_label, left_out,
    list_failed, list_loaded, part_failed, refused_setting, session_ended, state_of,
    states_changed, summary, title,
};
pub use named_labels::{
    configure, copy_details, dismiss_warning, install_more, show_all_accounts, show_fewer_accounts,
};
pub use notice::{Notice, Tone};
pub use person::{another_cookie, nothing_changed, person_not_confirmed, person_notice};
pub use provider_page::{
    greeting, missing_provider, not_linked_yet, page_failed, provider_page_title,
    redirected_without_link, returned, unknown_provider,
};
pub use row::{action_label, action_name, row_details, row_line, row_state};
pub use search::{
    check_all_cancelled, check_all_label, check_progress, checked_all, checking_all, filter_group,
    filter_label, nothing_found, search_key, search_label, shown_count,
};
pub use state::{not_renewed, state_advice, state_label, state_line};
pub use unlink::{
    authorizations_link, manage_link, orphan_cannot_be_unlinked, revocation_retry,
    revocation_warning, unlink_consequences, unlink_failed, unlink_outcome_unknown, unlink_title,
    unlinked_already_refused, unlinked_and_revoked, unlinked_not_revoked, was_unlinked_already,
};
pub use window::{link_instead, open_elsewhere, window_conflict, window_left_open, window_link};

/// Labels of buttons. The provider's name is added for screen readers.
pub mod button {
    /// Begins linking.
    pub const LINK: &str = "Link";
    /// Links again, without unlinking first.
    pub const REAUTHENTICATE: &str = "Re-authenticate";
    /// Checks the provider live.
    pub const CHECK: &str = "Check";
    /// Checks the provider live, after a check that failed.
    pub const CHECK_AGAIN: &str = "Check again";
    /// Removes the link.
    pub const UNLINK: &str = "Unlink";
    /// Opens the page where the provider's app is installed.
    pub const INSTALL_APP: &str = "Install the app";
    /// Closes the dialog without a change.
    pub const CANCEL: &str = "Cancel";
    /// Checks all linked providers live.
    pub const CHECK_ALL: &str = "Check all";
    /// Stops checking all providers.
    pub const STOP_CHECKING: &str = "Stop checking";
    /// Shows the first installations only.
    pub const SHOW_FEWER: &str = "Show fewer";
    /// Installs the app for one more account.
    pub const INSTALL_MORE: &str = "Install for another account";
    /// Empties the search and shows all.
    pub const CLEAR_SEARCH: &str = "Clear search and filter";
    /// Copies the details.
    pub const COPY_DETAILS: &str = "Copy details";
    /// Loads the list again after a failure.
    pub const TRY_AGAIN: &str = "Try again";
    /// Loads the list again.
    pub const REFRESH: &str = "Refresh";
    /// Loads the whole page again.
    pub const LOAD_PAGE_AGAIN: &str = "Load the page again";
    /// Removes a notice.
    pub const DISMISS: &str = "Dismiss";
    /// Removes a warning for good.
    pub const DISMISS_WARNING: &str = "Dismiss warning";
    /// Copies the code of the device flow.
    pub const COPY_CODE: &str = "Copy code";
    /// Asks for another code.
    pub const NEW_CODE: &str = "Get a new code";
    /// Closes the window of this page.
    pub const CLOSE_WINDOW: &str = "Close this window";
    /// Shows the window of a redirect flow again.
    pub const BRING_TO_FRONT: &str = "Bring to front";
    /// Begins the device flow in this tab instead of in another one.
    pub const LINK_HERE: &str = "Link here instead";
    /// Continues a redirect flow without a window.
    pub const CONTINUE_HERE: &str = "Continue in this tab";
    /// Checks whether a redirect flow is done.
    pub const CHECK_NOW: &str = "Check now";
    /// Continues to wait for a redirect flow.
    pub const KEEP_WAITING: &str = "Keep waiting";
    /// Goes to the list of all providers.
    pub const ALL_ACCOUNTS: &str = "All linked accounts";
    /// Goes to the deployment's sign-in page.
    pub const SIGN_IN: &str = "Sign in";
    /// Opens the page where the repositories of an installation are chosen.
    pub const CONFIGURE: &str = "Configure";
}

/// Labels of buttons while their command runs.
pub mod progress {
    /// While a provider is checked.
    pub const CHECKING: &str = "Checking…";
    /// While a link is removed.
    pub const UNLINKING: &str = "Unlinking…";
    /// While the list is loaded.
    pub const LOADING: &str = "Loading…";
}

/// Labels in the details of a card.
pub mod detail {
    /// The label that opens the details.
    pub const TITLE: &str = "Details";
    /// Who is linked.
    pub const ACCOUNT: &str = "Account";
    /// Where the provider's app is installed.
    pub const INSTALLATIONS: &str = "Installations";
    /// How the access ends.
    pub const ACCESS: &str = "Access";
    /// When the account was linked.
    pub const LINKED: &str = "Linked since";
    /// When the provider was last asked.
    pub const CHECKED: &str = "Last checked";
    /// The provider's id.
    pub const ID: &str = "Provider ID";
    /// The provider's type.
    pub const TYPE: &str = "Type";
    /// PKCE (RFC 7636).
    pub const PKCE: &str = "PKCE";
    /// No PKCE.
    pub const PKCE_NONE: &str = "Not used";
    /// The last error text of the provider or the deployment.
    pub const ANSWER: &str = "Last answer";
}

/// The details were copied.
#[must_use]
pub fn details_copied() -> &'static str {
    "Details copied."
}

/// The browser refused to copy.
#[must_use]
pub fn details_not_copied() -> &'static str {
    "Your browser didn't allow copying. Select the details and copy them yourself."
}

/// A check failed; the reason follows.
#[must_use]
pub fn check_failed() -> &'static str {
    "The check failed."
}
