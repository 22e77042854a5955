use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response};

/// Reads a body, up to `max_bytes`. Its `Content-Length` may be missing or wrong,
/// so the bytes that come are counted, and the rest is not fetched.
///
/// What was cut is no JSON. A page with the CSRF token has it at its beginning.
pub(super) async fn read_body(response: &Response, max_bytes: usize) -> Result<String, JsValue> {
    let mut body = Vec::new();
    let Some(stream) = response.body() else {
        return Ok(String::new());
    };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    while body.len() < max_bytes {
        let part = JsFuture::from(reader.read()).await?;
        let part = Reflect::get(&part, &"value".into())?;
        let Ok(part) = part.dyn_into::<Uint8Array>() else {
            return Ok(text_of(&body));
        };
        body.extend(part.to_vec());
    }
    body.truncate(max_bytes);
    // The server has written its answer by now, so no refresh of a token is
    // interrupted. Nobody waits for the end.
    drop(JsFuture::from(reader.cancel()));
    Ok(text_of(&body))
}

/// The text of a body, up to the first byte that is not UTF-8: JSON has none (RFC
/// 8259 §8.1), and a body that was cut may end in the middle of a character.
fn text_of(body: &[u8]) -> String {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let whole = str::from_utf8(body);
    let text = whole.or_else(|error| str::from_utf8(&body[..error.valid_up_to()]));
    text.unwrap_or_default().to_owned()
}
