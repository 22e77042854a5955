//! The page and the custom elements, from the folders of their builds.

use std::{
    io,
    path::{Path as FilePath, PathBuf},
    sync::Arc,
};

use axum::{
    body::{Body, to_bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{Coder, extract::NewSessionCookie, pages, policy, session};
use crate::answer;

/// `GET /accounts`: the page's folder.
pub(super) async fn to_folder() -> Response {
    answer::redirect(StatusCode::PERMANENT_REDIRECT, "/accounts/")
}

/// `GET /accounts/`: the page.
pub(super) async fn index(
    State(coder): State<Arc<Coder>>,
    cookie: NewSessionCookie,
    headers: HeaderMap,
) -> (NewSessionCookie, Response) {
    (cookie, page_file(&coder, "index.html", &headers).await)
}

/// `GET /external-auth/{id}`: the page again, at the address where the dashboard
/// has its page for one provider. Its files are loaded from `/accounts/`.
pub(super) async fn index_for_provider(
    State(coder): State<Arc<Coder>>,
    cookie: NewSessionCookie,
) -> (NewSessionCookie, Response) {
    let page = page_with_head(&coder, "<base href=\"/accounts/\">").await;
    (cookie, page)
}

/// The page, with additional HTML at the start of its head.
pub(crate) async fn page_with_head(coder: &Coder, head: &str) -> Response {
    // Without headers the answer is not compressed, so it can be changed.
    let (parts, body) = page_file(coder, "index.html", &HeaderMap::new())
        .await
        .into_parts();
    // The body is in memory, so it can be read.
    let page = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let page = if parts.status.is_success() {
        with_head(&page, head)
    } else {
        page.into()
    };
    Response::from_parts(parts, Body::from(page))
}

/// Inserts HTML at the start of the head.
fn with_head(page: &[u8], head: &str) -> Vec<u8> {
    const HEAD: &[u8] = b"<head>";
    let begins = page
        .windows(HEAD.len())
        .position(|part| part.eq_ignore_ascii_case(HEAD));
    // Without the tag the head begins after the first tag of the page.
    let at = match begins {
        Some(begins) => begins + HEAD.len(),
        None => page
            .iter()
            .position(|&byte| byte == b'>')
            .map_or(0, |end| end + 1),
    };
    let (before, after) = page.split_at(at);
    [before, head.as_bytes(), after].concat()
}

/// `GET /accounts/{file}`: a file of the page.
pub(super) async fn file(
    State(coder): State<Arc<Coder>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    page_file(&coder, &name, &headers).await
}

/// `GET /embedded/{file}`: a file of the elements, with the page's policy.
pub(super) async fn embedded(
    State(coder): State<Arc<Coder>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    let mut response = embedded_file(&coder, &headers, &name).await;
    policy::put_on_page(&mut response);
    response
}

/// `GET /embedded-without-wasm/{file}`: a file of the elements, with a policy
/// that forbids WebAssembly.
pub(super) async fn embedded_without_wasm(
    State(coder): State<Arc<Coder>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    let mut response = embedded_file(&coder, &headers, &name).await;
    policy::put_without_wasm(&mut response);
    response
}

async fn embedded_file(coder: &Coder, headers: &HeaderMap, name: &str) -> Response {
    let Some(folder) = &coder.elements else {
        return pages::not_found_page("There are no elements: --embed names their folder.");
    };
    let response = serve(folder, name, headers).await;
    if content_type(name).starts_with("text/html") {
        let cookie = session::sign_in_first_visit(coder, headers);
        (cookie, response).into_response()
    } else {
        response
    }
}

async fn page_file(coder: &Coder, name: &str, headers: &HeaderMap) -> Response {
    let mut response = serve(&coder.page, name, headers).await;
    policy::put_on_page(&mut response);
    response
}

/// A file, or its copy that `cargo xtask dist` compressed, for a client that takes it.
async fn serve(folder: &FilePath, name: &str, headers: &HeaderMap) -> Response {
    if !is_plain(name) {
        return pages::not_found_page("There is no such file.");
    }
    let path = folder.join(name);
    let takes_brotli = takes_brotli(headers);
    // Read for each request, so that the next load shows a new build.
    let read = tokio::task::spawn_blocking(move || {
        if takes_brotli && let Ok(bytes) = std::fs::read(compressed(&path)) {
            return Ok((bytes, true));
        }
        std::fs::read(path).map(|bytes| (bytes, false))
    })
    .await;
    let mut response = match read.map_err(io::Error::other).flatten() {
        Ok((bytes, is_compressed)) => {
            let mut response = answer::typed(StatusCode::OK, content_type(name), bytes);
            if is_compressed {
                let headers = response.headers_mut();
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
                headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
            }
            response
        }
        Err(_) => pages::not_found_page("There is no such file. Is the page being built?"),
    };
    let caching = if has_hash(name) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    if response.status().is_success() {
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    }
    response
}

/// The path of a file's copy that is compressed with brotli.
fn compressed(path: &FilePath) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".br");
    name.into()
}

/// Whether the client takes brotli (RFC 9110, section 12.5.3). A weight of zero is
/// left aside: no browser sends one.
fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING);
    accepted
        .and_then(|value| value.to_str().ok())
        .is_some_and(|list| list.split([',', ';']).any(|coding| coding.trim() == "br"))
}

/// Whether a name stays inside the folder, on any operating system.
fn is_plain(name: &str) -> bool {
    !name.contains(['\\', ':', '\0'])
        && name
            .split('/')
            .all(|part| !part.is_empty() && !part.starts_with('.'))
}

/// Whether the name contains a hash of the content, as trunk's names do.
fn has_hash(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or_default();
    name.split(['-', '_', '.'])
        .any(|part| part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn content_type(name: &str) -> &'static str {
    let extension = FilePath::new(name)
        .extension()
        .and_then(|extension| extension.to_str());
    match extension.unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_inside_the_folder() {
        for name in [
            "../secret",
            "a/../../secret",
            "/etc/passwd",
            "a//b",
            ".git/config",
            "a\\..\\b",
            "c:x",
            "",
        ] {
            assert!(!is_plain(name), "{name}");
        }
        assert!(is_plain("app-1a2b3c4d5e6f7a8b_bg.wasm"));
        assert!(is_plain("assets/style.css"));
    }

    #[test]
    fn brotli_is_sent_to_who_takes_it() {
        for (accepted, takes) in [
            ("gzip, deflate, br, zstd", true),
            ("br;q=0.5", true),
            ("gzip, deflate", false),
            ("brotli", false),
        ] {
            let headers = [(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))];
            assert_eq!(
                takes_brotli(&headers.into_iter().collect()),
                takes,
                "{accepted}"
            );
        }
        assert!(!takes_brotli(&HeaderMap::new()));
    }

    #[test]
    fn the_base_is_first_in_the_head() {
        let with_base = |page: &str| {
            let page = with_head(page.as_bytes(), "<base href=\"/accounts/\">");
            String::from_utf8(page).unwrap()
        };
        assert_eq!(
            with_base("<!doctype html><html><HEAD><link href=a></HEAD><header>"),
            "<!doctype html><html><HEAD><base href=\"/accounts/\"><link href=a></HEAD><header>"
        );
        assert_eq!(
            with_base("<!doctype html><title>x</title>"),
            "<!doctype html><base href=\"/accounts/\"><title>x</title>"
        );
        assert_eq!(with_base("x"), "<base href=\"/accounts/\">x");
    }

    #[test]
    fn only_names_with_a_hash_are_cached() {
        assert!(has_hash("app-1a2b3c4d5e6f7a8b_bg.wasm"));
        assert!(!has_hash("boot.js"));
        assert!(!has_hash("index.html"));
    }
}
