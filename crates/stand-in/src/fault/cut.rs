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

/// The same answer, of which half arrives before the connection is closed.
pub(super) async fn cut(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let mut bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    // At least one byte more than there is, also where the body is empty.
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len() + 1));
    let body = CutBody {
        rest: Some(bytes.split_to(bytes.len().div_ceil(2))),
        flushed: false,
    };
    Response::from_parts(parts, Body::new(body))
}

/// Sends what it has, then fails, which closes the connection.
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
            // The server writes out what it has when a body is not ready;
            // after an error it would drop it.
            self.flushed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionAborted.into())))
    }
}
