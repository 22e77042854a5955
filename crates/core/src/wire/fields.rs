use super::{DecodeError, Json};
use crate::Timestamp;
use crate::foreign_text::{one_line, shown_name};

/// A type that can be read from the wire.
pub trait Read: Sized {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// When a required part is missing.
    fn read(json: Json) -> Result<Self, DecodeError>;
}

impl Read for String {
    fn read(json: Json) -> Result<Self, DecodeError> {
        match json {
            Json::Text(text) => Ok(text),
            _ => Err(DecodeError::new("no text where one is expected")),
        }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(json: Json) -> Result<Self, DecodeError> {
        match json {
            Json::List(items) => items.into_iter().map(T::read).collect(),
            _ => Err(DecodeError::new("no list where one is expected")),
        }
    }
}

/// The fields of an object, read by their names. A value of another type than
/// expected counts as missing.
pub(crate) struct Fields(Vec<(String, Json)>);

impl Fields {
    pub(crate) fn of(json: Json) -> Result<Self, DecodeError> {
        match json {
            Json::Object(fields) => Ok(Self(fields)),
            _ => Err(DecodeError::new("no object where one is expected")),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(other, _)| other == name)
    }

    /// Removes and returns a field. If a name is repeated, the last one counts.
    fn take(&mut self, name: &str) -> Json {
        let position = self.0.iter().rposition(|(other, _)| other == name);
        position.map_or(Json::Null, |position| self.0.remove(position).1)
    }

    /// A string; anything else is empty.
    pub(crate) fn string(&mut self, name: &str) -> String {
        match self.take(name) {
            Json::Text(text) => text,
            _ => String::new(),
        }
    }

    /// A short text on one line, without characters that act unseen. Anything
    /// else is empty. For what is never sent back.
    pub(crate) fn line(&mut self, name: &str) -> String {
        one_line(&self.string(name))
    }

    /// The name of an account, as it is shown: a [`line`](Self::line) whose
    /// direction is isolated.
    pub(crate) fn name(&mut self, name: &str) -> String {
        shown_name(&self.string(name))
    }

    /// A boolean; anything else is `false`.
    pub(crate) fn boolean(&mut self, name: &str) -> bool {
        self.take(name) == Json::Boolean(true)
    }

    /// An unsigned integer. Larger numbers saturate, fractions are dropped,
    /// anything else is 0.
    pub(crate) fn unsigned(&mut self, name: &str) -> u64 {
        match self.take(name) {
            Json::Number(number) => number,
            _ => 0,
        }
    }

    /// An instant. Anything else, and Go's zero time, is none.
    pub(crate) fn instant(&mut self, name: &str) -> Option<Timestamp> {
        Timestamp::parse(&self.string(name)).filter(|instant| !instant.is_year_one())
    }

    /// A list. Anything else is empty, and items that cannot be read are
    /// skipped.
    pub(crate) fn list<T: Read>(&mut self, name: &str) -> Vec<T> {
        match self.take(name) {
            Json::List(items) => (items.into_iter())
                .filter_map(|item| T::read(item).ok())
                .collect(),
            _ => Vec::new(),
        }
    }

    /// An object. Anything else, and one that cannot be read, is none.
    pub(crate) fn object<T: Read>(&mut self, name: &str) -> Option<T> {
        T::read(self.take(name)).ok()
    }

    /// A string that is present and not empty: the identity of an item.
    pub(crate) fn identity(&mut self, name: &str) -> Result<String, DecodeError> {
        let text = self.string(name);
        if text.is_empty() {
            return Err(DecodeError::new(format!("no `{name}`")));
        }
        Ok(text)
    }

    /// A required string.
    pub(crate) fn required_string(&mut self, name: &str) -> Result<String, DecodeError> {
        String::read(self.take(name))
    }

    /// A required boolean.
    pub(crate) fn required_boolean(&mut self, name: &str) -> Result<bool, DecodeError> {
        match self.take(name) {
            Json::Boolean(flag) => Ok(flag),
            _ => Err(DecodeError::new(format!("no `{name}`"))),
        }
    }
}

impl From<Fields> for Json {
    fn from(fields: Fields) -> Self {
        Self::Object(fields.0)
    }
}
