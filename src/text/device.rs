use external_auth_core::{ApiError, ApiErrorKind, DeviceEnd, PollingHealth};

use super::{api_error, works_unconfirmed};

/// The name of the dialog.
#[must_use]
pub fn device_title(name: &str) -> String {
    format!("Link {name}")
}

/// What to do with the code. `host`: the host of the provider's address.
#[must_use]
pub fn device_instruction(host: &str) -> String {
    format!("Enter this code at {host} and approve the request there.")
}

/// What happens next.
#[must_use]
pub fn device_next_step() -> &'static str {
    "Leave this open: it notices by itself when you are done."
}

/// The accessible name of the code.
#[must_use]
pub fn code_label() -> &'static str {
    "Code"
}

/// The button that opens the provider's page.
#[must_use]
pub fn device_open(host: &str) -> String {
    format!("Open {host}")
}

/// The accessible name of the QR code.
#[must_use]
pub fn qr_label(host: &str) -> String {
    format!("QR code of the address at {host}, for your phone")
}

/// The code was copied to the clipboard.
#[must_use]
pub fn code_copied() -> &'static str {
    "Code copied."
}

/// The clipboard is not available.
#[must_use]
pub fn code_not_copied() -> &'static str {
    "The browser does not let this page copy. The code is selected: copy it with the keyboard or the menu."
}

/// A code is being requested.
#[must_use]
pub fn device_requesting(name: &str) -> String {
    format!("Asking {name} for a code…")
}

/// The health of polling, if it is worth a sentence.
#[must_use]
pub fn device_health(health: PollingHealth, name: &str) -> Option<String> {
    match health {
        PollingHealth::Good => None,
        PollingHealth::SlowedDown => Some(format!(
            "{name} asked for longer pauses, so it may take a few seconds more to notice that you are done."
        )),
        PollingHealth::Failing => {
            Some("The connection has trouble. Trying again; your code stays good.".into())
        }
    }
}

/// How long the code is still valid.
#[must_use]
pub fn time_left(seconds: u64) -> String {
    format!("The code ends in {}:{:02}", seconds / 60, seconds % 60)
}

/// How long the code is still valid, announced at two moments.
#[must_use]
pub fn time_left_warning(seconds: u64) -> String {
    format!("The code ends in {seconds} seconds.")
}

/// The end is being confirmed.
#[must_use]
pub fn checking_outcome() -> &'static str {
    "Making sure…"
}

/// Another tab links the same provider.
#[must_use]
pub fn device_in_another_tab(name: &str) -> String {
    format!("Another tab is linking {name} already. Go on there; this tab notices when it is done.")
}

/// The other tab was closed or has stopped.
#[must_use]
pub fn other_tab_stopped(name: &str) -> String {
    format!("The other tab has stopped linking {name}. You can go on here with a new code.")
}

/// The reason why there is no code.
fn code_refused(error: &ApiError) -> String {
    match (&error.message, &error.detail) {
        (message, detail) if detail.is_empty() => message.to_string(),
        (message, detail) => format!("{message} {detail}"),
    }
}

/// Whether the deployment says itself why there is no code, as when the provider
/// failed.
fn says_why(error: &ApiError) -> bool {
    use ApiErrorKind::{Rejected, ServerFailed};
    matches!(error.kind, Rejected | ServerFailed) && !error.message.is_empty()
}

/// How the flow ended: what happened, and the reason behind it, if any.
#[must_use]
pub fn device_end(end: &DeviceEnd, name: &str) -> (String, String) {
    let words = match end {
        DeviceEnd::Linked => format!("{name} is linked."),
        DeviceEnd::Denied => format!("The request was refused at {name}. Nothing has changed."),
        DeviceEnd::Expired => "The code has ended before it was used. Nothing has changed.".into(),
        DeviceEnd::NoCode => format!("{name} didn't give a code. Nothing has changed."),
        DeviceEnd::CodeRefused(error) if !says_why(error) => {
            format!("{name} could not be linked. {}", api_error(error))
        }
        DeviceEnd::CodeRefused(_) | DeviceEnd::Failed(_) => {
            format!("{name} could not be linked.")
        }
        DeviceEnd::Unconfirmed(_) => works_unconfirmed(name),
        DeviceEnd::SignedOut => {
            "Your session has ended. Sign in again, then link the account.".into()
        }
    };
    let reason = match end {
        DeviceEnd::CodeRefused(error) => code_refused(error),
        DeviceEnd::Failed(reason) | DeviceEnd::Unconfirmed(reason) => reason.clone(),
        _ => String::new(),
    };
    (words, reason)
}
