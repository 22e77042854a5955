/// For each text the position of the first text that is equal to it. A list can
/// have a hundred thousand items, so the time must not grow with the square of
/// their number.
///
/// It finds repeated ids, names that are shared, and the item of one list that
/// belongs to an item of another: put both lists after each other.
#[must_use]
pub fn first_positions(texts: &[&str]) -> Vec<usize> {
    let mut steps = 0;
    find_first_positions(texts, &mut steps)
}

/// Sorts the positions by their texts, so that equal texts are neighbours.
/// `steps` counts the comparisons.
///
/// Not a hash table: the texts come from outside, so all of them could have one
/// hash. That of the standard library, and its general sort, are several KB of
/// WebAssembly each.
fn find_first_positions(texts: &[&str], steps: &mut usize) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..texts.len()).collect();
    let mut merged = Vec::with_capacity(texts.len());
    // A merge sort. It is stable: the first of equal texts stays the first.
    let mut width = 1;
    while width < texts.len() {
        for pair in sorted.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (Some((first, others)), Some((second, rest))) =
                (left.split_first(), right.split_first())
            {
                *steps += 1;
                if texts[*second] < texts[*first] {
                    merged.push(*second);
                    right = rest;
                } else {
                    merged.push(*first);
                    left = others;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut sorted, &mut merged);
        merged.clear();
        width *= 2;
    }
    let mut positions = vec![0; texts.len()];
    let mut first = sorted.first().copied().unwrap_or_default();
    for position in sorted {
        if texts[position] != texts[first] {
            first = position;
        }
        positions[position] = first;
    }
    positions
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
    fn ten_times_the_texts_take_little_more_than_ten_times_the_comparisons() {
        let steps = |texts: &[String]| {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let mut steps = 0;
            find_first_positions(&texts, &mut steps);
            steps
        };
        // A merge sort needs at most n log2 n comparisons, whatever the texts are.
        for make in [
            |number: usize| format!("provider-{number}"),
            |number: usize| format!("{:x}", number.wrapping_mul(0x9e37_79b9)),
            |number: usize| (number % 2).to_string(),
            |number: usize| format!("{:09}", 1_000_000 - number),
        ] {
            let texts: Vec<String> = (0..100_000).map(make).collect();
            let all = steps(&texts);
            assert!(all < 17 * 100_000, "{all}");
            assert!(all < 13 * steps(&texts[..10_000]), "{all}");
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
