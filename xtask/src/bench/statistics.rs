//! Medians, ranges and ratios of repeated measurements.

/// What several measurements of one figure say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    /// Half of the values are not above it, half not below it.
    pub(crate) median: f64,
    /// The smallest value.
    pub(crate) least: f64,
    /// The largest value.
    pub(crate) most: f64,
}

impl Spread {
    /// The spread of some values. `None` without values.
    pub(crate) fn of(values: &[f64]) -> Option<Self> {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (least, most) = (*sorted.first()?, *sorted.last()?);
        let middle = sorted.len() / 2;
        let median = if sorted.len() % 2 == 1 {
            *sorted.get(middle)?
        } else {
            f64::midpoint(*sorted.get(middle - 1)?, *sorted.get(middle)?)
        };
        Some(Self {
            median,
            least,
            most,
        })
    }

    /// How many times larger the values are than those of another build that were
    /// measured in turn with them: the first beside the first, and so on.
    ///
    /// The median is the ratio of both medians. The range is that of the ratios of
    /// neighbours, which the machine's other work meets alike. `None` when a value
    /// of the other build is not above zero.
    pub(crate) fn of_ratios(values: &[f64], others: &[f64]) -> Option<Self> {
        if others.iter().any(|other| *other <= 0.0) {
            return None;
        }
        let ratios: Vec<f64> = values
            .iter()
            .zip(others)
            .map(|(value, other)| value / other)
            .collect();
        let median = Self::of(values)?.median / Self::of(others)?.median;
        let Self { least, most, .. } = Self::of(&ratios)?;
        Some(Self {
            median,
            least: least.min(median),
            most: most.max(median),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(median: f64, least: f64, most: f64) -> Spread {
        Spread {
            median,
            least,
            most,
        }
    }

    #[test]
    fn one_outlier_does_not_move_the_median() {
        assert_eq!(Spread::of(&[]), None);
        assert_eq!(Spread::of(&[4.0]), Some(spread(4.0, 4.0, 4.0)));
        assert_eq!(Spread::of(&[3.0, 1.0, 90.0]), Some(spread(3.0, 1.0, 90.0)));
        assert_eq!(
            Spread::of(&[4.0, 1.0, 2.0, 9.0]),
            Some(spread(3.0, 1.0, 9.0))
        );
    }

    #[test]
    fn a_ratio_compares_neighbours() {
        // The machine became twice as slow in the middle: both builds meet it.
        let (ours, theirs) = ([1.0, 1.0, 2.0], [2.0, 2.0, 4.0]);
        assert_eq!(
            Spread::of_ratios(&ours, &theirs),
            Some(spread(0.5, 0.5, 0.5))
        );
        assert_eq!(
            Spread::of_ratios(&[2.0, 3.0, 4.0], &[4.0, 4.0, 4.0]),
            Some(spread(0.75, 0.5, 1.0))
        );
    }

    #[test]
    fn nothing_is_a_share_of_nothing() {
        assert_eq!(Spread::of_ratios(&[1.0], &[0.0]), None);
        assert_eq!(Spread::of_ratios(&[], &[]), None);
    }

    #[test]
    fn the_range_contains_the_median() {
        let ratio = Spread::of_ratios(&[1.0, 5.0, 3.0], &[2.0, 4.0, 12.0]);
        let Some(Spread {
            median,
            least,
            most,
        }) = ratio
        else {
            panic!("no ratio");
        };
        assert!(least <= median && median <= most);
    }
}
