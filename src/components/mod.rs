//! Draws. One component a file; a view takes values and callbacks.

mod account_line;
mod check_all_bar;
mod copy_button;
mod device_flow_modal;
mod device_flow_panel;
mod external_auth_list;
mod glyph;
mod installation_list;
mod list_notices;
mod list_search;
mod list_skeleton;
mod modal_dialog;
mod notice_box;
mod provider_actions;
mod provider_card;
mod provider_details;
mod provider_icon;
mod qr_code;
mod revocation_warning_box;
mod state_badge;
mod text_span;
mod token_line;
mod unlink_dialog;
mod window_link_status;

pub use device_flow_modal::DeviceFlowModal;
pub(crate) use device_flow_panel::DeviceFlowPanel;
pub use external_auth_list::ExternalAuthList;
pub(crate) use external_auth_list::cards;
pub(crate) use list_notices::ListNotices;
pub(crate) use list_skeleton::ListSkeleton;
pub(crate) use notice_box::raw_text;
pub use provider_card::ProviderCard;
pub(crate) use provider_card::notices;
pub(crate) use text_span::text_span;
pub(crate) use unlink_dialog::UnlinkDialog;
pub(crate) use window_link_status::WindowLinkStatus;
