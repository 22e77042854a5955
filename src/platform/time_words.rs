use external_auth_core::{Timestamp, in_largest_unit};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};

/// Writes instants in words, by the browser's `Intl`: in the person's time
/// zone, and in the language of the sentences around them.
pub struct TimeWords {
    relative: Intl::RelativeTimeFormat,
    exact: Function,
}

impl Default for TimeWords {
    fn default() -> Self {
        let locales = Array::of1(&JsValue::from_str(&locale()));
        Self {
            relative: Intl::RelativeTimeFormat::new(&locales, &options(&[("numeric", "auto")])),
            exact: Intl::DateTimeFormat::new(
                &locales,
                &options(&[("dateStyle", "long"), ("timeStyle", "short")]),
            )
            .format(),
        }
    }
}

impl TimeWords {
    /// As "in 3 days" or "2 hours ago", in the largest unit that fits.
    #[must_use]
    pub fn relative(&self, instant: Timestamp, now: Timestamp) -> String {
        let (count, unit) = in_largest_unit(instant.ms_since(now));
        #[allow(clippy::cast_precision_loss, reason = "years at the most")]
        self.relative.format(count as f64, unit).into()
    }

    /// With date, time and, in the person's zone, nothing left out.
    #[must_use]
    pub fn exact(&self, instant: Timestamp) -> String {
        #[allow(clippy::cast_precision_loss, reason = "within the range of Date")]
        let date = Date::new(&(instant.unix_ms() as f64).into());
        self.exact
            .call1(&JsValue::UNDEFINED, &date)
            .ok()
            .and_then(|text| text.as_string())
            .unwrap_or_else(|| instant.to_string())
    }
}

/// The person's own English, or any: a time in another language would stand in
/// the middle of an English sentence.
fn locale() -> String {
    window()
        .navigator()
        .language()
        .filter(|language| language.starts_with("en"))
        .unwrap_or_else(|| "en".to_owned())
}

fn options(entries: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(object.unchecked_ref(), &(*name).into(), &(*value).into());
    }
    object
}
