/// Where a text begins in another one, in bytes.
///
/// The standard library's search is quick in long texts, and it is a kilobyte of
/// WebAssembly that the first load has no other use for. The texts here are short.
pub(crate) fn find_text(within: &str, text: &str) -> Option<usize> {
    let last = within.len().checked_sub(text.len())?;
    let (within, text) = (within.as_bytes(), text.as_bytes());
    (0..=last).find(|at| within[*at..].starts_with(text))
}

/// Whether a text contains another one.
pub(crate) fn contains_text(within: &str, text: &str) -> bool {
    find_text(within, text).is_some()
}

/// The part of a text before another one, or all of it.
pub(crate) fn text_before<'a>(within: &'a str, text: &str) -> &'a str {
    find_text(within, text)
        .and_then(|end| within.get(..end))
        .unwrap_or(within)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_finds_what_the_standard_library_finds(
            within in "[ab\u{e9}:]{0,12}",
            text in "[ab\u{e9}:]{0,3}",
        ) {
            prop_assert_eq!(find_text(&within, &text), within.find(&text));
            prop_assert_eq!(contains_text(&within, &text), within.contains(&text));
            let before = within.split(&text).next().filter(|_| !text.is_empty());
            prop_assert_eq!(text_before(&within, &text), before.unwrap_or_default());
        }
    }
}
