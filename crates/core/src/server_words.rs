use std::fmt;

use crate::limits::head;
use crate::redact::redact;

/// What a server or a provider says. It may contain secrets, so it is only shown
/// redacted ([`Display`](fmt::Display)). That is done when it is shown: most of
/// these texts never are.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ServerWords(String);

impl ServerWords {
    /// Keeps the beginning of a text from outside.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(head(text).to_owned())
    }

    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text as it came, to classify it. Never to be shown.
    pub(crate) fn raw(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ServerWords {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&redact(&self.0))
    }
}

impl fmt::Debug for ServerWords {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", redact(&self.0))
    }
}

impl PartialEq<&str> for ServerWords {
    fn eq(&self, shown: &&str) -> bool {
        redact(&self.0) == *shown
    }
}

#[cfg(test)]
mod tests {
    use super::ServerWords;

    #[test]
    fn is_shown_and_logged_redacted() {
        let words = ServerWords::new("access_token=planted");
        assert_eq!(words.to_string(), "access_token=…");
        assert_eq!(format!("{words:?}"), "\"access_token=…\"");
        assert_eq!(words, "access_token=…");
    }
}
