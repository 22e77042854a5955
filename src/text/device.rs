use external_auth_core::{ApiError, ApiErrorKind, DeviceEnd, PollingHealth};

use super::{api_error, works_unconfirmed};

/// The name of the dialog.
#[must_use]
pub fn device_title(name: &str) -> String {
    format!("Link {name}")
}

/// The first step.
#[must_use]
pub fn device_copy_step() -> &'static str {
    "Copy this code"
}

/// The second step. `host`: the host of the provider's address.
#[must_use]
pub fn device_approve_step(host: &str) -> String {
    format!("Approve it at {host}")
}

/// Announces the code letter by letter.
#[must_use]
pub fn code_spelled(code: &str) -> String {
    let letters = code.chars().map(|letter| match letter {
        '-' => "dash".to_owned(),
        letter => letter.to_string(),
    });
    format!("Your code is {}.", letters.collect::<Vec<_>>().join(" "))
}

/// What happens next.
#[must_use]
pub fn device_next_step() -> &'static str {
    "Keep this open. It updates when you approve."
}

/// The button that copies the code and opens the provider's page.
#[must_use]
pub fn device_open(host: &str) -> String {
    format!("Copy code and open {host}")
}

/// The accessible name of the QR code.
#[must_use]
pub fn qr_label(host: &str) -> String {
    format!("QR code of the address at {host}, for your phone")
}

/// What the QR code is for.
#[must_use]
pub fn qr_purpose() -> &'static str {
    "Scan with your phone"
}

/// Whether the code was copied to the clipboard.
#[must_use]
pub fn code_copied(copied: bool) -> &'static str {
    if copied {
        "Code copied."
    } else {
        "Your browser didn't allow copying. The code is selected: copy it yourself."
    }
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
            "{name} asked us to check less often, so this may take a few seconds longer."
        )),
        PollingHealth::Failing => {
            Some("The connection has trouble. Trying again; your code stays valid.".into())
        }
    }
}

/// How long the code is still valid.
#[must_use]
pub fn time_left(seconds: u64) -> String {
    format!("Code expires in {}:{:02}", seconds / 60, seconds % 60)
}

/// How long the code is still valid, announced at two moments.
#[must_use]
pub fn time_left_warning(seconds: u64) -> String {
    format!("Code expires in {seconds} seconds.")
}

/// The end is being confirmed.
#[must_use]
pub fn checking_outcome() -> &'static str {
    "Confirming…"
}

/// Another tab links the same provider.
#[must_use]
pub fn device_in_another_tab(name: &str) -> String {
    format!(
        "Another tab is already linking {name}. Continue there; this tab updates when it's done."
    )
}

/// The other tab was closed or has stopped.
#[must_use]
pub fn other_tab_stopped(name: &str) -> String {
    format!("The other tab stopped linking {name}. You can continue here with a new code.")
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
        DeviceEnd::Denied => format!("The request was declined at {name}. Nothing changed."),
        DeviceEnd::Expired => "The code expired before it was used. Nothing changed.".into(),
        DeviceEnd::NoCode => format!("{name} didn't give a code. Nothing changed."),
        DeviceEnd::CodeRefused(error) if !says_why(error) => {
            format!("{name} couldn't be linked. {}", api_error(error))
        }
        DeviceEnd::CodeRefused(_) | DeviceEnd::Failed(_) => {
            format!("{name} couldn't be linked.")
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
