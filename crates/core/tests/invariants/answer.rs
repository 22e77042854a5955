//! What is true of every answer. The property tests and the fuzz targets use it.

use std::hint::black_box;

use external_auth_core::wire::{
    BuildInfo, DeviceAuthorization, ExternalAuth, ExternalAuthList, UnlinkResponse, User, decode,
};
use external_auth_core::{
    ApiError, BeforeUnlink, DeviceAnswer, FailedResponse, ListedProvider, RevocationOutcome,
    classify_validate_error, csrf_token, decode_revocation_warnings, redact,
};

/// Reads a body as the answer of each route, and does what is done with it, without
/// a panic.
pub fn read_as_everything(body: &str) {
    if let Ok(list) = decode::<ExternalAuthList>(body) {
        for link in &list.links {
            black_box(classify_validate_error(&link.validate_error));
        }
        black_box(ListedProvider::all_of(list));
    }
    black_box(decode::<ExternalAuth>(body).is_ok());
    black_box(decode::<DeviceAuthorization>(body).is_ok());
    black_box(decode::<User>(body).is_ok());
    black_box(decode::<BuildInfo>(body).is_ok());
    black_box(decode::<UnlinkResponse>(body).is_ok());
    black_box(decode_revocation_warnings(body));
    black_box(csrf_token(body));
    black_box(redact(body));
    black_box(classify_validate_error(body));
    black_box(RevocationOutcome::of(body, BeforeUnlink::default()));
    for status in [400, 500] {
        let response = FailedResponse {
            status,
            content_type: "application/json",
            retry_after: Some(&body[..body.floor_char_boundary(40)]),
            body,
        };
        let error = ApiError::from_response("GET /x", response);
        black_box(error.to_string());
        black_box(DeviceAnswer::of_failure(&error, body, "code"));
    }
}
