//! The Rust side of the custom elements. The classes are JavaScript, because
//! the platform requires classes. They call [`mount`] when an element is
//! connected, and free the returned [`Mounted`] when the element is removed
//! for good.

mod element_kind;
mod element_options;
mod element_part;
mod element_view;
mod emit;
mod mount_surface;
mod mounted;
mod mounted_element;
mod mounted_view;
mod pending_promises;
mod shared_session;

pub use mounted::{Mounted, mount, prepare};
