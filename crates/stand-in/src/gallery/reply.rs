use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{answer, provider::ERROR_PAGE};

/// A canned answer.
#[derive(Debug, Clone)]
pub(super) enum Reply {
    /// A body of JSON.
    Json(StatusCode, Value),
    /// Something that is not the API's: a page of what stands before it.
    Page(StatusCode),
    /// A success without a body.
    Empty,
    /// None, for as long as someone waits.
    Never,
}

impl Reply {
    /// A value, with `200`.
    pub(super) fn ok<T: Serialize>(value: &T) -> Self {
        Self::Json(
            StatusCode::OK,
            serde_json::to_value(value).unwrap_or_default(),
        )
    }

    /// Coder's form of an error.
    pub(super) fn error(status: StatusCode, message: &str, detail: &str) -> Self {
        Self::Json(status, json!({ "message": message, "detail": detail }))
    }

    /// A poll of the device flow that links nothing.
    pub(super) fn not_yet(detail: &str) -> Self {
        Self::error(
            StatusCode::BAD_REQUEST,
            "The device code could not be exchanged for a token.",
            detail,
        )
    }

    /// The session is gone.
    pub(super) fn signed_out() -> Self {
        Self::error(
            StatusCode::UNAUTHORIZED,
            "You are signed out. Sign in to go on.",
            "The session has ended.",
        )
    }

    /// The deployment has trouble of its own.
    pub(super) fn failure() -> Self {
        Self::error(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Failed to load the external authentication providers.",
            "The database did not answer in time.",
        )
    }

    /// There is nothing of this name.
    pub(super) fn unknown() -> Self {
        Self::error(
            StatusCode::NOT_FOUND,
            "There is nothing here under this name.",
            "No provider of this id is configured, or it is not linked.",
        )
    }

    /// As it goes over the wire.
    pub(super) async fn send(self) -> Response {
        match self {
            Self::Json(status, body) => answer::json(status, &body),
            Self::Page(status) => answer::html(status, ERROR_PAGE.to_owned()),
            Self::Empty => StatusCode::NO_CONTENT.into_response(),
            Self::Never => std::future::pending().await,
        }
    }
}
