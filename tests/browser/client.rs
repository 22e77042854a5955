//! The API client: what it sends, how long it waits, and how it reads each
//! answer.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use coder_external_auth::api::{Client, EarlyRequests};
use coder_external_auth::{Config, Embedding, Secret};
use external_auth_core::wire::{DeviceAuthorization, ExternalAuth, ExternalAuthList};
use external_auth_core::{ApiError, ApiErrorKind, BeforeUnlink, DeviceAnswer, RevocationOutcome};
use futures_util::future::LocalBoxFuture;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::sample::{github, gitlab, link, list, live};
use crate::support::{
    Answer, BEGIN_DEVICE, CHECK_GITHUB, CsrfTag, EXCHANGE, EndlessBody, Fakes, LIST, PAGE, Running,
    SentEarly, UNLINK_GITHUB, UNLINK_GITLAB, run, seconds, settle,
};

const REFUSED: &str = "Something is wrong with your CSRF token. Please refresh the page.";

const DEVICE_CODE: &str = "3584d83530557fdd1f46af8289938c8ef79f9dc5";

struct Caller(Rc<Client>);

impl Caller {
    fn new() -> Self {
        Self(Rc::new(Client::new(&Config::default())))
    }

    async fn list(&self) -> Running<Result<ExternalAuthList, ApiError>> {
        let client = Rc::clone(&self.0);
        begun(async move { client.list(|_| ()).await }).await
    }

    async fn by_id(&self, id: &'static str) -> Running<Result<ExternalAuth, ApiError>> {
        let client = Rc::clone(&self.0);
        begun(async move { client.external_auth(id).await }).await
    }

    async fn unlink(&self, id: &'static str) -> Running<Result<RevocationOutcome, ApiError>> {
        let client = Rc::clone(&self.0);
        let before = BeforeUnlink {
            supports_revocation: true,
            ..BeforeUnlink::default()
        };
        let unlink = async move { client.unlink(id, before, &|_| yes()).await };
        begun(async move { unlink.await.expect("it may be sent") }).await
    }
}

impl Caller {
    async fn device_code(&self) -> Running<Result<DeviceAuthorization, ApiError>> {
        let client = Rc::clone(&self.0);
        begun(async move { client.device_authorization("github").await }).await
    }

    /// Polls once.
    async fn exchange(&self) -> Running<Option<DeviceAnswer>> {
        self.exchange_while(|_| yes()).await
    }

    async fn exchange_while(
        &self,
        may_send: impl Fn(bool) -> LocalBoxFuture<'static, bool> + 'static,
    ) -> Running<Option<DeviceAnswer>> {
        let client = Rc::clone(&self.0);
        let poll = async move {
            client
                .exchange_device_code("github", DEVICE_CODE, &may_send)
                .await
        };
        begun(poll).await
    }
}

fn yes() -> LocalBoxFuture<'static, bool> {
    Box::pin(async { true })
}

async fn begun<T: 'static>(future: impl Future<Output = T> + 'static) -> Running<T> {
    let running = run(future);
    settle().await;
    running
}

fn revoked() -> Answer {
    Answer::json(&json!({ "token_revoked": true }))
}

fn page_with_token(token: &str) -> Answer {
    let page = format!(r#"<!doctype html><meta property="csrf-token" content="{token}"><p>hi"#);
    Answer::html(200, &page)
}

#[wasm_bindgen_test]
async fn the_list_is_requested_and_read() {
    let fakes = Fakes::install();
    fakes.answer(LIST, list(&[github(), gitlab()], &[link("github")]));

    let answer = Caller::new().list().await.result().unwrap();

    assert_eq!(answer.providers, [github(), gitlab()]);
    assert_eq!(answer.links, [link("github")]);
    let sent = fakes.network.sent(LIST);
    assert_eq!(sent.header("accept").as_deref(), Some("application/json"));
    assert_eq!(sent.header("x-csrf-token"), None);
    assert!(sent.is_uncached());
}

#[wasm_bindgen_test]
async fn one_provider_is_checked_live() {
    let fakes = Fakes::install();
    fakes.answer(CHECK_GITHUB, Answer::json(&live()));

    let answer = Caller::new().by_id("github").await.result().unwrap();

    assert_eq!(answer, live());
    assert!(fakes.network.sent(CHECK_GITHUB).is_uncached());
}

#[wasm_bindgen_test]
async fn an_id_stays_one_segment_of_the_address() {
    let fakes = Fakes::install();
    let request = "GET /api/v2/external-auth/..%2Fusers%3Fq%3D1%23x";
    fakes.answer(request, Answer::json(&live()));

    let answer = Caller::new().by_id("../users?q=1#x").await.result();

    assert!(answer.is_ok());
}

#[wasm_bindgen_test]
async fn requests_go_to_the_configured_deployment() {
    let fakes = Fakes::install();
    let request = "GET https://coder.example/api/v2/external-auth";
    fakes.answer(request, list(&[], &[]));
    let client = Client::new(&Config {
        base_url: "https://coder.example".into(),
        ..Config::default()
    });

    let answer = begun(async move { client.list(|_| ()).await })
        .await
        .result();

    assert_eq!(answer, Ok(ExternalAuthList::default()));
}

/// Answers that do not come from the API, with the kind of error for each.
fn failures() -> Vec<(&'static str, Answer, ApiErrorKind)> {
    use ApiErrorKind as Kind;

    let seven = Some(Duration::from_secs(7));
    vec![
        ("401", Answer::error(401, "no"), Kind::Unauthorized),
        ("403", Answer::error(403, "no"), Kind::Forbidden),
        ("404", Answer::error(404, "no"), Kind::NotFound),
        ("400", Answer::error(400, "no"), Kind::Rejected),
        ("429", Answer::error(429, "no"), Kind::RateLimited(None)),
        (
            "429 with a time",
            Answer::error(429, "no").header("Retry-After", "7"),
            Kind::RateLimited(seven),
        ),
        ("500", Answer::error(500, "no"), Kind::ServerFailed),
        (
            "502, a proxy's page",
            Answer::html(502, "<html>Bad Gateway</html>"),
            Kind::ServerFailed,
        ),
        (
            "503, plain text",
            Answer::text(503, "no healthy upstream"),
            Kind::ServerFailed,
        ),
        ("504, nothing", Answer::new(504, "", ""), Kind::ServerFailed),
        (
            "500, cut off",
            Answer::error(500, "no").cut_off(),
            Kind::ServerFailed,
        ),
    ]
}

/// The part of an endless body that may be read: up to the limit, and what the
/// browser fetches ahead.
fn assert_stops_at(body: &EndlessBody, limit: usize, what: &str) {
    assert!(body.is_cancelled.get(), "{what}");
    let sent = body.sent.get();
    let most = limit + 3 * EndlessBody::PART;
    assert!((limit..most).contains(&sent), "{what}: {sent}");
}

#[wasm_bindgen_test]
async fn the_reading_of_a_body_stops_at_the_limit_whatever_its_length_is_said_to_be() {
    for status in [200, 500] {
        let kind =
            [ApiErrorKind::Unreadable, ApiErrorKind::ServerFailed][usize::from(status == 500)];
        let endless = || {
            let answer = Answer::new(status, "application/json", "");
            answer.header("Content-Length", "2").endless()
        };
        let fakes = Fakes::install();
        let (answer, body) = endless();
        fakes.answer(LIST, answer);
        let error = Caller::new().list().await.result().unwrap_err();
        assert_eq!(error.kind, kind);
        assert_stops_at(&body, 5_000_000, "the list");

        let (answer, body) = endless();
        fakes.answer(CHECK_GITHUB, answer);
        let error = Caller::new().by_id("github").await.result().unwrap_err();
        assert_eq!(error.kind, kind);
        assert_stops_at(&body, 256_000, "the live check");

        let early = SentEarly::new();
        let caller = Caller::new();
        let config = Config::default();
        (caller.0).take_over(EarlyRequests::take(&early.handed_over, &config));
        let running = caller.list().await;
        let (answer, body) = endless();
        early.list.arrives(answer).await;
        assert_eq!(running.result().unwrap_err().kind, kind);
        assert_stops_at(&body, 5_000_000, "the early list");
    }
}

#[wasm_bindgen_test]
async fn a_token_that_no_header_can_have_is_not_sent() {
    for token in ["a\nb", "a b", "é", "a\0"] {
        let fakes = Fakes::install();
        let config = Config {
            embedding: Some(Embedding {
                session_token: Secret::new(token),
                ..Embedding::default()
            }),
            ..Config::default()
        };
        let caller = Caller(Rc::new(Client::new(&config)));
        let error = caller.list().await.result().unwrap_err();
        assert_eq!(error.kind, ApiErrorKind::Unreachable);
        assert_eq!(fakes.requests(), [""; 0]);
    }
}

#[wasm_bindgen_test]
async fn a_body_is_decoded_as_the_browser_does_it() {
    let fakes = Fakes::install();
    let good = serde_json::to_string(&live()).unwrap();
    for body in [format!("\u{feff}{good}"), good] {
        fakes.answer(CHECK_GITHUB, Answer::new(200, "application/json", &body));
        let answer = Caller::new().by_id("github").await.result().unwrap();
        assert_eq!(answer, live());
    }
}

/// Answers with status 200 that do not come from the API.
fn unreadable() -> Vec<(&'static str, Answer)> {
    vec![
        ("a page", Answer::html(200, "<html>Sign in</html>")),
        ("nothing", Answer::new(200, "application/json", "")),
        ("JSON, cut off", list(&[github()], &[]).cut_off()),
        ("JSON of another shape", Answer::json(&"OK")),
    ]
}

#[wasm_bindgen_test]
async fn each_failure_of_the_list_has_a_kind() {
    for (name, answer, kind) in failures() {
        let fakes = Fakes::install();
        fakes.answer(LIST, answer);
        let error = Caller::new().list().await.result().unwrap_err();
        assert_eq!(error.kind, kind, "{name}");
        let status: u16 = name[..3].parse().unwrap();
        assert_eq!(error.status, Some(status), "{name}");
        assert_eq!(error.request, LIST, "{name}");
    }
    for (name, answer) in unreadable() {
        let fakes = Fakes::install();
        fakes.answer(LIST, answer);
        let error = Caller::new().list().await.result().unwrap_err();
        assert_eq!(error.kind, ApiErrorKind::Unreadable, "{name}");
        assert_eq!(error.status, Some(200), "{name}");
    }
}

#[wasm_bindgen_test]
async fn each_failure_of_a_live_check_has_a_kind() {
    for (name, answer, kind) in failures() {
        let fakes = Fakes::install();
        fakes.answer(CHECK_GITHUB, answer);
        let error = Caller::new().by_id("github").await.result().unwrap_err();
        assert_eq!(error.kind, kind, "{name}");
        assert_eq!(error.request, CHECK_GITHUB, "{name}");
    }
    for (name, answer) in unreadable() {
        let fakes = Fakes::install();
        fakes.answer(CHECK_GITHUB, answer);
        let error = Caller::new().by_id("github").await.result().unwrap_err();
        assert_eq!(error.kind, ApiErrorKind::Unreadable, "{name}");
    }
}

#[wasm_bindgen_test]
async fn each_failure_of_an_unlink_has_a_kind() {
    let _tag = CsrfTag::with("token");
    for (name, answer, kind) in failures() {
        let fakes = Fakes::install();
        fakes.answer(UNLINK_GITHUB, answer);
        let error = Caller::new().unlink("github").await.result().unwrap_err();
        assert_eq!(error.kind, kind, "{name}");
        assert_eq!(error.request, UNLINK_GITHUB, "{name}");
    }
}

#[wasm_bindgen_test]
async fn without_a_network_the_deployment_is_unreachable() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    for request in [LIST, CHECK_GITHUB, UNLINK_GITHUB] {
        fakes.fail(request);
    }
    let caller = Caller::new();

    let errors = [
        caller.list().await.result().unwrap_err(),
        caller.by_id("github").await.result().unwrap_err(),
        caller.unlink("github").await.result().unwrap_err(),
    ];

    for error in errors {
        assert_eq!(error.kind, ApiErrorKind::Unreachable, "{error}");
        assert_eq!(error.status, None, "{error}");
    }
}

#[wasm_bindgen_test]
async fn an_error_keeps_the_servers_words_without_its_secrets() {
    let fakes = Fakes::install();
    let body = json!({
        "message": "Failed to validate token.",
        "detail": "Get \"https://git.example/user?access_token=s3cret\": EOF",
    });
    let answer = Answer::new(500, "application/json", &body.to_string());
    fakes.answer(CHECK_GITHUB, answer);

    let error = Caller::new().by_id("github").await.result().unwrap_err();

    assert_eq!(error.message, "Failed to validate token.");
    assert_eq!(error.detail, "Get \"https://git.example/user?…\": EOF");
}

#[wasm_bindgen_test]
async fn the_list_times_out_after_180_seconds_and_is_never_aborted() {
    let fakes = Fakes::install();
    let held = fakes.hold(LIST);
    let running = Caller::new().list().await;
    assert!(held.is_asked());

    fakes.advance(Duration::from_millis(179_999)).await;
    assert!(!running.has_ended());
    fakes.advance(Duration::from_millis(1)).await;

    let error = running.result().unwrap_err();
    assert_eq!(error.kind, ApiErrorKind::TimedOut);
    assert!(!fakes.network.sent(LIST).is_aborted());
}

#[wasm_bindgen_test]
async fn a_list_that_arrives_after_the_timeout_is_passed_on() {
    let fakes = Fakes::install();
    let held = fakes.hold(LIST);
    let late = Rc::new(Cell::new(None));
    let client = Rc::new(Client::new(&Config::default()));
    let running = begun({
        let (client, late) = (Rc::clone(&client), Rc::clone(&late));
        async move { client.list(move |list| late.set(Some(list))).await }
    })
    .await;
    fakes.advance(seconds(180)).await;
    assert!(running.result().is_err());
    assert_eq!(late.take(), None);

    held.answer(list(&[github()], &[])).await;

    assert_eq!(late.take().unwrap().providers, [github()]);
}

#[wasm_bindgen_test]
async fn a_live_check_is_aborted_after_30_seconds() {
    let fakes = Fakes::install();
    fakes.hold(CHECK_GITHUB);
    let running = Caller::new().by_id("github").await;

    fakes.advance(Duration::from_millis(29_999)).await;
    assert!(!running.has_ended());
    assert!(!fakes.network.sent(CHECK_GITHUB).is_aborted());
    fakes.advance(Duration::from_millis(1)).await;

    let error = running.result().unwrap_err();
    assert_eq!(error.kind, ApiErrorKind::TimedOut);
    assert!(fakes.network.sent(CHECK_GITHUB).is_aborted());
}

#[wasm_bindgen_test]
async fn an_unlink_times_out_after_30_seconds_and_is_never_aborted() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    fakes.hold(UNLINK_GITHUB);
    let running = Caller::new().unlink("github").await;

    fakes.advance(Duration::from_millis(29_999)).await;
    assert!(!running.has_ended());
    fakes.advance(Duration::from_millis(1)).await;

    let error = running.result().unwrap_err();
    assert_eq!(error.kind, ApiErrorKind::TimedOut);
    assert!(!fakes.network.sent(UNLINK_GITHUB).is_aborted());
}

#[wasm_bindgen_test]
async fn the_time_limit_covers_the_body() {
    let fakes = Fakes::install();
    fakes.answer(CHECK_GITHUB, Answer::json(&live()).stalled());
    let running = Caller::new().by_id("github").await;

    fakes.advance(seconds(29)).await;
    assert!(!running.has_ended());
    fakes.advance(seconds(1)).await;

    let error = running.result().unwrap_err();
    assert_eq!(error.kind, ApiErrorKind::TimedOut);
}

#[wasm_bindgen_test]
async fn an_answer_just_before_the_timeout_counts() {
    let fakes = Fakes::install();
    let held = fakes.hold(LIST);
    let running = Caller::new().list().await;

    fakes.advance(seconds(179)).await;
    held.answer(list(&[github()], &[])).await;

    assert_eq!(running.result().unwrap().providers, [github()]);
}

#[wasm_bindgen_test]
async fn dropping_a_live_check_aborts_it() {
    let fakes = Fakes::install();
    fakes.hold(CHECK_GITHUB);
    let running = Caller::new().by_id("github").await;
    let sent = fakes.network.sent(CHECK_GITHUB);
    assert!(!sent.is_aborted());
    assert!(!sent.is_kept_alive());

    running.abandon().await;

    assert!(sent.is_aborted());
}

#[wasm_bindgen_test]
async fn a_change_continues_after_its_caller_and_the_page_are_gone() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    fakes.hold(LIST);
    fakes.hold(UNLINK_GITHUB);
    let caller = Caller::new();
    let list = caller.list().await;
    let unlink = caller.unlink("github").await;

    list.abandon().await;
    unlink.abandon().await;

    for request in [LIST, UNLINK_GITHUB] {
        let sent = fakes.network.sent(request);
        assert!(!sent.is_aborted(), "{request}");
        assert!(sent.is_kept_alive(), "{request}");
    }
}

#[wasm_bindgen_test]
async fn the_csrf_token_is_read_from_the_page() {
    let _tag = CsrfTag::with("from-the-page");
    let fakes = Fakes::install();
    fakes.answer(UNLINK_GITHUB, revoked());

    let outcome = Caller::new().unlink("github").await.result();

    assert_eq!(outcome, Ok(RevocationOutcome::Revoked));
    assert_eq!(fakes.requests(), [UNLINK_GITHUB]);
    let token = fakes.network.sent(UNLINK_GITHUB).header("x-csrf-token");
    assert_eq!(token.as_deref(), Some("from-the-page"));
}

#[wasm_bindgen_test]
async fn the_csrf_token_of_the_page_is_not_sent_to_another_origin() {
    const ELSEWHERE: &str = "https://other.example";
    let _tag = CsrfTag::with("of-this-origin");
    let fakes = Fakes::install();
    let unlink = format!("DELETE {ELSEWHERE}/api/v2/external-auth/github");
    fakes.answer(&format!("GET {ELSEWHERE}/"), page_with_token("its-own"));
    fakes.answer(&unlink, revoked());
    let config = Config {
        base_url: ELSEWHERE.into(),
        ..Config::default()
    };
    let caller = Caller(Rc::new(Client::new(&config)));

    caller.unlink("github").await.result().unwrap();

    let token = fakes.network.sent(&unlink).header("x-csrf-token");
    assert_eq!(token.as_deref(), Some("its-own"));
}

#[wasm_bindgen_test]
async fn the_csrf_token_of_the_page_is_sent_below_a_path_of_its_origin() {
    let _tag = CsrfTag::with("from-the-page");
    let origin = leptos::prelude::location().origin().unwrap();
    for base in ["/coder", &*format!("{origin}/coder")] {
        let fakes = Fakes::install();
        let unlink = "DELETE /coder/api/v2/external-auth/github";
        fakes.answer(unlink, revoked());
        let config = Config {
            base_url: Config::base(base),
            ..Config::default()
        };
        let caller = Caller(Rc::new(Client::new(&config)));

        caller.unlink("github").await.result().unwrap();

        let token = fakes.network.sent(unlink).header("x-csrf-token");
        assert_eq!(token.as_deref(), Some("from-the-page"), "{base}");
    }
}

#[wasm_bindgen_test]
async fn a_missing_csrf_token_is_fetched_once() {
    let fakes = Fakes::install();
    fakes.answer(PAGE, page_with_token("fetched"));
    fakes.answer(UNLINK_GITHUB, revoked());
    fakes.answer(UNLINK_GITLAB, revoked());
    let caller = Caller::new();

    caller.unlink("github").await.result().unwrap();
    caller.unlink("gitlab").await.result().unwrap();

    assert_eq!(fakes.requests(), [PAGE, UNLINK_GITHUB, UNLINK_GITLAB]);
    for request in [UNLINK_GITHUB, UNLINK_GITLAB] {
        let token = fakes.network.sent(request).header("x-csrf-token");
        assert_eq!(token.as_deref(), Some("fetched"), "{request}");
    }
}

#[wasm_bindgen_test]
async fn a_stale_csrf_token_is_replaced_and_the_new_one_kept() {
    let _tag = CsrfTag::with("stale");
    let fakes = Fakes::install();
    fakes.answer(UNLINK_GITHUB, Answer::text(400, REFUSED));
    fakes.answer(PAGE, page_with_token("fresh"));
    fakes.answer(UNLINK_GITHUB, revoked());
    fakes.answer(UNLINK_GITLAB, revoked());
    let caller = Caller::new();

    caller.unlink("github").await.result().unwrap();
    caller.unlink("gitlab").await.result().unwrap();

    let expected = [UNLINK_GITHUB, PAGE, UNLINK_GITHUB, UNLINK_GITLAB];
    assert_eq!(fakes.requests(), expected);
    let token = fakes.network.sent(UNLINK_GITLAB).header("x-csrf-token");
    assert_eq!(token.as_deref(), Some("fresh"));
}

#[wasm_bindgen_test]
async fn a_csrf_token_is_renewed_once_and_not_in_a_loop() {
    let _tag = CsrfTag::with("stale");
    let fakes = Fakes::install();
    fakes.answer(UNLINK_GITHUB, Answer::text(400, REFUSED));
    fakes.answer(PAGE, page_with_token("no-better"));
    fakes.answer(UNLINK_GITHUB, Answer::text(400, REFUSED));

    let error = Caller::new().unlink("github").await.result().unwrap_err();

    assert_eq!(error.kind, ApiErrorKind::CsrfRefused);
    assert_eq!(fakes.requests(), [UNLINK_GITHUB, PAGE, UNLINK_GITHUB]);
}

#[wasm_bindgen_test]
async fn nothing_is_unlinked_without_a_csrf_token() {
    let fakes = Fakes::install();
    fakes.answer(PAGE, Answer::html(200, "<html>Another page</html>"));

    let error = Caller::new().unlink("github").await.result().unwrap_err();

    assert_eq!(error.kind, ApiErrorKind::CsrfRefused);
    assert_eq!(fakes.requests(), [PAGE]);
}

#[wasm_bindgen_test]
async fn a_400_of_the_api_does_not_renew_the_csrf_token() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    let answer = Answer::error(400, "csrf is not a provider");
    fakes.answer(UNLINK_GITHUB, answer);

    let error = Caller::new().unlink("github").await.result().unwrap_err();

    assert_eq!(error.kind, ApiErrorKind::Rejected);
    assert_eq!(fakes.requests(), [UNLINK_GITHUB]);
}

#[wasm_bindgen_test]
async fn two_concurrent_changes_fetch_the_csrf_token_once() {
    let fakes = Fakes::install();
    let page = fakes.hold(PAGE);
    fakes.answer(UNLINK_GITHUB, revoked());
    fakes.answer(UNLINK_GITLAB, revoked());
    let caller = Caller::new();

    let github = caller.unlink("github").await;
    let gitlab = caller.unlink("gitlab").await;
    page.answer(page_with_token("fetched")).await;

    assert!(github.result().is_ok());
    assert!(gitlab.result().is_ok());
    assert_eq!(fakes.requests(), [PAGE, UNLINK_GITHUB, UNLINK_GITLAB]);
}

#[wasm_bindgen_test]
async fn the_outcome_of_the_revocation_is_read() {
    let _tag = CsrfTag::with("token");
    let failed = |reason: &str| RevocationOutcome::Failed {
        reason: reason.to_owned(),
    };
    for (answer, outcome) in [
        (revoked(), RevocationOutcome::Revoked),
        (Answer::json(&json!({ "token_revoked": false })), failed("")),
        (
            Answer::json(&json!({ "token_revoked": false, "token_revocation_error": "503" })),
            failed("503"),
        ),
        (Answer::text(200, "OK"), RevocationOutcome::Unknown),
        (Answer::json(&"OK"), RevocationOutcome::Unknown),
    ] {
        let fakes = Fakes::install();
        fakes.answer(UNLINK_GITHUB, answer);
        let result = Caller::new().unlink("github").await.result();
        assert_eq!(result, Ok(outcome));
    }
}

#[wasm_bindgen_test]
async fn a_success_that_is_not_from_coder_is_an_error() {
    let _tag = CsrfTag::with("token");
    for answer in [
        Answer::html(200, "<html>Sign in</html>"),
        Answer::text(200, "OK, you are signed in"),
        Answer::json(&json!({ "message": "OK" })),
        Answer::new(200, "application/json", ""),
        Answer::no_content(),
    ] {
        let fakes = Fakes::install();
        fakes.answer(UNLINK_GITHUB, answer.clone());
        fakes.answer(EXCHANGE, Answer::new(200, "application/json", "{}"));
        let caller = Caller::new();

        let error = caller.unlink("github").await.result().unwrap_err();
        assert_eq!(error.kind, ApiErrorKind::Unreadable, "{error}");
        let exchange = caller.exchange().await.result();
        assert_eq!(exchange, Some(DeviceAnswer::Transient(None)));
    }
}

#[wasm_bindgen_test]
async fn no_request_follows_a_redirect() {
    let fakes = Fakes::install();
    let redirect = Answer::opaque_redirect;
    let requests = [LIST, CHECK_GITHUB, BEGIN_DEVICE, UNLINK_GITHUB, EXCHANGE];
    for request in requests {
        fakes.answer(request, redirect());
    }
    fakes.answer(PAGE, page_with_token("fetched"));
    let caller = Caller::new();

    let errors = [
        caller.list().await.result().unwrap_err(),
        caller.by_id("github").await.result().unwrap_err(),
        caller.device_code().await.result().unwrap_err(),
        caller.unlink("github").await.result().unwrap_err(),
    ];
    let exchange = caller.exchange().await.result();

    for request in requests.into_iter().chain([PAGE]) {
        assert!(fakes.network.sent(request).leaves_redirects(), "{request}");
    }
    for error in errors {
        assert_eq!(error.kind, ApiErrorKind::SignedOutAtProxy, "{error}");
    }
    assert_eq!(exchange, Some(DeviceAnswer::Transient(None)));
    assert!(caller.0.is_signed_out_at_proxy());
}

#[wasm_bindgen_test]
async fn the_page_with_the_csrf_token_may_be_redirected_too() {
    let fakes = Fakes::install();
    fakes.answer(PAGE, Answer::opaque_redirect());

    let error = Caller::new().unlink("github").await.result().unwrap_err();

    assert_eq!(error.kind, ApiErrorKind::SignedOutAtProxy);
    assert_eq!(fakes.requests(), [PAGE]);
}

#[wasm_bindgen_test]
async fn a_web_page_after_json_is_the_sign_in_page_of_a_proxy() {
    let fakes = Fakes::install();
    let caller = Caller::new();
    let sign_in = || Answer::html(200, "<html>Sign in</html>");
    // The deployment has not answered yet, so the page may be anything.
    fakes.answer(CHECK_GITHUB, sign_in());
    let error = caller.by_id("github").await.result().unwrap_err();
    assert_eq!(error.kind, ApiErrorKind::Unreadable);
    assert!(!caller.0.is_signed_out_at_proxy());

    fakes.answer(LIST, list(&[], &[]));
    caller.list().await.result().unwrap();
    fakes.answer(CHECK_GITHUB, sign_in());
    let error = caller.by_id("github").await.result().unwrap_err();
    assert_eq!(error.kind, ApiErrorKind::SignedOutAtProxy);
    assert!(caller.0.is_signed_out_at_proxy());

    fakes.answer(CHECK_GITHUB, Answer::json(&live()));
    caller.by_id("github").await.result().unwrap();
    assert!(!caller.0.is_signed_out_at_proxy(), "signed in again");
}

#[wasm_bindgen_test]
async fn the_request_for_a_device_code_is_aborted_with_its_caller() {
    let fakes = Fakes::install();
    let authorization = DeviceAuthorization {
        device_code: DEVICE_CODE.into(),
        user_code: "WDJB-MJHT".into(),
        verification_uri: "https://github.example/login/device".into(),
        expires_in: 900,
        interval: 5,
    };
    fakes.answer(BEGIN_DEVICE, Answer::json(&authorization));
    fakes.hold(BEGIN_DEVICE);
    let caller = Caller::new();

    let answer = caller.device_code().await.result();
    assert_eq!(answer, Ok(authorization));
    caller.device_code().await.abandon().await;
    assert!(fakes.network.sent(BEGIN_DEVICE).is_aborted());
}

#[wasm_bindgen_test]
async fn a_device_code_is_exchanged_in_the_body_and_nowhere_else() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    fakes.answer(EXCHANGE, Answer::no_content());

    let answer = Caller::new().exchange().await.result();

    assert_eq!(answer, Some(DeviceAnswer::Linked));
    let sent = fakes.network.sent(EXCHANGE);
    assert_eq!(sent.header("x-csrf-token").as_deref(), Some("token"));
    assert_eq!(
        sent.header("content-type").as_deref(),
        Some("application/json")
    );
    let body = format!(r#"{{"device_code":"{DEVICE_CODE}"}}"#);
    assert_eq!(sent.body().await, body);
}

#[wasm_bindgen_test]
async fn each_answer_to_a_poll_has_a_result() {
    let _tag = CsrfTag::with("token");
    let detail = |detail: &str| {
        let body = json!({ "message": "Failed to exchange device code.", "detail": detail });
        Answer::new(400, "application/json", &body.to_string())
    };
    let seven = Some(Duration::from_secs(7));
    for (answer, expected) in [
        (
            detail("authorization_pending"),
            DeviceAnswer::AuthorizationPending,
        ),
        (
            detail("status 400: {\"error\":\"slow_down\"}"),
            DeviceAnswer::SlowDown,
        ),
        (detail("expired_token"), DeviceAnswer::ExpiredToken),
        (detail("access_denied"), DeviceAnswer::AccessDenied),
        (Answer::error(401, "no"), DeviceAnswer::Unauthorized),
        (
            Answer::error(429, "no").header("Retry-After", "7"),
            DeviceAnswer::Transient(seven),
        ),
        (Answer::html(502, "<html>"), DeviceAnswer::Transient(None)),
    ] {
        let fakes = Fakes::install();
        fakes.answer(EXCHANGE, answer);
        let answer = Caller::new().exchange().await.result();
        assert_eq!(answer, Some(expected));
    }
}

#[wasm_bindgen_test]
async fn the_reason_of_a_refused_poll_contains_no_secret() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    let detail = format!(
        "Post \"https://github.example/token?device_code={DEVICE_CODE}\": {DEVICE_CODE} is unknown"
    );
    let body = json!({ "message": "no", "detail": detail });
    let answer = Answer::new(400, "application/json", &body.to_string());
    fakes.answer(EXCHANGE, answer);

    let answer = Caller::new().exchange().await.result();

    let Some(DeviceAnswer::Refused(reason)) = answer else {
        panic!("{answer:?}")
    };
    assert!(reason.contains("is unknown"), "{reason}");
    assert!(!reason.contains(DEVICE_CODE), "{reason}");
}

#[wasm_bindgen_test]
async fn a_poll_is_aborted_after_20_seconds() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    fakes.hold(EXCHANGE);
    let running = Caller::new().exchange().await;

    fakes.advance(Duration::from_millis(19_999)).await;
    assert!(!running.has_ended());
    fakes.advance(Duration::from_millis(1)).await;

    assert_eq!(running.result(), Some(DeviceAnswer::Transient(None)));
    assert!(fakes.network.sent(EXCHANGE).is_aborted());
}

#[wasm_bindgen_test]
async fn a_poll_also_renews_a_stale_csrf_token() {
    let _tag = CsrfTag::with("stale");
    let fakes = Fakes::install();
    fakes.answer(EXCHANGE, Answer::text(400, REFUSED));
    fakes.answer(PAGE, page_with_token("fresh"));
    fakes.answer(EXCHANGE, Answer::no_content());

    let answer = Caller::new().exchange().await.result();

    assert_eq!(answer, Some(DeviceAnswer::Linked));
    let token = fakes.network.sent(EXCHANGE).header("x-csrf-token");
    assert_eq!(token.as_deref(), Some("fresh"));
}

#[wasm_bindgen_test]
async fn may_send_is_asked_before_each_attempt_and_told_of_a_new_csrf_token() {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let answers = |answers: &[bool]| {
        let asked = Rc::clone(&asked);
        let mut left: Vec<_> = answers.to_vec();
        left.reverse();
        let left = RefCell::new(left);
        move |is_new_token| {
            asked.borrow_mut().push(is_new_token);
            let answer = left.borrow_mut().pop().expect("one question less");
            let answer: LocalBoxFuture<'static, bool> = Box::pin(async move { answer });
            answer
        }
    };
    // A token is known: the first attempt is sent and refused, and the second
    // may not be sent.
    let tag = CsrfTag::with("stale");
    let fakes = Fakes::install();
    fakes.answer(EXCHANGE, Answer::text(400, REFUSED));
    fakes.answer(PAGE, page_with_token("another's"));
    let running = Caller::new().exchange_while(answers(&[true, false])).await;
    assert_eq!(running.result(), None);
    assert_eq!(fakes.requests(), [EXCHANGE, PAGE]);
    assert_eq!(asked.take(), [false, true]);
    drop((tag, fakes));

    // No token is known, so it is fetched first.
    let fakes = Fakes::install();
    fakes.answer(PAGE, page_with_token("fetched"));
    let running = Caller::new().exchange_while(answers(&[false])).await;
    assert_eq!(running.result(), None);
    assert_eq!(fakes.requests(), [PAGE]);
    assert_eq!(asked.take(), [true]);
}
