//! Puts components on a page.

mod settings_page;

pub use settings_page::SettingsPage;
