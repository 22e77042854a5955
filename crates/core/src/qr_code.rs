use std::fmt::Write;

use qrcodegen::{QrCode as Encoded, QrCodeEcc};

/// The light border that scanners need around a code, in modules
/// (ISO/IEC 18004).
const QUIET_ZONE: i32 = 4;

/// A QR code as an SVG path in a square.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrCode {
    /// Width and height in modules, including the light border.
    pub size: i32,
    /// The dark modules, as one rectangle for each run in a row.
    pub path: String,
}

impl QrCode {
    /// Encodes a text. None if it is too long for a QR code.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let code = Encoded::encode_text(text, QrCodeEcc::Medium).ok()?;
        let mut path = String::new();
        for y in 0..code.size() {
            let mut x = 0;
            while x < code.size() {
                let start = x;
                while x < code.size() && code.get_module(x, y) {
                    x += 1;
                }
                if x > start {
                    // Writing to a string cannot fail.
                    let _ = write!(
                        path,
                        "M{} {}h{}v1H{0}z",
                        start + QUIET_ZONE,
                        y + QUIET_ZONE,
                        x - start
                    );
                }
                x += 1;
            }
        }
        Some(Self {
            size: code.size() + 2 * QUIET_ZONE,
            path,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::QrCode;

    #[test]
    fn a_code_has_a_border_and_finder_patterns() {
        let code = QrCode::of("https://github.com/login/device").unwrap();
        assert_eq!(code.size, 29 + 4 + 4, "31 characters make version 3");
        assert!(code.path.starts_with("M4 4h7v1H4z"), "{}", code.path);
    }

    #[test]
    fn a_text_that_is_too_long_has_no_code() {
        assert_eq!(QrCode::of(&"x".repeat(5_000)), None);
    }
}
