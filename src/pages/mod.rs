//! Puts components on the page, according to its address.

mod linked_page;
mod other_pages;
mod page;
mod provider_page;
mod settings_page;
mod start;

pub use linked_page::LinkedPage;
pub use page::Page;
pub use provider_page::ProviderPage;
pub use settings_page::SettingsPage;
pub use start::start_page;
