/// Label of the button element when the provider is linked.
#[must_use]
pub fn button_linked(login: Option<&str>) -> String {
    match login {
        Some(login) => format!("Linked as @{login}"),
        None => "Linked".into(),
    }
}

/// Label of the button element while the person links at the provider.
#[must_use]
pub fn button_waiting(name: &str) -> String {
    format!("Linking {name}…")
}
