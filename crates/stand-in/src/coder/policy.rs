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

/// The policy of the page. The README and the examples for web servers have the
/// same one. It allows only what the page uses: WebAssembly, and the page's own
/// files, and pictures of other origins.
const PAGE: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' https: data:; connect-src 'self'; font-src 'self'; base-uri 'self'; \
     form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; \
     trusted-types 'none'; report-uri /_stand-in/csp-report",
);

/// The policy of the gallery, which shows the page in frames.
const GALLERY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; \
     connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'; report-uri /_stand-in/csp-report",
);

/// Puts the gallery's policy on an answer.
pub(crate) fn put_on_gallery<B>(response: &mut Response<B>) {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, GALLERY);
}

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
