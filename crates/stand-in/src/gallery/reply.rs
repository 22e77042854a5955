use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{answer, provider::ERROR_PAGE};

/// A prepared answer.
#[derive(Debug, Clone)]
pub(super) enum Reply {
    /// A body of JSON.
    Json(StatusCode, Value),
    /// A page of a proxy before the deployment.
    Page(StatusCode),
    /// A success without a body.
    Empty,
    /// No answer while the client waits.
    Never,
}

impl Reply {
    /// A value with `200`.
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

    /// The answer to a poll of the device flow without a token.
    pub(super) fn no_token(detail: &str) -> Self {
        Self::error(
            StatusCode::BAD_REQUEST,
            "The device code could not be exchanged for a token.",
            detail,
        )
    }

    /// The session has ended.
    pub(super) fn signed_out() -> Self {
        Self::error(
            StatusCode::UNAUTHORIZED,
            "You are signed out. Sign in to go on.",
            "The session has ended.",
        )
    }

    /// The deployment has an internal error.
    pub(super) fn failure() -> Self {
        Self::error(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Failed to load the external authentication providers.",
            "The database did not answer in time.",
        )
    }

    /// The provider is not configured or not linked.
    pub(super) fn unknown() -> Self {
        Self::error(
            StatusCode::NOT_FOUND,
            "There is nothing here under this name.",
            "No provider of this id is configured, or it is not linked.",
        )
    }

    /// The HTTP answer.
    pub(super) async fn send(self) -> Response {
        match self {
            Self::Json(status, body) => answer::json(status, &body),
            Self::Page(status) => answer::html(status, ERROR_PAGE.to_owned()),
            Self::Empty => StatusCode::NO_CONTENT.into_response(),
            Self::Never => std::future::pending().await,
        }
    }
}
