use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;

/// An attribute with a fixed value, by its name.
///
/// Leptos compiles each attribute that a view names as a separate type, with code
/// to build, change and copy it. Attributes that are set in this way share
/// one type, whatever their names are.
pub(crate) fn attr(name: &'static str, value: &'static str) -> AnyAttribute {
    custom_attribute(name, value).into_any_attr()
}

/// An attribute whose value is made when it is drawn: see [`attr`].
pub(crate) fn text_attr(name: &'static str, value: impl Into<String>) -> AnyAttribute {
    custom_attribute(name, value.into()).into_any_attr()
}
