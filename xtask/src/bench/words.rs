//! Numbers as people write them.

use super::statistics::Spread;

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Milliseconds, written as seconds.
    Seconds,
    /// Bytes, written as thousands of bytes.
    Kilobytes,
    /// Bytes, written as millions of bytes.
    Megabytes,
    /// A number of things.
    Count,
}

impl Unit {
    /// A value, without the unit.
    pub(crate) fn write(self, value: f64) -> String {
        match self {
            Self::Seconds => format!("{:.2}", value / 1_000.0),
            Self::Kilobytes => format!("{:.1}", value / 1_000.0),
            Self::Megabytes => format!("{:.1}", value / 1_000_000.0),
            Self::Count => grouped(value),
        }
    }

    /// The median, with the range behind it where the values differ.
    pub(crate) fn write_spread(self, spread: Spread) -> String {
        let [median, least, most] =
            [spread.median, spread.least, spread.most].map(|value| self.write(value));
        if least == most {
            median
        } else {
            format!("{median} ({least}–{most})")
        }
    }
}

/// A ratio, with its range.
pub(crate) fn ratio(spread: Spread) -> String {
    let [median, least, most] =
        [spread.median, spread.least, spread.most].map(|ratio| format!("{ratio:.2}"));
    if least == most {
        median
    } else {
        format!("{median} ({least}–{most})")
    }
}

/// A whole number with a comma after each three digits: `12,345`.
pub(crate) fn grouped(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0.0 && digits != "0" {
        text.insert(0, '-');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [
            (0.0, "0"),
            (-0.2, "0"),
            (999.0, "999"),
            (1_000.0, "1,000"),
            (-1_234_567.4, "-1,234,567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn a_range_is_written_only_where_there_is_one() {
        let spread = |median, least, most| Spread {
            median,
            least,
            most,
        };
        let seconds = Unit::Seconds.write_spread(spread(2_140.0, 2_001.0, 2_500.0));
        assert_eq!(seconds, "2.14 (2.00–2.50)");
        assert_eq!(Unit::Count.write_spread(spread(7.0, 7.0, 7.0)), "7");
        assert_eq!(Unit::Kilobytes.write(212_050.0), "212.1");
        assert_eq!(ratio(spread(0.5, 0.5, 0.501)), "0.50");
        assert_eq!(ratio(spread(0.5, 0.45, 0.6)), "0.50 (0.45–0.60)");
    }
}
