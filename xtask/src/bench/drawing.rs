//! What the drawings share: an SVG file that is readable on light and dark pages.

use std::fmt::Write as _;

/// The width of a drawing, in CSS pixels.
pub(super) const WIDTH: f64 = 860.0;
/// The width of the column with names.
pub(super) const NAMES: f64 = 190.0;
/// The height of a row.
pub(super) const ROW: f64 = 18.0;
/// The margin at the right, for the numbers behind the longest bar.
pub(super) const NUMBERS: f64 = 110.0;

const STYLE: &str = "\
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600 }
.quiet { fill: #59636e }
.html, .api { fill: #8250df } .css { fill: #bf3989 } .js { fill: #9a6700 }
.wasm, .crate { fill: #0969da } .other { fill: #59636e } .task { fill: #cf222e }
.paint { stroke: #1a7f37 } .rows { stroke: #0969da; stroke-width: 2 }
.axis { stroke: #d1d9e0 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .quiet { fill: #9198a1 } .axis { stroke: #3d444d }
}";

/// A drawing that is being made.
pub(super) struct Drawing {
    content: String,
    /// The height so far.
    pub(super) height: f64,
}

impl Drawing {
    /// An empty drawing.
    pub(super) fn new() -> Self {
        Self {
            content: String::new(),
            height: ROW / 2.0,
        }
    }

    /// Adds a text that begins at a place. `class` may be empty.
    pub(super) fn text(&mut self, x: f64, y: f64, class: &str, text: &str) {
        let text = escape(text);
        let _ = writeln!(
            self.content,
            r#"<text x="{x:.1}" y="{y:.1}" class="{class}">{text}</text>"#
        );
    }

    /// Adds a bar in a row. A short one stays visible.
    pub(super) fn bar(&mut self, x: f64, y: f64, width: f64, class: &str) {
        let (width, height) = (width.max(1.0), ROW - 6.0);
        let _ = writeln!(
            self.content,
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="2" class="{class}"/>"#
        );
    }

    /// Adds a vertical line.
    pub(super) fn line(&mut self, x: f64, from: f64, to: f64, class: &str) {
        let _ = writeln!(
            self.content,
            r#"<line x1="{x:.1}" x2="{x:.1}" y1="{from:.1}" y2="{to:.1}" class="{class}"/>"#
        );
    }

    /// The file's content. `title` is what a screen reader says.
    pub(super) fn finish(self, title: &str) -> String {
        let (title, content, height) = (escape(title), self.content, self.height + ROW / 2.0);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH:.0} {height:.0}\" \
             width=\"{WIDTH:.0}\" height=\"{height:.0}\" role=\"img\">\n\
             <title>{title}</title>\n<style>\n{STYLE}\n</style>\n{content}</svg>\n"
        )
    }
}

/// A text as it stands in XML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_bars_are_visible() {
        let mut drawing = Drawing::new();
        drawing.text(1.0, 2.0, "title", "<a> & b");
        drawing.bar(0.0, 0.0, 0.01, "wasm");
        drawing.height = 100.0;
        let svg = drawing.finish("Load & rows");
        assert!(svg.contains(">&lt;a&gt; &amp; b</text>"), "{svg}");
        assert!(svg.contains("<title>Load &amp; rows</title>"), "{svg}");
        assert!(svg.contains(r#"width="1.0""#), "{svg}");
        assert!(svg.contains(r#"viewBox="0 0 860 109""#), "{svg}");
    }
}
