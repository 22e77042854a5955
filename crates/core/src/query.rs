use crate::routes::encode_component;

/// The first value of a parameter that is not empty. `query` is the query of
/// an address, with or without `?`.
#[must_use]
pub fn query_parameter(query: &str, name: &str) -> Option<String> {
    pairs(query)
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| decode_component(key, true) == name)
        .map(|(_, value)| decode_component(value, true))
        .filter(|value| !value.is_empty())
}

/// The query with this value of one parameter, or without the parameter if
/// the value is empty. The result starts with `?` unless it is empty.
///
/// All other parameters keep their bytes. They belong to the embedding page,
/// which may encode them differently from `URLSearchParams`.
#[must_use]
pub fn with_query_parameter(query: &str, name: &str, value: &str) -> String {
    let mut new = (!value.is_empty()).then(|| {
        // `URLSearchParams` writes a space as a plus sign.
        let words: Vec<_> = value.split(' ').map(encode_component).collect();
        format!("{name}={}", words.join("+"))
    });
    let mut all = Vec::new();
    for pair in pairs(query) {
        if is_named(pair, name) {
            all.extend(new.take());
        } else {
            all.push(pair.to_owned());
        }
    }
    all.extend(new);
    joined(&all)
}

/// The value of the last parameter of this name, and the query without it.
/// `None` if there is none. Other parameters of the name, and all other
/// bytes, stay.
pub(crate) fn without_last_pair(query: &str, name: &str) -> Option<(String, String)> {
    let mut all: Vec<&str> = pairs(query).collect();
    let position = all.iter().rposition(|pair| is_named(pair, name))?;
    let (_, value) = all.remove(position).split_once('=')?;
    Some((decode_component(value, true), joined(&all)))
}

fn is_named(pair: &str, name: &str) -> bool {
    decode_component(pair.split('=').next().unwrap_or_default(), true) == name
}

fn pairs(query: &str) -> impl Iterator<Item = &str> {
    let query = query.strip_prefix('?').unwrap_or(query);
    (!query.is_empty())
        .then(|| query.split('&'))
        .into_iter()
        .flatten()
}

fn joined<T: AsRef<str>>(pairs: &[T]) -> String {
    let mut query = String::new();
    for (index, pair) in pairs.iter().enumerate() {
        query.push(if index == 0 { '?' } else { '&' });
        query.push_str(pair.as_ref());
    }
    query
}

/// Decodes percent-encoding, and `+` as a space. Invalid sequences stay as
/// they are.
pub(crate) fn decode_component(text: &str, plus_is_space: bool) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let hex = |position: usize| char::from(*tail.get(position)?).to_digit(16);
        rest = tail;
        match (byte, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                rest = &tail[2..];
            }
            (b'+', ..) if plus_is_space => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{query_parameter, with_query_parameter, without_last_pair};

    #[test]
    fn one_parameter_changes_and_the_others_keep_their_bytes() {
        for (query, value, after) in [
            ("", "", ""),
            ("?", "", ""),
            ("", "a b", "?q=a+b"),
            ("?q=x", "", ""),
            ("?q=x", "y", "?q=y"),
            (
                "?view=a+b&x=%7e;1&flag&empty=",
                "y",
                "?view=a+b&x=%7e;1&flag&empty=&q=y",
            ),
            ("?a=(1),2&q=x&b=*", "y", "?a=(1),2&q=y&b=*"),
            ("?a=(1),2&q=x&b=*&%71=z", "", "?a=(1),2&b=*"),
            ("?redirect=/x?y", "", "?redirect=/x?y"),
        ] {
            assert_eq!(
                with_query_parameter(query, "q", value),
                after,
                "{query} {value}"
            );
        }
    }

    #[test]
    fn only_the_last_parameter_of_a_name_is_removed() {
        for (query, taken) in [
            ("?linked=git%2Fhub", Some(("git/hub", ""))),
            (
                "?linked=yes&a=+&linked=git/hub&b",
                Some(("git/hub", "?linked=yes&a=+&b")),
            ),
            ("?linked=a&linked=a&x", Some(("a", "?linked=a&x"))),
            ("?linked", None),
            ("", None),
        ] {
            let expected = taken.map(|(value, rest)| (value.to_owned(), rest.to_owned()));
            assert_eq!(without_last_pair(query, "linked"), expected, "{query}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(query in "[a-z=&+%?]{0,12}", value in "\\PC{1,12}") {
            let after = with_query_parameter(&query, "q", &value);
            prop_assert_eq!(query_parameter(&after, "q"), Some(value));
        }

        #[test]
        fn any_query_can_be_changed(query in "\\PC*", value in "\\PC*") {
            let _ = with_query_parameter(&query, "q", &value);
            let _ = without_last_pair(&query, "q");
        }
    }
}
