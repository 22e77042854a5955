//! The Content Security Policy (CSP level 3).

use axum::http::{HeaderName, HeaderValue, Response, header};

/// What a Coder says, with what WebAssembly needs.
const DEPLOYMENT: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' https: data:; \
     frame-src 'self'; frame-ancestors 'self'; form-action 'self'; object-src 'none'; \
     base-uri 'self'; report-uri /_stand-in/csp-report",
);

/// What a Coder says that was told nothing of WebAssembly.
const WITHOUT_WASM: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; connect-src 'self'; script-src 'self'; \
     style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' https: data:; \
     frame-src 'self'; frame-ancestors 'self'; form-action 'self'; object-src 'none'; \
     base-uri 'self'; report-uri /_stand-in/csp-report",
);

/// With WebAssembly, for our page, which needs no inline styles.
const PAGE: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self'; font-src 'self' data:; img-src 'self' https: data:; \
     frame-src 'self'; frame-ancestors 'self'; form-action 'self'; object-src 'none'; \
     base-uri 'self'; report-uri /_stand-in/csp-report",
);

/// Puts the policy on a file of our page.
pub(crate) fn put_on_page<B>(response: &mut Response<B>) {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, PAGE);
    headers.insert(
        HeaderName::from_static("x-content-type-options"),
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
}

/// Puts the policy on what may run no WebAssembly.
pub(crate) fn put_without_wasm<B>(response: &mut Response<B>) {
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, WITHOUT_WASM);
}

/// Puts the policy on a page that has none yet.
pub(super) fn put_on_html<B>(response: &mut Response<B>) {
    let is_html = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
    if is_html {
        response
            .headers_mut()
            .entry(header::CONTENT_SECURITY_POLICY)
            .or_insert(DEPLOYMENT);
    }
}
