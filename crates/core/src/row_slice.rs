use std::time::Duration;

/// How many rows of a long list are drawn in one task.
///
/// A slice grows while its tasks are quick and shrinks while they are slow, so
/// that a fast computer draws the list in few frames, and a slow one still
/// answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowSlice {
    /// The number of rows. At least 4.
    pub rows: usize,
}

impl Default for RowSlice {
    /// The first slice fills the screen of a phone. A computer, which is faster,
    /// fills its screen with the next one.
    fn default() -> Self {
        Self { rows: 8 }
    }
}

impl RowSlice {
    /// A new row takes as long as this many rows that change.
    pub const CHANGES_PER_ROW: usize = 4;

    /// A task that takes longer delays an answer to the person: the limit for that
    /// is 50 ms.
    const SLOW: Duration = Duration::from_millis(40);
    /// Twice as many rows are still quick enough.
    const QUICK: Duration = Duration::from_millis(20);
    const FEWEST: usize = 4;
    const MOST: usize = 64;
    /// Each frame has a cost, which grows with the list. So a long list has larger
    /// slices: it comes in about this many frames at the most.
    const FRAMES: usize = 64;

    /// The slice after this one. `took` is the time of the longer one of its two
    /// tasks: the task that makes the rows, and the frame that lays them out and
    /// paints them. `total` is the length of the list.
    #[must_use]
    pub fn next(self, took: Duration, total: usize) -> Self {
        let rows = if took > Self::SLOW {
            self.rows / 2
        } else if took < Self::QUICK {
            self.rows * 2
        } else {
            self.rows
        };
        Self {
            rows: rows
                .clamp(Self::FEWEST, Self::MOST)
                .max(total / Self::FRAMES),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::RowSlice;

    #[test]
    fn a_slice_follows_the_time_that_the_last_one_took() {
        for (rows, took, next) in [
            (16, 0, 32),
            (16, 19, 32),
            (16, 20, 16),
            (16, 40, 16),
            (64, 41, 32),
            (64, 900, 32),
            (16, 900, 8),
            (4, 900, 4),
            (6, 900, 4),
            (64, 0, 64),
            (50, 0, 64),
        ] {
            let slice = RowSlice { rows };
            let after = slice.next(Duration::from_millis(took), 100);
            assert_eq!(after.rows, next, "{rows} rows in {took} ms");
        }
        let slow = RowSlice::default().next(Duration::from_secs(1), 5_000);
        assert_eq!(slow.rows, 78, "a long list");
    }
}
