//! What the custom elements are made of. The classes are JavaScript, because
//! the platform asks for classes; they call [`mount`] when an element is on the
//! page, and free the [`Mounted`] that it returns when it is gone for good.

mod element_kind;
mod element_options;
mod element_view;
mod emit;
mod link_button;
mod mount_surface;
mod mounted;
mod mounted_view;
mod pending_promises;
mod shared_session;

pub use mounted::{Mounted, mount, on_panic};
