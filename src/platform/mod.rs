//! The browser behind small types.

mod clock;
mod focus;
mod location;
mod panic_page;
mod time_words;

pub use clock::now;
pub use focus::{focus_by_id, keep_focus};
pub use location::{current_path, navigate, take_query_parameter};
pub use panic_page::show_page_on_panic;
pub use time_words::TimeWords;
