//! Refuses what a website could send to this program on a developer's machine.

use std::net::{Ipv4Addr, Ipv6Addr};

use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};

use crate::{answer, own_path::is_own_path};

/// Lets a request pass that comes from this machine's own pages and programs.
///
/// - Another `Host` than this machine's answers `421` (RFC 9110 §15.5.20): a name of a
///   website that leads here, known as DNS rebinding.
/// - A request that a page of another site sends answers `403`, by the browser's
///   `Sec-Fetch-Site` (Fetch Metadata). Links, redirects, frames and pictures pass,
///   because no page can read their answers.
/// - A `POST` to a control route without `Content-Type: application/json` answers
///   `415`: every page can send other types without asking first. Reports of the
///   content security policy have a type that only browsers send.
pub(crate) async fn only_same_site(request: Request, next: Next) -> Response {
    match refusal(&request) {
        Some((status, detail)) => {
            answer::message(status, "The stand-in does not answer this.", detail)
        }
        None => next.run(request).await,
    }
}

fn refusal(request: &Request) -> Option<(StatusCode, &'static str)> {
    let headers = request.headers();
    if !text(headers, header::HOST.as_str()).is_some_and(is_this_machine) {
        return Some((
            StatusCode::MISDIRECTED_REQUEST,
            "It answers to 127.0.0.1, [::1] and localhost only.",
        ));
    }
    if text(headers, "sec-fetch-site") == Some("cross-site") && !is_passive(request) {
        return Some((
            StatusCode::FORBIDDEN,
            "A page of another site has sent this request.",
        ));
    }
    let is_own = is_own_path(request.uri().path());
    let kind = text(headers, header::CONTENT_TYPE.as_str()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let is_known = ["application/json", "application/csp-report"]
        .iter()
        .any(|known| kind.eq_ignore_ascii_case(known));
    if is_own && request.method() == Method::POST && !is_known {
        return Some((
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "A control route takes Content-Type: application/json only.",
        ));
    }
    None
}

/// Whether a `Host` (RFC 9110 §7.2) is an address of loopback, or `localhost`.
fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    if let Some(address) = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'))
    {
        return address.parse::<Ipv6Addr>().is_ok_and(|ip| ip.is_loopback());
    }
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
}

/// Whether the browser shows the answer to a person, and to no program.
fn is_passive(request: &Request) -> bool {
    let headers = request.headers();
    request.method() == Method::GET
        && (text(headers, "sec-fetch-mode") == Some("navigate")
            || text(headers, "sec-fetch-dest") == Some("image"))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for host in [
            "127.0.0.1:8085",
            "127.0.0.1",
            "127.9.9.9:1",
            "localhost:8085",
            "LocalHost",
            "[::1]:8085",
            "[::1]",
        ] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in [
            "",
            "rebound.example:8085",
            "127.0.0.1.example",
            "localhost.example:80",
            "10.0.0.1:8085",
            "2130706433",
            "[::2]:8085",
            "::1",
            "[::1",
        ] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
