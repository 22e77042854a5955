use super::DecodeError;
use crate::limits::{MAX_DEPTH, MAX_VALUES};

/// The part of JSON (RFC 8259) that the wire needs.
///
/// The parser is small on purpose. A general one parses numbers exactly, and
/// its tables for that are larger than all wire types together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// The integer part of a number. A negative number is 0, and larger ones
    /// saturate.
    Number(u64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object. If a name is repeated, the last one counts.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Parses a complete text.
    pub(super) fn parse(text: &str) -> Result<Self, DecodeError> {
        let mut reader = Reader {
            rest: text,
            values_left: MAX_VALUES,
        };
        match reader.value(MAX_DEPTH) {
            Some(value) if reader.next_byte().is_none() => Ok(value),
            _ => {
                let position = text.len() - reader.rest.len();
                Err(DecodeError::new(format!(
                    "cannot be read as JSON from byte {position} of {} on",
                    text.len()
                )))
            }
        }
    }
}

/// The rest of the text. Every method removes what it reads from the front, or
/// returns none if something else is there.
struct Reader<'a> {
    rest: &'a str,
    values_left: usize,
}

impl<'a> Reader<'a> {
    /// Skips white space and returns the next byte without removing it.
    fn next_byte(&mut self) -> Option<u8> {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
        self.rest.bytes().next()
    }

    fn takes(&mut self, word: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        self.values_left = self.values_left.checked_sub(1)?;
        Some(match self.next_byte()? {
            b'{' => {
                let mut fields = Vec::new();
                self.parts(depth, "{", "}", |reader, depth| {
                    reader.next_byte();
                    let name = reader.text()?;
                    reader.next_byte();
                    reader.takes(":")?;
                    fields.push((name, reader.value(depth)?));
                    Some(())
                })?;
                Json::Object(fields)
            }
            b'[' => {
                let mut items = Vec::new();
                self.parts(depth, "[", "]", |reader, depth| {
                    items.push(reader.value(depth)?);
                    Some(())
                })?;
                Json::List(items)
            }
            b'"' => Json::Text(self.text()?),
            b't' => {
                self.takes("true")?;
                Json::Boolean(true)
            }
            b'f' => {
                self.takes("false")?;
                Json::Boolean(false)
            }
            b'n' => {
                self.takes("null")?;
                Json::Null
            }
            _ => Json::Number(self.number()?),
        })
    }

    /// The parts between two brackets, separated by commas.
    fn parts(
        &mut self,
        depth: usize,
        open: &str,
        close: &str,
        mut part: impl FnMut(&mut Self, usize) -> Option<()>,
    ) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        self.takes(open)?;
        self.next_byte();
        if self.takes(close).is_some() {
            return Some(());
        }
        loop {
            part(self, depth)?;
            self.next_byte();
            if self.takes(close).is_some() {
                return Some(());
            }
            self.takes(",")?;
        }
    }

    fn text(&mut self) -> Option<String> {
        self.takes("\"")?;
        let mut text = String::new();
        loop {
            let mut characters = self.rest.chars();
            let character = characters.next()?;
            self.rest = characters.as_str();
            text.push(match character {
                '"' => return Some(text),
                '\\' => self.escaped()?,
                '\0'..='\u{1f}' => return None,
                character => character,
            });
        }
    }

    /// The character that follows a backslash.
    fn escaped(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next()?;
        self.rest = characters.as_str();
        Some(match character {
            '"' | '\\' | '/' => character,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = self.code_unit()?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first);
                }
                // The first half of a surrogate pair.
                self.takes("\\u")?;
                let second = self.code_unit()?.checked_sub(0xdc00)?;
                if second >= 0x400 {
                    return None;
                }
                char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + second)?
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn code_unit(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        let mut unit = 0;
        for digit in digits.chars() {
            unit = unit * 16 + digit.to_digit(16)?;
        }
        Some(unit)
    }

    fn number(&mut self) -> Option<u64> {
        let is_negative = self.takes("-").is_some();
        let whole = self.digits()?;
        if whole.len() > 1 && whole.starts_with('0') {
            return None;
        }
        let fraction = match self.takes(".") {
            Some(()) => self.digits()?,
            None => "",
        };
        // The number of digits before the point after the exponent has moved
        // it.
        let mut places = i64::try_from(whole.len()).ok()?;
        if self.takes("e").or_else(|| self.takes("E")).is_some() {
            let is_small = self.takes("-").is_some();
            if !is_small {
                self.takes("+");
            }
            // A larger exponent makes no difference.
            let exponent = saturated(self.digits()?.bytes()).min(MAX_EXPONENT);
            let exponent = i64::try_from(exponent).ok()?;
            places += if is_small { -exponent } else { exponent };
        }
        if is_negative {
            return Some(0);
        }
        let zeros = std::iter::repeat(b'0');
        let digits = whole.bytes().chain(fraction.bytes()).chain(zeros);
        Some(saturated(digits.take(usize::try_from(places).unwrap_or(0))))
    }

    /// One or more digits.
    fn digits(&mut self) -> Option<&'a str> {
        let after = self.rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let (digits, rest) = self.rest.split_at_checked(self.rest.len() - after.len())?;
        self.rest = rest;
        (!digits.is_empty()).then_some(digits)
    }
}

/// Larger exponents are read as this one.
const MAX_EXPONENT: u64 = 1_000;

/// The number that the digits represent, or the maximum.
fn saturated(digits: impl Iterator<Item = u8>) -> u64 {
    digits.fold(0_u64, |number, digit| {
        let digit = u64::from(digit - b'0');
        number.saturating_mul(10).saturating_add(digit)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::Json;

    fn of(value: &Value) -> Json {
        match value {
            Value::Null => Json::Null,
            Value::Bool(flag) => Json::Boolean(*flag),
            Value::Number(number) => {
                #[allow(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "`as` saturates, which is what is wanted"
                )]
                let cut = || number.as_f64().unwrap_or_default() as u64;
                Json::Number(number.as_u64().unwrap_or_else(cut))
            }
            Value::String(text) => Json::Text(text.clone()),
            Value::Array(items) => Json::List(items.iter().map(of).collect()),
            Value::Object(fields) => Json::Object(
                (fields.iter())
                    .map(|(name, value)| (name.clone(), of(value)))
                    .collect(),
            ),
        }
    }

    /// Whether `serde_json` gives the same result, or refuses the text too.
    fn agrees(text: &str) -> bool {
        Json::parse(text).ok() == serde_json::from_str(text).ok().as_ref().map(of)
    }

    #[test]
    fn agrees_with_serde_json() {
        for text in [
            "",
            " ",
            " null\n",
            "nul",
            "nullx",
            "null null",
            "tru",
            "false",
            "{}",
            "{ \"a\" : [ 1 , { } , [ ] ] }",
            "{\"a\":1,}",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "{,}",
            "[1,]",
            "[,]",
            "[1 2]",
            "[",
            "[1",
            "{\"a\":1",
            "]",
            "\u{feff}1",
            "\u{a0}1",
            "0",
            "-0",
            "00",
            "01",
            "-",
            "-1",
            "+1",
            ".5",
            "1.",
            "1.e1",
            "0.5",
            "1.9",
            "12e",
            "12e+",
            "12e1",
            "12E+1",
            "12e-1",
            "12e-2",
            "12e-3",
            "1.25e1",
            "0.0125e4",
            "1e19",
            "1e20",
            "0e99",
            "18446744073709551615",
            "18446744073709551616",
            "99999999999999999999999",
            "0x1",
            "NaN",
            "\"",
            "\"a",
            "\"a\\",
            "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
            "\"\\x\"",
            "\"\\u00e9\\u00E9é\"",
            "\"\\u00e\"",
            "\"\\u00eé\"",
            "\"\\u+123\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "\"\\ud83d\\u0041\"",
            "\"\\ud83d\\ue000\"",
            "\"\\ude00\"",
            "\"\u{7f}\u{1f600}\"",
            "\"\n\"",
        ] {
            assert!(agrees(text), "{text:?}");
        }
    }

    #[test]
    fn limits_the_depth() {
        for depth in [1, 126, 127, 128, 129, 100_000] {
            let text = "[".repeat(depth) + &"]".repeat(depth);
            assert!(agrees(&text), "{depth}");
        }
    }

    #[test]
    fn limits_the_number_of_values() {
        let list = |count: usize| format!("[{}0]", "0,".repeat(count - 2));
        assert!(Json::parse(&list(500_000)).is_ok());
        assert!(Json::parse(&list(500_001)).is_err());
    }

    #[test]
    fn large_exponents_take_no_time() {
        assert_eq!(
            Json::parse("1e99999999999999999999"),
            Ok(Json::Number(u64::MAX))
        );
        assert_eq!(Json::parse("1e-99999999999999999999"), Ok(Json::Number(0)));
        assert_eq!(Json::parse("0e99999999999999999999"), Ok(Json::Number(0)));
    }

    #[test]
    fn the_error_names_the_position() {
        let words = |text: &str| Json::parse(text).map_err(|error| error.to_string());
        assert_eq!(
            words("{\"a\": <"),
            Err("cannot be read as JSON from byte 6 of 7 on".to_owned())
        );
    }

    proptest! {
        #[test]
        fn agrees_with_serde_json_on_any_text(
            text in "([\\[\\]{},:\" \\\\unltrue0-9a-f.eE+-]|\"[a-z\\\\]{0,3}\"|\\PC){0,24}"
        ) {
            // `serde_json` refuses numbers that do not fit into a float.
            if serde_json::from_str::<Value>(&text).is_ok() || Json::parse(&text).is_err() {
                prop_assert!(agrees(&text), "{}", text);
            }
        }
    }
}
