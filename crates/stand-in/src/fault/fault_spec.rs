use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Origin, Stage};

/// One fault, as the control route takes it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Fault {
    /// Whose answers it changes.
    pub(crate) origin: Origin,
    /// The method; any when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) method: Option<String>,
    /// The path; `*` stands for any run of characters.
    pub(crate) path: String,
    /// Replaces the real answer by one with this status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    /// Headers to set, also on the real answer.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) headers: BTreeMap<String, String>,
    /// The body: a string is sent as it is, anything else as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<Value>,
    /// The content type; when left out, JSON or plain text by the look of the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) content_type: Option<String>,
    /// For how many requests; until the faults are cleared when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) times: Option<u32>,
    /// The name of a hold: the request waits until it is released.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) hold: Option<String>,
    /// When the request waits.
    pub(crate) hold_at: Stage,
    /// Sends half of the body, then closes the connection.
    pub(crate) cut: bool,
    /// Resets the connection before the answer; the client may send the request again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reset: Option<Stage>,
}

impl Fault {
    /// Why the fault cannot be armed; none when it can.
    pub(super) fn refusal(&self) -> Option<String> {
        if !self.path.starts_with(['/', '*']) {
            return Some("path must begin with / or *".to_owned());
        }
        if self
            .status
            .is_some_and(|status| !(200..=599).contains(&status))
        {
            return Some("status must be between 200 and 599".to_owned());
        }
        if self.status.is_none() && (self.body.is_some() || self.content_type.is_some()) {
            return Some("body and content_type need a status".to_owned());
        }
        if self.reset.is_some() && self.origin == Origin::Provider {
            return Some("reset needs the deployment's origin".to_owned());
        }
        if self.reset.is_some() && (self.cut || self.status.is_some()) {
            return Some("reset sends no answer".to_owned());
        }
        let bad_header = self.headers.iter().find(|(name, value)| {
            HeaderName::try_from(name.as_str()).is_err() || HeaderValue::from_str(value).is_err()
        });
        if let Some((name, _)) = bad_header {
            return Some(format!("header {name:?} cannot be sent"));
        }
        let bad_type = self
            .content_type
            .as_deref()
            .is_some_and(|value| HeaderValue::from_str(value).is_err());
        bad_type.then(|| "content_type cannot be sent".to_owned())
    }

    /// Whether the fault applies to this request.
    pub(super) fn applies_to(&self, origin: Origin, method: &Method, path: &str) -> bool {
        self.origin == origin
            && self
                .method
                .as_deref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method.as_str()))
            && matches_pattern(&self.path, path)
    }

    /// The answer that replaces the real one.
    pub(super) fn answer(&self, status: u16) -> Response {
        let (body, default_type) = match &self.body {
            None => (String::new(), None),
            Some(Value::String(text)) if serde_json::from_str::<Value>(text).is_ok() => {
                (text.clone(), Some("application/json; charset=utf-8"))
            }
            Some(Value::String(text)) => (text.clone(), Some("text/plain; charset=utf-8")),
            Some(value) => (value.to_string(), Some("application/json; charset=utf-8")),
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Body::from(body)).into_response();
        response.headers_mut().remove(header::CONTENT_TYPE);
        let content_type = self.content_type.as_deref().or(default_type);
        if let Some(Ok(value)) = content_type.map(HeaderValue::from_str) {
            response.headers_mut().insert(header::CONTENT_TYPE, value);
        }
        response
    }
}

/// Whether `path` matches `pattern`, in which `*` stands for any characters.
fn matches_pattern(pattern: &str, path: &str) -> bool {
    let Some((head, tail)) = pattern.split_once('*') else {
        return pattern == path;
    };
    path.strip_prefix(head).is_some_and(|rest| {
        rest.char_indices()
            .map(|(start, _)| &rest[start..])
            .chain([""])
            .any(|rest| matches_pattern(tail, rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, path, expected) in [
            ("/a", "/a", true),
            ("/a", "/a/b", false),
            ("/accounts/*.wasm", "/accounts/app-12.wasm", true),
            ("/accounts/*.wasm", "/accounts/app.js", false),
            ("*", "/anything", true),
            ("/a*", "/a", true),
            ("/*/token", "/gitlab/token", true),
            ("/é*", "/éé", true),
        ] {
            assert_eq!(matches_pattern(pattern, path), expected, "{pattern} {path}");
        }
    }
}
