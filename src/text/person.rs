use external_auth_core::{CookieMismatch, PersonNotice};

/// Another person is signed in than the one whose list the page showed.
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

/// Another person has signed in in another tab, and the page shows their list.
/// `name` may be empty. `nothing_changed`: a change for the previous person was
/// not made.
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

/// It was not known whose list the page showed, so the list was read again.
/// `name` may be empty. `nothing_changed`: a change was asked for and not made.
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

/// The question who is signed in failed; the reason follows.
#[must_use]
pub fn person_not_confirmed() -> &'static str {
    "We couldn't confirm who is signed in, so nothing was changed."
}

/// Linking was not started, because it would run for another person than the
/// one whose session token the page uses. `name` is the provider's.
#[must_use]
pub fn another_cookie(name: &str, mismatch: &CookieMismatch) -> String {
    let sign_in_as = |expected: &str| match expected {
        "" => "Sign in to Coder as the person whose accounts these are".to_owned(),
        expected => format!("Sign in to Coder as {expected}"),
    };
    match mismatch {
        CookieMismatch::AnotherPerson { expected, found } => {
            let found = if found.is_empty() {
                "someone else"
            } else {
                found
            };
            let sign_in = sign_in_as(expected);
            format!(
                "{name} wasn't linked, because this browser is signed in to Coder as {found}. {sign_in}, then try again."
            )
        }
        CookieMismatch::Nobody { expected } => {
            let sign_in = sign_in_as(expected);
            format!(
                "{name} wasn't linked, because this browser isn't signed in to Coder. {sign_in}, then try again."
            )
        }
        CookieMismatch::AnotherOrigin => format!(
            "{name} wasn't linked, because this page can't tell who this browser is signed in to Coder as. Link {name} on Coder's own page."
        ),
    }
}

/// A change was not made because the person has to sign in first. A notice of
/// the whole page says so.
#[must_use]
pub fn nothing_changed() -> &'static str {
    "Nothing was changed."
}

#[cfg(test)]
mod tests {
    use external_auth_core::CookieMismatch;

    use super::{another_cookie, now_signed_in_as};

    #[test]
    fn a_refused_redirect_flow_names_both_people() {
        let words = |expected: &str, found: &str| {
            let mismatch = CookieMismatch::AnotherPerson {
                expected: expected.into(),
                found: found.into(),
            };
            another_cookie("GitLab", &mismatch)
        };
        assert_eq!(
            words("ada", "grace"),
            "GitLab wasn't linked, because this browser is signed in to Coder as grace. Sign in to Coder as ada, then try again."
        );
        assert_eq!(
            words("", ""),
            "GitLab wasn't linked, because this browser is signed in to Coder as someone else. Sign in to Coder as the person whose accounts these are, then try again."
        );
    }

    #[test]
    fn names_the_person_and_says_that_nothing_was_changed() {
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
