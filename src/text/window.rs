/// The browser did not let a window open.
#[must_use]
pub fn window_blocked(name: &str) -> String {
    format!(
        "Your browser blocked the window for {name}. Continue in this tab instead; it comes back here."
    )
}

/// The person is at the provider.
#[must_use]
pub fn window_waiting(name: &str, seems_closed: bool) -> String {
    if seems_closed {
        format!(
            "The window for {name} seems to be closed. If you are done there, this notices by itself."
        )
    } else {
        format!("Finish in the window for {name}. This notices by itself when you are done.")
    }
}

/// It took long.
#[must_use]
pub fn window_still_waiting(name: &str) -> String {
    format!("Still waiting for {name}. Do you want to go on?")
}

/// A window was given up that only the person can close.
#[must_use]
pub fn window_left_open(name: &str) -> String {
    format!("Linking {name} was cancelled here. Its window may still be open; you can close it.")
}

/// Another provider is being linked.
#[must_use]
pub fn window_conflict(running: &str, wanted: &str) -> String {
    format!(
        "You are linking {running}. Finish that first, or link {wanted} instead: only one can run at a time."
    )
}

/// Gives one flow up for another.
#[must_use]
pub fn link_instead(wanted: &str) -> String {
    format!("Link {wanted} instead")
}
