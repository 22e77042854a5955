//! The Content Security Policy (CSP level 3).

use axum::http::{HeaderName, HeaderValue, Response, header};

/// Coder's policy, which the operator has changed to allow WebAssembly.
const DEPLOYMENT: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' https: data:; \
     frame-src 'self'; frame-ancestors 'self'; form-action 'self'; object-src 'none'; \
     base-uri 'self'; report-uri /_stand-in/csp-report",
);

/// Coder's policy, which forbids WebAssembly.
const WITHOUT_WASM: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; connect-src 'self'; script-src 'self'; \
     style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' https: data:; \
     frame-src 'self'; frame-ancestors 'self'; form-action 'self'; object-src 'none'; \
     base-uri 'self'; report-uri /_stand-in/csp-report",
);

/// The policy of the page: WebAssembly is allowed, inline styles are not.
const PAGE: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self'; font-src 'self' data:; img-src 'self' https: data:; \
     frame-src 'self'; frame-ancestors 'self'; form-action 'self'; object-src 'none'; \
     base-uri 'self'; report-uri /_stand-in/csp-report",
);

/// Puts the page's policy on an answer.
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

/// Puts the policy that forbids WebAssembly on an answer.
pub(crate) fn put_without_wasm<B>(response: &mut Response<B>) {
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, WITHOUT_WASM);
}

/// Puts the deployment's policy on an HTML page without a policy.
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
