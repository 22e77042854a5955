/// For each text the position of the first text that is equal to it. A list can
/// have thousands of items, so the time grows with their number, not with its
/// square.
///
/// It finds repeated ids, names that are shared, and the item of one list that
/// belongs to an item of another: put both lists after each other.
#[must_use]
pub fn first_positions(texts: &[&str]) -> Vec<usize> {
    let mut steps = 0;
    find_first_positions(texts, &mut steps)
}

/// A hash table with open addressing; one of the standard library would be
/// several KB of WebAssembly. `steps` counts the comparisons.
fn find_first_positions(texts: &[&str], steps: &mut usize) -> Vec<usize> {
    let slots_count = (2 * texts.len() + 1).next_power_of_two();
    let mut slots: Vec<Option<usize>> = vec![None; slots_count];
    let mut positions = Vec::with_capacity(texts.len());
    for (position, text) in texts.iter().enumerate() {
        let mut slot = hash(text);
        // At most half of the slots are taken, so a free one is found.
        let first = loop {
            slot %= slots_count;
            *steps += 1;
            match slots[slot] {
                Some(first) if texts[first] == *text => break first,
                Some(_) => slot += 1,
                None => {
                    slots[slot] = Some(position);
                    break position;
                }
            }
        };
        positions.push(first);
    }
    positions
}

/// FNV-1a.
fn hash(text: &str) -> usize {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    hash as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{find_first_positions, first_positions};

    #[test]
    fn equal_texts_have_the_position_of_the_first() {
        assert_eq!(first_positions(&[]), [0; 0]);
        assert_eq!(
            first_positions(&["a", "b", "a", "", "b", "", "c"]),
            [0, 1, 0, 3, 1, 3, 6]
        );
    }

    #[test]
    fn the_number_of_comparisons_grows_with_the_number_of_texts() {
        for count in [100, 10_000, 100_000] {
            let texts: Vec<String> = (0..count)
                .map(|number| format!("provider-{number}"))
                .collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let mut steps = 0;
            let positions = find_first_positions(&texts, &mut steps);
            assert!(positions.into_iter().eq(0..count));
            assert!(steps < 3 * count, "{steps} for {count}");
        }
    }

    proptest! {
        #[test]
        fn the_result_is_that_of_a_search(texts in proptest::collection::vec("[ab]{0,3}", 0..40)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let expected: Vec<_> = (texts.iter())
                .map(|text| texts.iter().position(|other| other == text).unwrap_or_default())
                .collect();
            prop_assert_eq!(first_positions(&texts), expected);
        }
    }
}
