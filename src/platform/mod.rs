//! The browser behind small types. A type that starts something ends it when it
//! is dropped.

mod announce_channel;
mod browser_storage;
mod clipboard;
mod clock;
mod focus;
mod in_next_task;
mod letter_case;
mod link_window;
mod listener;
mod location;
mod log_panics;
mod near_viewport;
mod next_task;
mod page_theme;
mod polling_lock;
mod tab_storage;
mod time_words;
mod typing;
mod visibility;
mod when_idle;

pub use announce_channel::AnnounceChannel;
pub use browser_storage::BrowserStorage;
pub use clipboard::{copy_text, select_element};
pub use clock::{moment, now, since_start};
pub use focus::{FocusGuard, focus_by_id};
pub use in_next_task::in_next_task;
pub use letter_case::{lower_case, upper_case};
pub use link_window::{LinkWindow, close_this_window};
pub use listener::Listener;
pub use location::{
    current_address, current_path, current_route, keep_query_parameter, leave_for_redirect,
    load_page_again, navigate, origins, page_elsewhere, page_host, page_path, query_parameter,
    replace, take_redirect_return,
};
pub use log_panics::log_panics;
pub use near_viewport::{NearViewport, WAITS};
pub use next_task::next_task;
pub use page_theme::{PageTheme, PageThemeWatch};
pub use polling_lock::PollingLock;
pub use tab_storage::TabStorage;
pub use time_words::TimeWords;
pub use typing::is_typing;
pub use visibility::is_visible;
pub use when_idle::when_idle;
