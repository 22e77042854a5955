use external_auth_core::ListFilter;

/// Accessible name of the search field.
#[must_use]
pub fn search_label() -> &'static str {
    "Search providers"
}

/// The button that turns the key on and off that leads to the search.
#[must_use]
pub fn search_key() -> &'static str {
    "Shortcut / for search"
}

/// Accessible name of the group of filters.
#[must_use]
pub fn filter_group() -> &'static str {
    "Show"
}

/// Label of a filter. The number of providers that it shows follows.
#[must_use]
pub fn filter_label(filter: ListFilter) -> &'static str {
    match filter {
        ListFilter::All => "All",
        ListFilter::Linked => "Linked",
        ListFilter::NotLinked => "Not linked",
        ListFilter::Attention => "Needs attention",
    }
}

/// How many providers the search and the filter show.
#[must_use]
pub fn shown_count(shown: usize, all: usize) -> String {
    format!("{shown} of {all} shown")
}

/// No provider matches the search and the filter.
#[must_use]
pub fn nothing_found() -> &'static str {
    "No matching providers"
}

/// Announces that checking all linked providers starts.
#[must_use]
pub fn checking_all(count: usize) -> String {
    format!("Checking {count} linked providers.")
}

/// Accessible name of the progress bar of a check of all.
#[must_use]
pub fn check_all_label() -> &'static str {
    "Providers checked"
}

/// Progress of a check of all.
#[must_use]
pub fn check_progress(done: usize, total: usize) -> String {
    format!("Checked {done} of {total}")
}

/// Result of a check of all.
#[must_use]
pub fn checked_all(done: usize, total: usize, attention: usize) -> String {
    let checked = check_progress(done, total);
    let stopped = if done < total {
        " Coder is limiting requests: check the rest in a minute."
    } else {
        ""
    };
    match attention {
        0 => format!("{checked}: none needs attention.{stopped}"),
        1 => format!("{checked}: 1 needs attention.{stopped}"),
        count => format!("{checked}: {count} need attention.{stopped}"),
    }
}

/// The person stopped a check of all.
#[must_use]
pub fn check_all_cancelled() -> &'static str {
    "Checking stopped. Results so far are kept."
}

#[cfg(test)]
mod tests {
    use super::checked_all;

    #[test]
    fn the_result_says_whether_all_were_checked() {
        assert_eq!(
            checked_all(4, 4, 0),
            "Checked 4 of 4: none needs attention."
        );
        assert_eq!(checked_all(4, 4, 1), "Checked 4 of 4: 1 needs attention.");
        let stopped = checked_all(2, 4, 2);
        assert!(stopped.starts_with("Checked 2 of 4: 2 need attention."));
        assert!(stopped.contains("check the rest"), "{stopped}");
    }
}
