//! Field readers that never fail: what is not of the expected type counts as missing.

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

/// A string; anything else is empty.
pub(crate) fn string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => text,
        _ => String::new(),
    })
}

/// A boolean; anything else is `false`.
pub(crate) fn boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Value::deserialize(deserializer)?
        .as_bool()
        .unwrap_or_default())
}

/// A whole number that is not negative. Larger ones saturate, fractions are
/// cut, anything else is 0.
pub(crate) fn unsigned<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let value = Value::deserialize(deserializer)?;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, which is what is wanted"
    )]
    Ok(value
        .as_u64()
        .or_else(|| value.as_f64().map(|number| number as u64))
        .unwrap_or_default())
}

/// A list; anything else is empty, and items that cannot be read are left out.
pub(crate) fn list<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Array(items) => items.into_iter().filter_map(item).collect(),
        _ => Vec::new(),
    })
}

/// An object; anything else, and one that cannot be read, is none.
pub(crate) fn object<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(item(Value::deserialize(deserializer)?))
}

/// An item, if it can be read. A list in the place of an object cannot: serde
/// would take its parts for the fields, one by one.
fn item<T: DeserializeOwned>(value: Value) -> Option<T> {
    if value.is_array() {
        return None;
    }
    T::deserialize(value).ok()
}

/// A string that is there and not empty: the identity of an item.
pub(crate) fn identity<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = string(deserializer)?;
    if text.is_empty() {
        return Err(serde::de::Error::custom("an item without its identity"));
    }
    Ok(text)
}
