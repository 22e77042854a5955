/// The title of the page of one provider, for the browser's tab and history.
#[must_use]
pub fn provider_page_title(name: &str) -> String {
    format!("{name} – {}", super::title())
}

/// Greeting on the page of one provider when the account is linked, so that the page
/// is no longer needed.
#[must_use]
pub fn greeting(name: &str, login: Option<&str>) -> String {
    match login {
        Some(login) => {
            format!("Hi @{login}, you're linked with {name}. You may close this window.")
        }
        None => format!("You're linked with {name}. You may close this window."),
    }
}

/// The account is not linked yet.
#[must_use]
pub fn not_linked_yet(name: &str) -> String {
    format!("Link {name} so your workspaces can use it.")
}

/// The browser came back from the provider, and the account is not linked.
#[must_use]
pub fn redirected_without_link(name: &str) -> String {
    format!("{name} sent you back without linking an account. It may have been canceled there.")
}

/// The deployment does not know the provider.
#[must_use]
pub fn unknown_provider() -> &'static str {
    "Coder has no such provider. Check the address; the provider may have been removed."
}

/// The list has no row for the provider. `left_out`: the number of providers for
/// which there was no room.
#[must_use]
pub fn missing_provider(left_out: usize) -> &'static str {
    if left_out == 0 {
        unknown_provider()
    } else {
        "Coder has more providers than this page can show. This one may be among those that aren't shown."
    }
}

/// The provider could not be checked.
#[must_use]
pub fn page_failed() -> &'static str {
    "We couldn't check whether your account is linked."
}

/// Heading and sentence of the return page.
#[must_use]
pub fn returned() -> (&'static str, &'static str) {
    (
        "You're back",
        "The page you came from shows whether your account is linked. You may close this window.",
    )
}
