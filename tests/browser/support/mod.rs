//! Support for the tests: fakes of network and time, mounting, and finding
//! parts of the page as a person does.

mod answer;
mod fake_clipboard;
mod fake_clock;
mod fake_fetch;
mod fake_locks;
mod fakes;
mod mounted;
mod navigations;
mod own_channels;
mod page_errors;
mod part;
mod popups;
mod recorded_events;
mod removable;
mod replaced;
pub mod sample;
mod sent_early;
mod settle;

pub use answer::{Answer, EndlessBody};
pub use fake_clipboard::FakeClipboard;
pub use fake_clock::START;
pub use fake_fetch::Held;
pub use fake_locks::FakeLocks;
pub use fakes::{CsrfTag, Fakes};
pub use mounted::{Mounted, OpenView, mount, open_list, open_page, open_page_with, open_view};
pub use navigations::{Navigations, Query, fire_on_window, report_return, tell_other_tabs};
pub use part::Part;
pub use popups::Popups;
pub use recorded_events::RecordedEvents;
pub use removable::Removable;
pub use sent_early::SentEarly;
pub use settle::{HOST_CLASS, Running, run, settle};

/// The request for the list.
pub const LIST: &str = "GET /api/v2/external-auth";
/// The live check of the provider `github`.
pub const CHECK_GITHUB: &str = "GET /api/v2/external-auth/github";
/// The live check of the provider `gitlab`.
pub const CHECK_GITLAB: &str = "GET /api/v2/external-auth/gitlab";
/// The request for the deployment's access URL.
pub const BUILD_INFO: &str = "GET /api/v2/buildinfo";
/// The request that unlinks the provider `github`.
pub const UNLINK_GITHUB: &str = "DELETE /api/v2/external-auth/github";
/// The request that unlinks the provider `gitlab`.
pub const UNLINK_GITLAB: &str = "DELETE /api/v2/external-auth/gitlab";
/// The request for a device code of the provider `github`.
pub const BEGIN_DEVICE: &str = "GET /api/v2/external-auth/github/device";
/// The request that exchanges that device code.
pub const EXCHANGE: &str = "POST /api/v2/external-auth/github/device";
/// The deployment's page, which contains a CSRF token.
pub const PAGE: &str = "GET /";

/// The question who is signed in.
pub const CURRENT_USER: &str = "GET /api/v2/users/me";

/// A duration in seconds.
pub const fn seconds(count: u64) -> std::time::Duration {
    std::time::Duration::from_secs(count)
}
