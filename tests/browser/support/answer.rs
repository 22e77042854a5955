use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Object, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Headers, ReadableStream, ReadableStreamDefaultReader, Response, ResponseInit};

use super::settle::{begin_waiting, end_waiting};

/// An answer of a deployment, or of a proxy in front of it.
#[derive(Clone)]
pub struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Body,
}

#[derive(Clone)]
enum Body {
    None,
    Whole(String),
    /// The connection breaks after this text.
    CutOff(String),
    /// Nothing more arrives after this text, and the connection stays open.
    Stalled(String),
    /// It goes on as long as somebody reads it.
    Endless(Rc<EndlessBody>),
}

/// What became of an endless body.
#[derive(Default)]
pub struct EndlessBody {
    /// How many bytes were sent.
    pub sent: Cell<usize>,
    /// Whether the reader has ended the connection.
    pub is_cancelled: Cell<bool>,
}

impl EndlessBody {
    /// The number of bytes that are sent at once.
    pub const PART: usize = 64_000;
}

impl Answer {
    /// JSON with the status 200.
    pub fn json(value: &impl Serialize) -> Self {
        let body = serde_json::to_string(value).expect("JSON");
        Self::new(200, "application/json; charset=utf-8", &body)
    }

    /// A success without a body (`204`).
    pub fn no_content() -> Self {
        Self {
            status: 204,
            headers: Vec::new(),
            body: Body::None,
        }
    }

    /// An error of the API.
    pub fn error(status: u16, message: &str) -> Self {
        let body = serde_json::json!({ "message": message });
        Self {
            status,
            ..Self::json(&body)
        }
    }

    /// A web page.
    pub fn html(status: u16, body: &str) -> Self {
        Self::new(status, "text/html; charset=utf-8", body)
    }

    /// Plain text.
    pub fn text(status: u16, body: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", body)
    }

    /// What `fetch` returns for a redirect that it must not follow: an opaque
    /// response.
    pub fn opaque_redirect() -> Self {
        Self {
            status: 0,
            ..Self::no_content()
        }
    }

    /// Any body with its content type.
    pub fn new(status: u16, content_type: &str, body: &str) -> Self {
        Self {
            status,
            headers: vec![("content-type", content_type.to_owned())],
            body: Body::Whole(body.to_owned()),
        }
    }

    /// Adds a header.
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The connection breaks in the middle of the body.
    pub fn cut_off(mut self) -> Self {
        self.body = Body::CutOff(self.half());
        self
    }

    /// The second half of the body never comes.
    pub fn stalled(mut self) -> Self {
        self.body = Body::Stalled(self.half());
        self
    }

    /// The body never ends.
    pub fn endless(mut self) -> (Self, Rc<EndlessBody>) {
        let body = Rc::<EndlessBody>::default();
        self.body = Body::Endless(Rc::clone(&body));
        (self, body)
    }

    /// Its status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The part of its body that arrives.
    pub fn body(&self) -> &str {
        match &self.body {
            Body::None | Body::Endless(_) => "",
            Body::Whole(body) | Body::CutOff(body) | Body::Stalled(body) => body,
        }
    }

    fn half(&self) -> String {
        let body = self.body();
        body.chars().take(body.len() / 2).collect()
    }

    /// The response that `fetch` resolves with.
    pub(super) fn response(&self) -> Response {
        let headers = Headers::new().expect("headers");
        for (name, value) in &self.headers {
            headers.append(name, value).expect("a header");
        }
        let init = ResponseInit::new();
        let is_redirect = self.status == 0;
        init.set_status(if is_redirect { 204 } else { self.status });
        init.set_headers(&headers);
        let response = match &self.body {
            Body::None => Response::new_with_opt_str_and_init(None, &init),
            Body::Whole(body) => Response::new_with_opt_str_and_init(Some(body), &init),
            Body::CutOff(start) => stream(start, true, &init),
            Body::Stalled(start) => stream(start, false, &init),
            Body::Endless(body) => endless(body, &init),
        }
        .expect("a response");
        if is_redirect {
            // JavaScript cannot construct such a response, so own properties
            // hide those of its type.
            let property = |name: &str, value: JsValue| {
                let descriptor = Object::new();
                Reflect::set(&descriptor, &"value".into(), &value).expect("an object");
                Object::define_property(&response, &name.into(), &descriptor);
            };
            property("type", "opaqueredirect".into());
            property("status", 0.into());
            property("ok", false.into());
        }
        if !matches!(self.body, Body::Stalled(_)) {
            watch_reading(&response);
        }
        response
    }
}

fn stream(start: &str, breaks: bool, init: &ResponseInit) -> Result<Response, JsValue> {
    let bytes = Uint8Array::from(start.as_bytes());
    let begin = Closure::once_into_js(move |controller: JsValue| {
        let method = |name: &str| -> Function {
            Reflect::get(&controller, &name.into())
                .expect("a method")
                .unchecked_into()
        };
        method("enqueue").call1(&controller, &bytes).expect("room");
        if breaks {
            let error = js_sys::TypeError::new("network error");
            method("error").call1(&controller, &error).expect("an end");
        }
    });
    let source = Object::new();
    Reflect::set(&source, &"start".into(), &begin)?;
    let stream = ReadableStream::new_with_underlying_source(&source)?;
    Response::new_with_opt_readable_stream_and_init(Some(&stream), init)
}

fn endless(body: &Rc<EndlessBody>, init: &ResponseInit) -> Result<Response, JsValue> {
    let pulled = Rc::clone(body);
    let pull = Closure::<dyn FnMut(JsValue)>::new(move |controller: JsValue| {
        let part = Uint8Array::from(vec![b'['; EndlessBody::PART].as_slice());
        let enqueue = Reflect::get(&controller, &"enqueue".into()).expect("a method");
        let enqueue: Function = enqueue.unchecked_into();
        enqueue.call1(&controller, &part).expect("room");
        pulled.sent.set(pulled.sent.get() + EndlessBody::PART);
    });
    let cancelled = Rc::clone(body);
    let cancel = Closure::once_into_js(move || cancelled.is_cancelled.set(true));
    let source = Object::new();
    Reflect::set(&source, &"pull".into(), &pull.into_js_value())?;
    Reflect::set(&source, &"cancel".into(), &cancel)?;
    let stream = ReadableStream::new_with_underlying_source(&source)?;
    Response::new_with_opt_readable_stream_and_init(Some(&stream), init)
}

/// Makes `settle` wait while the body is read, which takes a few turns of the
/// event loop.
fn watch_reading(response: &Response) {
    let Some(stream) = response.body() else {
        return;
    };
    let own = Clone::clone(&stream);
    let read = Closure::once_into_js(move || {
        let prototype = Object::get_prototype_of(&own);
        let get_reader: Function = Reflect::get(&prototype, &"getReader".into())
            .expect("ReadableStream.prototype.getReader")
            .unchecked_into();
        let reader = get_reader.call0(&own).expect("a reader");
        let reader: ReadableStreamDefaultReader = reader.unchecked_into();
        begin_waiting();
        let end = Closure::once_into_js(|_: JsValue| end_waiting());
        let end: &Function = end.unchecked_ref();
        let ended = Reflect::get(&reader.closed(), &"then".into()).expect("a promise");
        let ended: &Function = ended.unchecked_ref();
        let ended = ended.call2(&reader.closed(), end, end);
        ended.expect("a promise");
        reader
    });
    Reflect::set(&stream, &"getReader".into(), &read).expect("an object of its own");
}
