//! Draws how much of the program comes from which crate.

use super::crate_sizes::CrateSizes;
use super::drawing::{Drawing, NAMES, NUMBERS, ROW, WIDTH};
use super::tables::number;
use super::words::Unit;

/// Draws a bar for each crate, and one for the data.
pub(super) fn draw(sizes: &CrateSizes) -> String {
    let mut drawing = Drawing::new();
    let data = ("data".to_owned(), sizes.data);
    let bars: Vec<&(String, u64)> = sizes.crates.iter().chain([&data]).collect();
    let all: f64 = bars.iter().map(|(_, bytes)| number(*bytes)).sum();
    let most = bars
        .iter()
        .map(|(_, bytes)| number(*bytes))
        .fold(1.0, f64::max);
    for (name, bytes) in bars {
        let bytes = number(*bytes);
        let (y, width) = (drawing.height, bytes / most * (WIDTH - NAMES - NUMBERS));
        drawing.text(0.0, y + ROW - 6.0, "", name);
        drawing.bar(
            NAMES,
            y + 3.0,
            width,
            if name == "data" { "other" } else { "crate" },
        );
        let size = format!(
            "{} KB, {:.0} %",
            Unit::Kilobytes.write(bytes),
            100.0 * bytes / all
        );
        drawing.text(NAMES + width + 4.0, y + ROW - 6.0, "quiet", &size);
        drawing.height += ROW;
    }
    drawing.finish("The size of the program by crate, before compression")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_crate_has_the_longest_bar() {
        let svg = draw(&CrateSizes {
            crates: vec![("app".to_owned(), 3_000), ("core".to_owned(), 500)],
            data: 500,
            functions: Vec::new(),
        });
        let longest = format!("width=\"{:.1}\"", WIDTH - NAMES - NUMBERS);
        assert_eq!(svg.matches(&longest).count(), 1, "{svg}");
        assert!(svg.contains("3.0 KB, 75 %"), "{svg}");
        assert_eq!(
            svg.matches("0.5 KB, 12 %").count() + svg.matches("0.5 KB, 13 %").count(),
            2,
            "{svg}"
        );
    }
}
