//! The limits of everything that comes from outside, in one place. An answer can
//! have megabytes, and no part of it may take the page's time, memory or layout.
//!
//! | what | fields | limit |
//! | --- | --- | --- |
//! | body of the list | `GET /external-auth` | [`MAX_LIST_BYTES`] are read |
//! | any other body | all other routes, and the page with the CSRF token | [`MAX_BODY_BYTES`] are read |
//! | JSON | | [`MAX_VALUES`] values, [`MAX_DEPTH`] levels; more is no answer of Coder's |
//! | list of providers | `providers`, `links` | [`MAX_PROVIDERS`] rows; the page says how many more there are |
//! | installations | `installations` | [`MAX_INSTALLATIONS`]; shown as "or more" |
//! | other lists | `validations`, `code_challenge_methods_supported` | [`MAX_ITEMS`]; the rest is dropped |
//! | name | `type`, `display_name`, `login`, `name`, `username`, `user_code`, a PKCE method | [`MAX_NAME_CHARS`]; cut, with `…` |
//! | id | `id` of a provider or a user, `provider_id` | [`MAX_ID_BYTES`]; a longer one is none, because a part of an id is another id |
//! | secret | `device_code`, the CSRF token | [`MAX_SECRET_BYTES`]; a longer one is none |
//! | instant | `created_at`, `updated_at`, `expires` | [`MAX_INSTANT_BYTES`]; a longer one is none |
//! | address | `verification_uri`, `app_install_url`, `configure_url`, `profile_url`, `dashboard_url` | [`SafeUrl::MAX_LENGTH`](crate::SafeUrl::MAX_LENGTH); a longer one is none, because a part of an address is another address |
//! | picture | `display_icon`, `avatar_url` | [`ImageUrl::MAX_DATA_LENGTH`](crate::ImageUrl::MAX_DATA_LENGTH); a longer one is none |
//! | text | `validate_error`, `message`, `detail`, `field`, `token_revocation_error`, a body that is not JSON | [`MAX_TEXT_BYTES`] are read; what is shown of them has 400 characters ([`redact`](crate::redact())) |

/// How many bytes of a list are read. A list of a thousand providers has a tenth.
pub const MAX_LIST_BYTES: usize = 5_000_000;

/// How many bytes are read of an answer that is not a list.
pub const MAX_BODY_BYTES: usize = 256_000;

/// How many values one text of JSON may have. Each takes up to 200 bytes of
/// memory, so that a small body of brackets could take hundreds of megabytes.
/// Five thousand providers and their links have 80,000.
pub(crate) const MAX_VALUES: usize = 500_000;

/// How deeply lists and objects may be nested. It is the limit of `serde_json`,
/// and safe for the stack.
pub(crate) const MAX_DEPTH: usize = 127;

/// How many providers the page shows. No deployment has as many, and each takes
/// memory.
pub const MAX_PROVIDERS: usize = 5_000;

/// How many installations are read. Coder sends 30.
pub(crate) const MAX_INSTALLATIONS: usize = 1_000;

/// How many items of a short list are read.
pub(crate) const MAX_ITEMS: usize = 10;

/// The maximum length of a name, in characters. The longest that GitHub and GitLab
/// allow for a handle are 39 and 255; a name is one line of a row, and labels its
/// buttons.
pub(crate) const MAX_NAME_CHARS: usize = 100;

/// The maximum length of an id. It is a part of addresses.
pub(crate) const MAX_ID_BYTES: usize = 1_000;

/// The maximum length of a secret that is sent back.
pub(crate) const MAX_SECRET_BYTES: usize = 4_000;

/// The maximum length of an instant of RFC 3339, with room for more digits than a
/// server writes.
pub(crate) const MAX_INSTANT_BYTES: usize = 100;

/// The maximum length of a text that says what is wrong. Coder's own words come
/// first. A provider's body of 2 KB and the address of a request follow.
pub(crate) const MAX_TEXT_BYTES: usize = 10_000;

/// The beginning of a text from outside, of at most [`MAX_TEXT_BYTES`].
pub(crate) fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_TEXT_BYTES)]
}
