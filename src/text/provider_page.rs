/// Greeting on the page of one provider when the account is linked.
#[must_use]
pub fn greeting(name: &str, login: Option<&str>) -> String {
    match login {
        Some(login) => format!("Hi @{login}, you are linked with {name}."),
        None => format!("You are linked with {name}."),
    }
}

/// The account is linked, so the page is no longer needed.
#[must_use]
pub fn may_close_window() -> &'static str {
    "You may close this window."
}

/// The account is not linked yet.
#[must_use]
pub fn not_linked_yet(name: &str) -> String {
    format!("Link {name}, so that your workspaces can clone from it and push to it.")
}

/// The browser came back from the provider, and the account is not linked.
#[must_use]
pub fn redirected_without_link(name: &str) -> String {
    format!(
        "{name} sent you back, but no account was linked: it may have been cancelled there, or another account than you expected was used."
    )
}

/// The deployment does not know the provider.
#[must_use]
pub fn unknown_provider() -> &'static str {
    "This deployment has no such provider. The address may be mistyped, or the provider was removed."
}

/// The list has no row for the provider. `left_out`: the number of providers for
/// which there was no room.
#[must_use]
pub fn missing_provider(left_out: usize) -> &'static str {
    if left_out == 0 {
        unknown_provider()
    } else {
        "This deployment has more providers than can be shown here. This provider may be one of those that are not shown."
    }
}

/// The provider could not be checked.
#[must_use]
pub fn page_failed() -> &'static str {
    "Whether the account is linked could not be found out."
}

/// Heading and sentence of the return page.
#[must_use]
pub fn returned() -> (&'static str, &'static str) {
    (
        "You are back",
        "The page that you started from shows whether the account is linked. You may close this window.",
    )
}
