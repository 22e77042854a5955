//! The decisions of the Coder external authentication frontend: wire types, the
//! state of a provider, the state machines of the flows, the outcome of an
//! unlink, and which addresses may be followed.
//!
//! Everything here is pure: no browser, no clock. The caller passes the instant
//! in.

mod api_error;
mod authorizations_url;
mod before_unlink;
mod classify_validate_error;
mod clock_offset;
mod csrf_token;
mod current_link;
mod device_answer;
mod device_flow;
mod image_url;
mod installation_count;
mod known_person;
mod link_evidence;
mod link_facts;
mod link_failure;
mod link_snapshot;
mod link_verdict;
mod list_filter;
mod list_summary;
mod observation;
mod page_at_access_url;
mod pending;
mod permanent_failure;
mod person_notice;
mod provider_action;
mod provider_names;
mod provider_record;
mod provider_state;
mod qr_code;
mod query;
mod redact;
mod redirect_return;
mod revocation_outcome;
mod revocation_warning;
mod route;
pub mod routes;
mod row_model;
mod safe_url;
mod server_text;
mod state_reason;
mod tab_return;
mod time_span;
mod timestamp;
mod transient_failure;
mod window_flow;
pub mod wire;

pub use api_error::{ApiError, ApiErrorKind, FailedResponse, is_about_csrf};
pub use authorizations_url::{ProviderHints, authorizations_url};
pub use before_unlink::BeforeUnlink;
pub use classify_validate_error::classify_validate_error;
pub use clock_offset::clock_offset;
pub use csrf_token::csrf_token;
pub use device_answer::DeviceAnswer;
pub use device_flow::{
    DeviceEffect, DeviceEnd, DeviceEvent, DeviceFlow, DeviceView, Moment, PollingHealth,
};
pub use image_url::ImageUrl;
pub use installation_count::InstallationCount;
pub use known_person::{KnownPerson, PersonChange};
pub use link_evidence::LinkEvidence;
pub use link_facts::{AccessEnd, LinkFacts};
pub use link_failure::LinkFailure;
pub use link_snapshot::{LinkHealth, LinkSnapshot};
pub use link_verdict::LinkVerdict;
pub use list_filter::{ListFilter, matches_query};
pub use list_summary::{ListSummary, sorted_by_state};
pub use observation::Observation;
pub use page_at_access_url::page_at_access_url;
pub use pending::Pending;
pub use permanent_failure::PermanentFailure;
pub use person_notice::PersonNotice;
pub use provider_action::{ActionOffer, ProviderAction};
pub use provider_names::provider_names;
pub use provider_record::ProviderRecord;
pub use provider_state::ProviderState;
pub use qr_code::QrCode;
pub use query::{query_parameter, with_query_parameter};
pub use redact::redact;
pub use redirect_return::RedirectReturn;
pub use revocation_outcome::RevocationOutcome;
pub use revocation_warning::{
    RevocationWarning, add_revocation_warning, decode_revocation_warnings,
    encode_revocation_warnings, revocation_warnings_key,
};
pub use route::Route;
pub use row_model::{RowInput, RowModel};
pub use safe_url::SafeUrl;
pub use state_reason::StateReason;
pub use tab_return::TabReturn;
pub use time_span::in_largest_unit;
pub use timestamp::Timestamp;
pub use transient_failure::TransientFailure;
pub use window_flow::{WindowEffect, WindowEvent, WindowFlow, WindowFlowKind, WindowPhase};
