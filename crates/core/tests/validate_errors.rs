//! Every text that the list can have as `validate_error`, with the failure that
//! it means.

use external_auth_core::{
    LinkFailure, PermanentFailure as P, TransientFailure as T, classify_validate_error,
};
use proptest::prelude::*;

const fn passing(failure: T) -> LinkFailure {
    LinkFailure::Transient(failure)
}

const fn lasting(failure: P) -> LinkFailure {
    LinkFailure::Permanent(failure)
}

const UNKNOWN: LinkFailure = passing(T::UnknownReason);

/// The server's texts without a foreign body.
const TEXTS: &[(&str, LinkFailure)] = &[
    // A link without a token has no reason.
    ("", lasting(P::Unexplained)),
    (" \n", lasting(P::Unexplained)),
    // The provider refused the token.
    ("token failed to validate", lasting(P::Revoked)),
    // The token has expired, and the server does not try again.
    (
        "token expired, refreshing is either disabled or refreshing failed and will not be retried",
        lasting(P::Expired),
    ),
    // A permanent failure that the server stored: the reason is not read.
    (
        "token expired and refreshing failed 3 minutes ago with: oauth2: \"invalid_grant\" \"gone\"",
        lasting(P::RefreshRefused),
    ),
    (
        "token expired and refreshing failed 2 hours ago with: bad_refresh_token: API rate limit exceeded",
        lasting(P::RefreshRefused),
    ),
    (
        "token expired and refreshing failed now with: context deadline exceeded, status 503, connection refused",
        lasting(P::RefreshRefused),
    ),
    // Only these codes end a refresh token permanently.
    (
        "refresh token: oauth2: \"bad_refresh_token\" \"The refresh token passed is incorrect or expired.\" \"https://docs.git.example/x\"",
        lasting(P::RefreshRefused),
    ),
    (
        "refresh token: oauth2: \"invalid_grant\" \"rate limit, timeout, status 503\"",
        lasting(P::RefreshRefused),
    ),
    (
        "refresh token: oauth2: \"invalid_grant\"",
        lasting(P::RefreshRefused),
    ),
    (
        "refresh token: oauth2: \"unauthorized_client\"",
        lasting(P::RefreshRefused),
    ),
    (
        "refresh token: oauth2: \"unsupported_grant_type\"",
        lasting(P::RefreshRefused),
    ),
    (
        "refresh token: oauth2: \"incorrect_client_credentials\" \"\"",
        lasting(P::RefreshRefused),
    ),
    (
        "refresh token: oauth2: \"invalid_client\"",
        lasting(P::RefreshRefused),
    ),
    (
        "refresh token: oauth2: \"temporarily_unavailable\" \"invalid_grant\"",
        passing(T::Unavailable),
    ),
    (
        "refresh token: oauth2: \"server_error\" \"the token is expired or revoked\"",
        passing(T::Unavailable),
    ),
    (
        "refresh token: oauth2: \"invalid_scope\" \"invalid_grant\"",
        UNKNOWN,
    ),
    // The statuses of the token endpoint.
    (
        "refresh token: oauth2: cannot fetch token: 200 OK",
        lasting(P::RefreshRefused),
    ),
    (
        "refresh token: oauth2: cannot fetch token: 400 Bad Request",
        lasting(P::RefreshRefused),
    ),
    (
        "refresh token: oauth2: cannot fetch token: 401 Unauthorized",
        lasting(P::RefreshRefused),
    ),
    (
        "refresh token: oauth2: cannot fetch token: 403 Forbidden",
        passing(T::Forbidden),
    ),
    (
        "refresh token: oauth2: cannot fetch token: 429 Too Many Requests",
        passing(T::RateLimited),
    ),
    (
        "refresh token: oauth2: cannot fetch token: 500 Internal Server Error",
        passing(T::Unavailable),
    ),
    (
        "refresh token: oauth2: cannot fetch token: 502 Bad Gateway",
        passing(T::Unavailable),
    ),
    (
        "refresh token: oauth2: cannot fetch token: 503 Service Unavailable",
        passing(T::Unavailable),
    ),
    (
        "refresh token: oauth2: cannot fetch token: 504",
        passing(T::Unavailable),
    ),
    (
        "refresh token: oauth2: cannot fetch token: 404 Not Found",
        UNKNOWN,
    ),
    ("refresh token: oauth2: cannot fetch token: ", UNKNOWN),
    ("refresh token: oauth2: cannot fetch token: 40", UNKNOWN),
    // The statuses of a validation.
    (
        "validate external auth token: status 401: body: ",
        lasting(P::Revoked),
    ),
    (
        "validate external auth token: status 403: body: ",
        passing(T::Forbidden),
    ),
    (
        "validate external auth token: status 429: body: ",
        passing(T::RateLimited),
    ),
    (
        "validate external auth token: status 500: body: ",
        passing(T::Unavailable),
    ),
    (
        "validate external auth token: status 503: body: ",
        passing(T::Unavailable),
    ),
    ("validate external auth token: status 404: body: ", UNKNOWN),
    ("validate external auth token: status 418: body: ", UNKNOWN),
    ("status 502: body: ", passing(T::Unavailable)),
    // Failures of the server itself.
    (
        "generate token extra: invalid character 'e' in literal true",
        passing(T::DeploymentFailed),
    ),
    (
        "persist refreshed token: pq: token expired, will not be retried",
        passing(T::DeploymentFailed),
    ),
    (
        "update user \"1b4e28ba\" external auth link by id: sql: connection is already closed",
        passing(T::DeploymentFailed),
    ),
    (
        "refresh token: oauth2: \"invalid_grant\" \"gone\", then removing refresh token failed: pq: deadlock detected",
        passing(T::DeploymentFailed),
    ),
    (
        "refresh token: oauth2: \"invalid_grant\" \"she said \\\"gone\\\"\", then removing refresh token failed: pq: deadlock detected",
        passing(T::DeploymentFailed),
    ),
    (
        "refresh token: oauth2: \"invalid_grant\" \", then removing refresh token failed: no\"",
        lasting(P::RefreshRefused),
    ),
    // An unknown text.
    ("something new", UNKNOWN),
    (
        "the token is revoked, expired, invalid: bad credentials",
        UNKNOWN,
    ),
    ("token expired for another reason", UNKNOWN),
    ("refresh token: something new", UNKNOWN),
    ("validate external auth token: something new", UNKNOWN),
    ("validate external auth token: unauthorized", UNKNOWN),
    (
        "validate external auth token: unmarshal user: invalid character '<' looking for beginning of value",
        UNKNOWN,
    ),
];

/// Network failures between server and provider, as Go words them.
const NETWORK_FAILURES: &[(&str, T)] = &[
    ("context deadline exceeded", T::TimedOut),
    (
        "context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
        T::TimedOut,
    ),
    ("net/http: TLS handshake timeout", T::TimedOut),
    (
        "read tcp 10.0.0.2:1->192.0.2.7:443: i/o timeout",
        T::TimedOut,
    ),
    (
        "dial tcp 192.0.2.7:443: connect: connection timed out",
        T::TimedOut,
    ),
    ("http2: timeout awaiting response headers", T::TimedOut),
    ("context canceled", T::DeploymentFailed),
    ("unexpected EOF", T::Unreachable),
    ("EOF", T::Unreachable),
    (
        "read tcp 10.0.0.2:1->192.0.2.7:443: read: connection reset by peer",
        T::Unreachable,
    ),
    (
        "dial tcp 192.0.2.7:443: connect: connection refused",
        T::Unreachable,
    ),
    (
        "write tcp 10.0.0.2:1->192.0.2.7:443: write: broken pipe",
        T::Unreachable,
    ),
    (
        "dial tcp 192.0.2.7:443: connect: no route to host",
        T::Unreachable,
    ),
    (
        "dial tcp [2001:db8::7]:443: connect: network is unreachable",
        T::Unreachable,
    ),
    (
        "dial tcp: lookup git.example on 10.0.0.1:53: no such host",
        T::Unreachable,
    ),
    (
        "dial tcp: lookup git.example on 10.0.0.1:53: server misbehaving",
        T::Unreachable,
    ),
    (
        "dial tcp: lookup git.example: Temporary failure in name resolution",
        T::Unreachable,
    ),
    (
        "http2: server sent GOAWAY and closed the connection",
        T::Unreachable,
    ),
    (
        "tls: failed to verify certificate: x509: certificate signed by unknown authority",
        T::Unreachable,
    ),
    (
        "x509: certificate has expired or is not yet valid",
        T::Unreachable,
    ),
    ("tls: handshake failure", T::Unreachable),
    (
        "proxyconnect tcp: dial tcp 10.0.0.9:3128: connect: connection refused",
        T::Unreachable,
    ),
    ("Proxy Authentication Required", T::Unreachable),
];

/// Words that a page of a provider or a proxy may contain, and that a search
/// could mistake for a reason.
const TRIGGERS: &str = "API rate limit exceeded. Too many requests, status 429, status: 503, \
    status 401, 400 Bad Request, invalid_grant, bad_refresh_token, token expired and refreshing \
    failed 3m ago with: x, will not be retried, token failed to validate, revoked, bad credentials, \
    unauthorized, timeout, timed out, context deadline exceeded, context canceled, i/o timeout, \
    connection refused, connection reset, no such host, network is unreachable, tls: x509: http2: \
    proxyconnect tcp, unexpected EOF, refresh token: oauth2: \"invalid_client\", \
    then removing refresh token failed: x, persist refreshed token: x, body: Response: : EOF";

/// Pages of several kilobytes with all these words.
fn pages() -> Vec<String> {
    let page = format!(
        "<!DOCTYPE html>\n<html><head><title>Sorry</title></head><body>{}\n{}</body></html>",
        format!("<p>{TRIGGERS}</p>\n").repeat(8),
        TRIGGERS
    );
    assert!(page.len() > 4_000);
    vec![
        TRIGGERS.to_owned(),
        page.to_uppercase(),
        page.to_lowercase(),
        page,
        "\u{0}é\"\\\"".to_owned(),
        String::new(),
    ]
}

/// Collects all wrong classifications, to show them at once.
fn disagreements(cases: impl IntoIterator<Item = (String, LinkFailure)>) -> Vec<String> {
    (cases.into_iter())
        .filter_map(|(text, expected)| {
            let verdict = classify_validate_error(&text);
            (verdict != expected).then(|| {
                let head: String = text.chars().take(120).collect();
                format!("{head:?}: {verdict:?}, not {expected:?}")
            })
        })
        .collect()
}

fn assert_all(cases: impl IntoIterator<Item = (String, LinkFailure)>) {
    let wrong = disagreements(cases);
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn each_text_of_the_server_is_classified() {
    assert_all((TEXTS.iter()).map(|(text, expected)| ((*text).to_owned(), *expected)));
}

#[test]
fn the_case_of_letters_does_not_matter() {
    let cases = TEXTS.iter().flat_map(|(text, expected)| {
        [
            (text.to_uppercase(), *expected),
            (text.to_lowercase(), *expected),
        ]
    });
    assert_all(cases);
}

#[test]
fn a_network_failure_is_transient() {
    let cases = NETWORK_FAILURES.iter().flat_map(|(failure, expected)| {
        [
            format!(
                "refresh token: Post \"https://git.example/login/oauth/access_token\": {failure}"
            ),
            format!(
                "validate external auth token: Get \"https://git.example/api/v3/user\": {failure}"
            ),
            format!("something new: {failure}"),
        ]
        .map(|text| (text, passing(*expected)))
    });
    assert_all(cases);
}

#[test]
fn a_foreign_page_is_never_searched() {
    let mut cases = Vec::new();
    for page in pages() {
        for (status, expected) in [
            ("200 OK", lasting(P::RefreshRefused)),
            ("400 Bad Request", lasting(P::RefreshRefused)),
            ("401 Unauthorized", lasting(P::RefreshRefused)),
            ("403 Forbidden", passing(T::Forbidden)),
            ("404 Not Found", UNKNOWN),
            ("429 Too Many Requests", passing(T::RateLimited)),
            ("503 Service Unavailable", passing(T::Unavailable)),
        ] {
            let text =
                format!("refresh token: oauth2: cannot fetch token: {status}\nResponse: {page}");
            cases.push((text, expected));
        }
        for (status, expected) in [
            ("401", lasting(P::Revoked)),
            ("403", passing(T::Forbidden)),
            ("404", UNKNOWN),
            ("429", passing(T::RateLimited)),
            ("502", passing(T::Unavailable)),
        ] {
            let text = format!("validate external auth token: status {status}: body: {page}");
            cases.push((text, expected));
        }
        cases.push((format!("something new: body: {page}"), UNKNOWN));
        cases.push((format!("something new\nResponse: {page}"), UNKNOWN));
        cases.push((
            format!("token expired and refreshing failed 3 minutes ago with: oauth2: cannot fetch token: 400 Bad Request\nResponse: {page}"),
            lasting(P::RefreshRefused),
        ));
    }
    assert_all(cases);
}

#[test]
fn a_truncated_reason_has_the_same_class() {
    let cases = pages().into_iter().flat_map(|page| {
        let reason = format!("oauth2: cannot fetch token: 400 Bad Request\nResponse: {page}");
        let end = reason.floor_char_boundary(400);
        let cut = &reason[..end];
        [
            format!("token expired and refreshing failed 3 minutes ago with: {cut}"),
            format!("refresh token: {cut}"),
        ]
        .map(|text| (text, lasting(P::RefreshRefused)))
    });
    assert_all(cases);
}

#[test]
fn an_address_does_not_name_a_failure() {
    let text = "validate external auth token: Get \"https://git.example/connection refused?x=i/o timeout\": something new";
    assert_eq!(classify_validate_error(text), UNKNOWN);
}

/// A page of words, including those that matter outside a body.
fn foreign_body() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        proptest::sample::select(TRIGGERS.split(", ").map(str::trim).collect::<Vec<_>>())
            .prop_map(str::to_owned),
        "\\PC{0,12}",
        Just("\n".to_owned()),
        Just("\"".to_owned()),
    ];
    (prop::collection::vec(word, 0..40), any::<bool>()).prop_map(|(words, upper)| {
        let body = words.join(" ");
        if upper { body.to_uppercase() } else { body }
    })
}

proptest! {
    #[test]
    fn a_foreign_body_never_changes_the_class(status in 100..600_u16, body in foreign_body()) {
        for before in [
            format!("refresh token: oauth2: cannot fetch token: {status} Something\nResponse: "),
            format!("validate external auth token: status {status}: body: "),
            format!("token expired and refreshing failed 3m ago with: status {status}: "),
        ] {
            prop_assert_eq!(
                classify_validate_error(&format!("{before}{body}")),
                classify_validate_error(&before),
            );
        }
    }

    #[test]
    fn a_foreign_description_never_changes_the_class(
        code in prop_oneof![Just("invalid_grant"), Just("slow_down"), Just("server_error")],
        body in foreign_body(),
    ) {
        // As Go quotes it.
        let quoted = body.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        let before = format!("refresh token: oauth2: \"{code}\"");
        prop_assert_eq!(
            classify_validate_error(&format!("{before} \"{quoted}\"")),
            classify_validate_error(&before),
        );
    }

    #[test]
    fn unknown_texts_are_never_permanent(text in "\\PC{1,200}") {
        prop_assume!(!text.trim().is_empty());
        prop_assert!(matches!(classify_validate_error(&text), LinkFailure::Transient(_)), "{}", text);
    }

    #[test]
    fn any_text_is_classified(text in "(status |429|5|refresh token: |oauth2: |\"|é|\\PC){0,60}") {
        let _ = classify_validate_error(&text);
    }
}
