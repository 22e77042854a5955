use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody, to_bytes},
    http::{HeaderValue, header},
    response::Response,
};
use http_body::Frame;

/// Cuts an answer off: half of its body arrives, then the connection closes.
pub(super) async fn cut(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let mut bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    // More than is sent, also when the body is empty.
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len() + 1));
    let body = CutBody {
        rest: Some(bytes.split_to(bytes.len().div_ceil(2))),
        flushed: false,
    };
    Response::from_parts(parts, Body::new(body))
}

/// Sends its bytes, then fails, which closes the connection.
struct CutBody {
    rest: Option<Bytes>,
    flushed: bool,
}

impl HttpBody for CutBody {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Some(rest) = self.rest.take() {
            return Poll::Ready(Some(Ok(Frame::data(rest))));
        }
        if !self.flushed {
            // The server writes what it has when a body is not ready. After an
            // error it would drop it.
            self.flushed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionAborted.into())))
    }
}
