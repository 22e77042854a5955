use std::cell::OnceCell;

use external_auth_core::{Timestamp, relative_words};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};

/// Formats instants in the language of the sentences around them, exact ones with
/// the browser's `Intl` and in the person's time zone.
pub struct TimeWords {
    wanted: Option<String>,
    /// Made when it is needed first, because that takes long.
    exact: OnceCell<Function>,
}

impl TimeWords {
    /// Uses the language `wanted` if the sentences are in that language, else
    /// the browser's language if they are in that one, else English.
    #[must_use]
    pub fn new(wanted: Option<&str>) -> Self {
        Self {
            wanted: wanted.map(str::to_owned),
            exact: OnceCell::new(),
        }
    }

    /// Formats as "in 3 days" or "2 hours ago", in the largest unit that fits.
    #[must_use]
    pub fn relative(&self, instant: Timestamp, now: Timestamp) -> String {
        relative_words(instant.ms_since(now))
    }

    /// Formats with date and time, in the person's time zone.
    #[must_use]
    pub fn exact(&self, instant: Timestamp) -> String {
        #[allow(clippy::cast_precision_loss, reason = "within the range of Date")]
        let date = Date::new(&(instant.unix_ms() as f64).into());
        self.exact
            .get_or_init(|| exact_format(self.wanted.as_deref()))
            .call1(&JsValue::UNDEFINED, &date)
            .ok()
            .and_then(|text| text.as_string())
            .unwrap_or_else(|| instant.to_string())
    }
}

fn exact_format(wanted: Option<&str>) -> Function {
    let locales = Array::of1(&JsValue::from_str(&locale(wanted)));
    Intl::DateTimeFormat::new(
        &locales,
        &options(&[("dateStyle", "long"), ("timeStyle", "short")]),
    )
    .format()
}

/// Chooses a variant of English that `Intl` knows. All sentences are English,
/// and a time in another language would not fit into them.
fn locale(wanted: Option<&str>) -> String {
    let browser = window().navigator().language();
    (wanted.map(str::to_owned).into_iter().chain(browser))
        .find(|language| language.starts_with("en") && is_known(language))
        .unwrap_or_else(|| "en".to_owned())
}

/// Whether `Intl` accepts a language tag. It throws for a text that is not one
/// (BCP 47).
fn is_known(language: &str) -> bool {
    let locales = Array::of1(&JsValue::from_str(language));
    Reflect::get(&js_sys::global(), &"Intl".into())
        .and_then(|intl| Reflect::get(&intl, &"getCanonicalLocales".into()))
        .ok()
        .and_then(|function| function.dyn_into::<Function>().ok())
        .is_some_and(|function| function.call1(&JsValue::UNDEFINED, &locales).is_ok())
}

fn options(entries: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // Setting a property of a new object cannot fail.
        let _ = Reflect::set(object.unchecked_ref(), &(*name).into(), &(*value).into());
    }
    object
}
