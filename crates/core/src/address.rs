//! The one place that says which addresses may be followed, shown, loaded or
//! configured.
//!
//! Code outside of this module cannot make a [`SafeUrl`] or an [`ImageUrl`] from
//! a text. It asks [`Origins`], which knows the page and the deployment, or
//! [`ConfiguredUrl`] for what an operator has written.

mod configured_url;
mod host;
mod image_url;
mod origins;
mod safe_url;

pub use configured_url::ConfiguredUrl;
pub use image_url::ImageUrl;
pub use origins::Origins;
pub use safe_url::SafeUrl;
