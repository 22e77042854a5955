use external_auth_core::PersonNotice;

/// Another person is signed in than the one for whom the page showed the list.
#[must_use]
pub fn person_notice(notice: &PersonNotice) -> String {
    let PersonNotice {
        username,
        was_unknown,
        nothing_changed,
    } = notice;
    if *was_unknown {
        list_read_again_for(username, *nothing_changed)
    } else {
        now_signed_in_as(username, *nothing_changed)
    }
}

/// Another person has signed in, in another tab: the page shows their list.
/// `name` may be empty. `nothing_changed`: something should have been changed
/// for the person from before, and was not.
fn now_signed_in_as(name: &str, nothing_changed: bool) -> String {
    let (who, whose) = if name.is_empty() {
        ("someone else", "theirs".to_owned())
    } else {
        (name, format!("{name}'s"))
    };
    let unchanged = if nothing_changed {
        ", so nothing was changed"
    } else {
        ""
    };
    format!("You're now signed in as {who}{unchanged}. This list is {whose}.")
}

/// Nobody knew for whom the list was read, so it was read again. `name` may be
/// empty. `nothing_changed`: something should have been changed, and was not.
fn list_read_again_for(name: &str, nothing_changed: bool) -> String {
    let unchanged = if nothing_changed {
        ", so nothing was changed"
    } else {
        ""
    };
    let again = if name.is_empty() {
        "The list was loaded again.".to_owned()
    } else {
        format!("The list was loaded again, as {name}.")
    };
    format!("We couldn't confirm whose list this was{unchanged}. {again}")
}

/// It could not be asked who is signed in, before the reason is said.
#[must_use]
pub fn person_not_confirmed() -> &'static str {
    "We couldn't confirm who is signed in, so nothing was changed."
}

/// The person has to sign in first, which is said for the whole page.
#[must_use]
pub fn nothing_changed() -> &'static str {
    "Nothing was changed."
}

#[cfg(test)]
mod tests {
    use super::now_signed_in_as;

    #[test]
    fn who_is_signed_in_and_that_nothing_was_changed_is_said() {
        assert_eq!(
            now_signed_in_as("grace", true),
            "You're now signed in as grace, so nothing was changed. This list is grace's."
        );
        assert_eq!(
            now_signed_in_as("", false),
            "You're now signed in as someone else. This list is theirs."
        );
    }
}
