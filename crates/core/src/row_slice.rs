use std::time::Duration;

/// How many rows of a long list are drawn before the time is looked at.
///
/// A slice grows while it is quick and shrinks when it is slow, so that a fast
/// computer draws the list in few frames, and a slow one still answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowSlice {
    /// The number of rows. At least 16.
    pub rows: usize,
}

impl RowSlice {
    /// For how long rows are drawn in one frame. The browser needs the rest of
    /// it.
    pub const BUDGET: Duration = Duration::from_millis(8);
    /// The first slice fills a screen.
    pub const FIRST: Self = Self { rows: 16 };

    /// Each frame has a cost, so many small ones are slower than few
    /// large ones.
    const FEWEST: usize = 16;
    const MOST: usize = 128;

    /// The slice after this one, which took so long, with the layout that it
    /// caused.
    #[must_use]
    pub fn next(self, took: Duration) -> Self {
        let rows = if took > Self::BUDGET {
            self.rows / 2
        } else if took < Self::BUDGET / 3 {
            self.rows * 2
        } else {
            self.rows
        };
        Self {
            rows: rows.clamp(Self::FEWEST, Self::MOST),
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
            (16, 2, 32),
            (16, 3, 16),
            (16, 8, 16),
            (64, 9, 32),
            (64, 900, 32),
            (16, 900, 16),
            (20, 900, 16),
            (128, 0, 128),
            (100, 0, 128),
        ] {
            let slice = RowSlice { rows };
            let after = slice.next(Duration::from_millis(took));
            assert_eq!(after.rows, next, "{rows} rows in {took} ms");
        }
    }
}
