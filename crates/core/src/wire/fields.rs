use super::{DecodeError, Json};
use crate::foreign_text::{one_line, shown_name};
use crate::limits::{MAX_ID_BYTES, MAX_INSTANT_BYTES, MAX_SECRET_BYTES, head};
use crate::{ImageUrl, SafeUrl, Timestamp};

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
            Json::Text(text) => Ok(head(&text).to_owned()),
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

    /// A string. Anything else, and a longer one, is empty. For what means
    /// something else when it is cut.
    fn whole(&mut self, name: &str, max_bytes: usize) -> String {
        match self.take(name) {
            Json::Text(text) if text.len() <= max_bytes => text,
            _ => String::new(),
        }
    }

    /// A text that says what is wrong: the beginning of a longer one. Anything else
    /// is empty.
    pub(crate) fn text(&mut self, name: &str) -> String {
        String::read(self.take(name)).unwrap_or_default()
    }

    /// The address of a page. Anything else is empty.
    pub(super) fn address(&mut self, name: &str) -> String {
        self.whole(name, SafeUrl::MAX_LENGTH)
    }

    /// The address of a picture, or the picture itself. Anything else is empty.
    pub(super) fn picture(&mut self, name: &str) -> String {
        self.whole(name, ImageUrl::MAX_DATA_LENGTH)
    }

    /// A secret that is sent back. Anything else is empty.
    pub(super) fn secret(&mut self, name: &str) -> String {
        self.whole(name, MAX_SECRET_BYTES)
    }

    /// A short text on one line, without characters that act unseen. Anything
    /// else is empty. For what is never sent back.
    pub(crate) fn line(&mut self, name: &str) -> String {
        match self.take(name) {
            Json::Text(text) => one_line(&text),
            _ => String::new(),
        }
    }

    /// The name of an account, as it is shown: a [`line`](Self::line) whose
    /// direction is isolated. Anything else is empty. For what is never sent back.
    pub(crate) fn name(&mut self, name: &str) -> String {
        match self.take(name) {
            Json::Text(text) => shown_name(&text),
            _ => String::new(),
        }
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

    /// The text of an instant. Anything else is empty.
    pub(super) fn instant_text(&mut self, name: &str) -> String {
        self.whole(name, MAX_INSTANT_BYTES)
    }

    /// An instant. Anything else, and Go's zero time, is none.
    pub(crate) fn instant(&mut self, name: &str) -> Option<Timestamp> {
        Timestamp::parse(&self.instant_text(name)).filter(|instant| !instant.is_year_one())
    }

    /// The first `max` items of a list. Anything else is empty, and items that
    /// cannot be read are skipped.
    pub(crate) fn list<T: Read>(&mut self, name: &str, max: usize) -> Vec<T> {
        match self.take(name) {
            Json::List(items) => (items.into_iter())
                .filter_map(|item| T::read(item).ok())
                .take(max)
                .collect(),
            _ => Vec::new(),
        }
    }

    /// A list, which may be `null`. Items that cannot be read are skipped.
    ///
    /// # Errors
    ///
    /// When it is something else, or no item can be read: then nothing is known,
    /// which is not an empty list.
    pub(super) fn required_list<T: Read>(&mut self, name: &str) -> Result<Vec<T>, DecodeError> {
        let count = match self.0.iter().rfind(|(other, _)| other == name) {
            None | Some((_, Json::Null)) => 0,
            Some((_, Json::List(items))) => items.len(),
            Some(_) => 1,
        };
        let read = self.list(name, usize::MAX);
        if read.is_empty() && count > 0 {
            return Err(DecodeError::new(format!("`{name}` cannot be read")));
        }
        Ok(read)
    }

    /// An object. Anything else, and one that cannot be read, is none.
    pub(crate) fn object<T: Read>(&mut self, name: &str) -> Option<T> {
        T::read(self.take(name)).ok()
    }

    /// A string that is present, not empty and not too long: the identity of an
    /// item.
    pub(crate) fn identity(&mut self, name: &str) -> Result<String, DecodeError> {
        let text = self.whole(name, MAX_ID_BYTES);
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
