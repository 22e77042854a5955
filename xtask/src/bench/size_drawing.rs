//! Draws how much of the program comes from which crate.

use super::crate_sizes::{Bytes, CrateSizes};
use super::drawing::{Drawing, NAMES, NUMBERS, ROW, WIDTH};
use super::tables::number;
use super::words::Unit;

/// Draws a bar for each crate: the first part, and the later parts behind it.
pub(super) fn draw(sizes: &CrateSizes) -> String {
    let mut drawing = Drawing::new();
    let both = |bytes: &Bytes| number(bytes.first + bytes.later);
    let most = sizes
        .rows
        .iter()
        .map(|(_, bytes)| both(bytes))
        .fold(1.0, f64::max);
    let scale = (WIDTH - NAMES - NUMBERS) / most;
    for (name, bytes) in &sizes.rows {
        let (y, first) = (drawing.height, number(bytes.first) * scale);
        drawing.text(0.0, y + ROW - 6.0, "", name);
        if bytes.later > 0 {
            let later = number(bytes.later) * scale;
            drawing.bar(NAMES + first, y + 3.0, later, "other");
        }
        drawing.bar(NAMES, y + 3.0, first, "crate");
        let [first, later] =
            [bytes.first, bytes.later].map(|bytes| Unit::Kilobytes.write(number(bytes)));
        let text = format!("{first} + {later} KB");
        let end = NAMES + both(bytes) * scale;
        drawing.text(end + 4.0, y + ROW - 6.0, "quiet", &text);
        drawing.height += ROW;
    }
    drawing.finish(
        "The size of the program by crate, before compression: the first part, and the later parts",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_the_crate_is_large() {
        let bytes = |first, later| Bytes { first, later };
        let svg = draw(&CrateSizes {
            rows: vec![
                ("app".to_owned(), bytes(3_000, 1_000)),
                ("core".to_owned(), bytes(500, 0)),
            ],
            functions: Vec::new(),
        });
        let scale = (WIDTH - NAMES - NUMBERS) / 4_000.0;
        for (bytes, bars) in [(3_000.0, 1), (1_000.0, 1), (500.0, 1)] {
            let width = format!("width=\"{:.1}\"", bytes * scale);
            assert_eq!(svg.matches(&width).count(), bars, "{bytes}: {svg}");
        }
        assert!(svg.contains("3.0 + 1.0 KB"), "{svg}");
    }
}
