use external_auth_core::{SafeUrl, WindowPhase, WindowView};

use super::button;

/// The status of a redirect flow in a window. If the flow does not return
/// because this page was opened at another address than Coder's, it says
/// that.
#[must_use]
pub fn window_link(name: &str, shown: &WindowView, page_host: &str) -> String {
    match &shown.elsewhere {
        Some(page) => opened_elsewhere(page_host, page.host()),
        None => window_phase(name, shown.phase),
    }
}

fn opened_elsewhere(here: &str, there: &str) -> String {
    format!(
        "You opened this page at {here}, but Coder's address is {there}. Linking works only there."
    )
}

/// The link to this page at Coder's address.
#[must_use]
pub fn open_elsewhere(page: &SafeUrl) -> String {
    format!("Open this page at {}", page.host())
}

fn window_phase(name: &str, phase: WindowPhase) -> String {
    match phase {
        WindowPhase::Blocked => format!(
            "Your browser blocked the {name} window. Continue in this tab instead; you'll come back here."
        ),
        WindowPhase::Waiting { seems_closed: true } => format!(
            "The {name} window seems to be closed. If you finished there, choose {}.",
            button::CHECK_NOW
        ),
        WindowPhase::Waiting { .. } => {
            format!("Finish in the {name} window. This updates when you're done.")
        }
        WindowPhase::StillWaiting => {
            format!("Still waiting for {name}. Keep waiting?")
        }
    }
}

/// A flow was cancelled, but only the person can close its window.
#[must_use]
pub fn window_left_open(name: &str) -> String {
    format!("Linking {name} was canceled. Its window may still be open; you can close it.")
}

/// Another provider is being linked.
#[must_use]
pub fn window_conflict(running: &str, wanted: &str) -> String {
    format!(
        "You are linking {running}. Finish that first, or link {wanted} instead: only one can run at a time."
    )
}

/// The button that cancels one flow and starts another.
#[must_use]
pub fn link_instead(wanted: &str) -> String {
    format!("Link {wanted} instead")
}
