use external_auth_core::{AccessEnd, InstallationCount, Timestamp, name_without_isolates};

use crate::platform::TimeWords;

/// The linked account. A login is written from left to right. Where no Latin letter
/// is before it, a page that is written from right to left would put the sign `@`
/// behind it, so it stands between the characters that isolate its direction.
#[must_use]
pub fn linked_as(name: &str, login: &str) -> String {
    match (name.trim(), login.trim()) {
        ("", login) => format!("\u{2066}@{login}\u{2069}"),
        (name, "") => name.to_owned(),
        (name, login) if name_without_isolates(name) != name => {
            format!("{name} (\u{2066}@{login}\u{2069})")
        }
        (name, login) => format!("{name} (@{login})"),
    }
}

/// When or how the access ends.
#[must_use]
pub fn access_end(end: AccessEnd, now: Timestamp, words: &TimeWords) -> String {
    match end {
        AccessEnd::Never => "Does not expire".into(),
        AccessEnd::Renews(_) => "Renews automatically".into(),
        AccessEnd::Ended(at) => format!("Ended {}", words.relative(at, now)),
        AccessEnd::EndsUnrenewed(at) | AccessEnd::Ends(at) => {
            format!("Ends {}", words.relative(at, now))
        }
    }
}

/// [`access_end`], with what an end that is not renewed means.
#[must_use]
pub fn access_end_in_full(end: AccessEnd, now: Timestamp, words: &TimeWords) -> String {
    match end {
        AccessEnd::Never | AccessEnd::Renews(_) | AccessEnd::Ended(_) => {
            access_end(end, now, words)
        }
        AccessEnd::EndsUnrenewed(at) => format!(
            "Ends {}, and Coder doesn't renew it: you will have to link again",
            words.relative(at, now)
        ),
        AccessEnd::Ends(at) => format!(
            "Ends {}, no refresh token: you will have to link again",
            words.relative(at, now)
        ),
    }
}

/// When the account was linked.
#[must_use]
pub fn linked_since(instant: Timestamp, now: Timestamp, words: &TimeWords) -> String {
    format!("Linked {}", words.relative(instant, now))
}

/// When the provider was last asked.
#[must_use]
pub fn checked(instant: Timestamp, now: Timestamp, words: &TimeWords) -> String {
    format!("Checked {}", ago(instant, now, words))
}

/// How long ago something happened.
#[must_use]
pub fn ago(instant: Timestamp, now: Timestamp, words: &TimeWords) -> String {
    if now.ms_since(instant) < 60_000 {
        "just now".into()
    } else {
        words.relative(instant, now)
    }
}

/// The number of accounts for which the app is installed.
#[must_use]
pub fn app_installed_at(count: InstallationCount) -> String {
    match count {
        InstallationCount::Exactly(1) => "App installed for 1 account".into(),
        InstallationCount::Exactly(count) => format!("App installed for {count} accounts"),
        InstallationCount::AtLeast(count) => {
            format!("App installed for {count} or more accounts")
        }
    }
}

/// The button that shows all listed accounts where the app is installed.
#[must_use]
pub fn show_all_installations(count: InstallationCount) -> String {
    match count {
        InstallationCount::Exactly(count) => format!("Show all {count}"),
        InstallationCount::AtLeast(count) => format!("Show the first {count}"),
    }
}

/// The label of the field that searches the accounts where the app is installed.
#[must_use]
pub fn search_installations(count: InstallationCount) -> String {
    match count {
        InstallationCount::Exactly(_) => "Search accounts".into(),
        InstallationCount::AtLeast(count) => format!("Search the first {count} accounts"),
    }
}

/// No account matches the search.
#[must_use]
pub fn no_installation_found(count: InstallationCount) -> String {
    match count {
        InstallationCount::Exactly(_) => "No matching accounts".into(),
        InstallationCount::AtLeast(count) => {
            format!("None of the first {count} accounts matches. There may be more.")
        }
    }
}

/// The app is installed nowhere, and no address to install it is known.
#[must_use]
pub fn no_install_address(name: &str) -> String {
    format!(
        "The {name} app isn't installed on any account, so private repositories are out of reach. Coder has no address to install it at: ask your administrator."
    )
}

/// The person returned from installing the app.
#[must_use]
pub fn app_is_installed(name: &str) -> String {
    format!("The {name} app is installed.")
}

/// A redirect flow returned with a link.
#[must_use]
pub fn is_linked(name: &str) -> String {
    format!("{name} is linked.")
}

/// The provider refuses a link that was just made.
#[must_use]
pub fn linked_and_refused(name: &str) -> String {
    format!(
        "You approved the request, but {name} doesn't accept the link. Try again, or ask your administrator."
    )
}

/// A link works, but it is not known whether it was linked again.
#[must_use]
pub fn works_unconfirmed(name: &str) -> String {
    format!("{name} works. We couldn't confirm that it was linked again.")
}

/// A redirect flow returned without a link.
#[must_use]
pub fn link_not_finished(name: &str) -> String {
    format!("Linking {name} wasn't finished. You can try again any time.")
}

/// The deployment reports that a redirect flow failed.
#[must_use]
pub fn link_failed(name: &str) -> String {
    format!("Coder couldn't link {name}. You can try again.")
}

/// Another account is linked than before.
#[must_use]
pub fn login_changed(name: &str, before: &str, now: &str) -> String {
    format!(
        "{name} is now linked as @{now}; it was @{before}. To choose another account, sign out at {name} first, then re-authenticate."
    )
}

#[cfg(test)]
mod tests {
    use external_auth_core::InstallationCount;

    use super::{
        app_installed_at, linked_as, no_installation_found, search_installations,
        show_all_installations,
    };

    #[test]
    fn a_full_list_of_installations_is_not_called_all() {
        let words = |listed| {
            let count = InstallationCount::of(listed);
            [
                app_installed_at(count),
                show_all_installations(count),
                search_installations(count),
                no_installation_found(count),
            ]
        };
        for words in words(30) {
            assert!(words.contains("30") && !words.contains("all 30"), "{words}");
        }
        assert_eq!(words(30)[0], "App installed for 30 or more accounts");
        assert_eq!(
            words(29),
            [
                "App installed for 29 accounts",
                "Show all 29",
                "Search accounts",
                "No matching accounts"
            ]
        );
        assert_eq!(words(1)[0], "App installed for 1 account");
    }

    #[test]
    fn the_linked_account_is_named_by_what_is_known() {
        assert_eq!(linked_as("Ada Lovelace", "ada"), "Ada Lovelace (@ada)");
        assert_eq!(linked_as(" ", "ada"), "\u{2066}@ada\u{2069}");
        assert_eq!(
            linked_as("\u{2068}עדה\u{2069}", "ada"),
            "\u{2068}עדה\u{2069} (\u{2066}@ada\u{2069})"
        );
        assert_eq!(linked_as("Ada Lovelace", ""), "Ada Lovelace");
    }
}
