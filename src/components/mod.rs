//! Draws. One component a file; a view takes values and callbacks.

mod account_line;
mod erased;
mod external_auth_list;
mod glyph;
mod installation_list;
mod list_notices;
mod list_skeleton;
mod notice_box;
mod provider_actions;
mod provider_card;
mod provider_details;
mod provider_icon;
mod state_badge;
mod token_line;
mod unlink_dialog;

pub use external_auth_list::ExternalAuthList;
pub use provider_card::ProviderCard;
