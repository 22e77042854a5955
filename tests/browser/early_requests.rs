//! Requests that were sent before the program ran: the program takes them over,
//! and treats them as its own.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use coder_external_auth::api::{Client, EarlyRequests};
use coder_external_auth::pages::SettingsPage;
use coder_external_auth::{Config, Embedding, Secret};
use external_auth_core::wire::ExternalAuthList;
use external_auth_core::{ApiError, ApiErrorKind};
use leptos::prelude::*;
use wasm_bindgen::{JsValue, externref_heap_live_count};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::sample::{github, gitlab, link, list, user};
use crate::support::{
    Answer, CURRENT_USER, CsrfTag, Fakes, LIST, Mounted, Running, SentEarly, UNLINK_GITLAB, mount,
    run, seconds, settle,
};

const SLOW: &str = "Still checking.";

fn client(early: &SentEarly) -> Rc<Client> {
    let config = Config::default();
    let client = Rc::new(Client::new(&config));
    client.take_over(EarlyRequests::take(&early.handed_over, &config));
    client
}

async fn ask_list(client: &Rc<Client>) -> Running<Result<ExternalAuthList, ApiError>> {
    let client = Rc::clone(client);
    let running = run(async move { client.list(|_| ()).await });
    settle().await;
    running
}

async fn open_settings(early: &SentEarly) -> Mounted {
    let config = Config::default();
    let early = EarlyRequests::take(&early.handed_over, &config);
    let page = mount(move || view! { <SettingsPage config early /> });
    settle().await;
    page
}

#[wasm_bindgen_test]
async fn the_first_list_waits_for_the_early_answer_and_the_next_one_is_sent() {
    let fakes = Fakes::install();
    let early = SentEarly::new();
    let client = client(&early);

    let first = ask_list(&client).await;
    assert!(!first.has_ended());
    early.list.arrives(list(&[github()], &[])).await;

    assert_eq!(first.result().unwrap().providers, [github()]);
    assert_eq!(fakes.requests(), [""; 0]);
    fakes.answer(LIST, list(&[gitlab()], &[]));
    let second = ask_list(&client).await.result().unwrap();
    assert_eq!(second.providers, [gitlab()]);
    assert_eq!(fakes.requests(), [LIST]);
}

#[wasm_bindgen_test]
async fn an_answer_that_arrived_before_the_program_ran_counts() {
    let fakes = Fakes::install();
    let early = SentEarly::new();
    early.list.arrives(list(&[github()], &[])).await;
    fakes.advance(seconds(100)).await;

    let answer = ask_list(&client(&early)).await.result().unwrap();

    assert_eq!(answer.providers, [github()]);
}

#[wasm_bindgen_test]
async fn an_early_list_fails_as_a_list_that_the_client_sends() {
    let page = || Answer::html(200, "<html>Sign in</html>");
    let answers: Vec<fn() -> Answer> = vec![
        || Answer::error(401, "no"),
        || Answer::error(403, "no"),
        || Answer::error(429, "no").header("Retry-After", "7"),
        || Answer::html(502, "<html>Bad Gateway</html>"),
        || Answer::error(500, "no").cut_off(),
        || Answer::opaque_redirect(),
        page,
        || Answer::new(200, "application/json", ""),
        || list(&[github()], &[]).cut_off(),
        || Answer::json(&"OK"),
    ];
    for answer in answers {
        let fakes = Fakes::install();
        fakes.answer(LIST, answer());
        let sent = Rc::new(Client::new(&Config::default()));
        let expected = ask_list(&sent).await.result().unwrap_err();

        let early = SentEarly::new();
        let client = client(&early);
        let running = ask_list(&client).await;
        early.list.arrives(answer()).await;

        assert_eq!(running.result().unwrap_err(), expected);
        assert_eq!(
            client.is_signed_out_at_proxy(),
            sent.is_signed_out_at_proxy()
        );
        assert_eq!(fakes.requests(), [LIST]);
    }

    let fakes = Fakes::install();
    fakes.fail(LIST);
    let sent = Rc::new(Client::new(&Config::default()));
    let expected = ask_list(&sent).await.result().unwrap_err();
    let early = SentEarly::new();
    let running = ask_list(&client(&early)).await;
    early.list.fails().await;
    assert_eq!(running.result().unwrap_err(), expected);
}

#[wasm_bindgen_test]
async fn a_web_page_for_the_early_list_is_no_sign_out_although_the_other_answer_came_first() {
    let _fakes = Fakes::install();
    let early = SentEarly::new();
    early.user.arrives(user("ada")).await;
    early.list.arrives(Answer::html(200, "<html>")).await;
    let client = client(&early);
    let asking = Rc::clone(&client);
    let person = run(async move { asking.current_user().await });
    settle().await;
    assert!(person.result().is_ok());

    let error = ask_list(&client).await.result().unwrap_err();

    assert_eq!(error.kind, ApiErrorKind::Unreadable);
}

#[wasm_bindgen_test]
async fn the_time_limit_counts_from_when_the_list_was_sent_and_a_late_list_is_passed_on() {
    let fakes = Fakes::install();
    let early = SentEarly::new();
    fakes.advance(seconds(100)).await;
    let late = Rc::new(Cell::new(None));
    let running = run({
        let (client, late) = (client(&early), Rc::clone(&late));
        async move { client.list(move |list| late.set(Some(list))).await }
    });

    fakes.advance(Duration::from_millis(79_999)).await;
    assert!(!running.has_ended());
    fakes.advance(Duration::from_millis(1)).await;
    let error = running.result().unwrap_err();
    assert_eq!(error.kind, ApiErrorKind::TimedOut);
    assert_eq!(error.detail, "waited 180 s");
    early.list.arrives(list(&[github()], &[])).await;

    assert_eq!(late.take().unwrap().providers, [github()]);
}

#[wasm_bindgen_test]
async fn the_time_limit_of_the_early_question_counts_from_when_it_was_sent() {
    let fakes = Fakes::install();
    let early = SentEarly::new();
    fakes.advance(seconds(20)).await;
    let client = client(&early);
    let running = run(async move { client.current_user().await });

    fakes.advance(Duration::from_millis(9_999)).await;
    assert!(!running.has_ended());
    fakes.advance(Duration::from_millis(1)).await;

    let error = running.result().unwrap_err();
    assert_eq!(error.kind, ApiErrorKind::TimedOut);
}

#[wasm_bindgen_test]
async fn a_program_that_comes_after_the_time_limit_still_reads_an_answer_that_came_before() {
    let fakes = Fakes::install();
    let early = SentEarly::new();
    fakes.advance(seconds(200)).await;
    let client = client(&early);
    let list = ask_list(&client).await;
    let asking = Rc::clone(&client);
    let person = run(async move { asking.current_user().await });

    fakes.advance(Duration::from_millis(999)).await;
    assert!(!list.has_ended() && !person.has_ended());
    fakes.advance(Duration::from_millis(1)).await;

    assert_eq!(list.result().unwrap_err().kind, ApiErrorKind::TimedOut);
    assert_eq!(person.result().unwrap_err().kind, ApiErrorKind::TimedOut);
}

#[wasm_bindgen_test]
async fn the_deployments_clock_is_read_when_the_early_answer_arrived() {
    let fakes = Fakes::install();
    let early = SentEarly::new();
    let date = js_sys::Date::new(&js_sys::Date::now().into()).to_utc_string();
    let answer = list(&[], &[]).header("date", &String::from(date));
    early.list.arrives(answer).await;
    fakes.advance(seconds(60)).await;
    let client = client(&early);

    ask_list(&client).await.result().unwrap();

    assert_eq!(client.clock_offset(), 0);
}

#[wasm_bindgen_test]
async fn requests_to_another_deployment_or_with_other_credentials_are_not_taken() {
    let elsewhere = Config {
        base_url: "https://other.example".into(),
        ..Config::default()
    };
    let with_token = Config {
        embedding: Some(Embedding {
            session_token: Secret::new("s3cret"),
            ..Embedding::default()
        }),
        ..Config::default()
    };
    for (config, request) in [
        (elsewhere, "GET https://other.example/api/v2/external-auth"),
        (with_token, LIST),
    ] {
        let fakes = Fakes::install();
        fakes.answer(request, list(&[gitlab()], &[]));
        let early = SentEarly::new();
        early.list.arrives(list(&[github()], &[])).await;
        let client = Rc::new(Client::new(&config));
        client.take_over(EarlyRequests::take(&early.handed_over, &config));

        let answer = ask_list(&client).await.result().unwrap();

        assert_eq!(answer.providers, [gitlab()], "{request}");
    }
}

#[wasm_bindgen_test]
async fn nothing_that_is_not_such_an_object_is_taken() {
    for nothing in [JsValue::UNDEFINED, JsValue::NULL, "list".into()] {
        let fakes = Fakes::install();
        fakes.answer(LIST, list(&[], &[]));
        let config = Config::default();
        let client = Rc::new(Client::new(&config));
        client.take_over(EarlyRequests::take(&nothing, &config));
        assert!(ask_list(&client).await.result().is_ok());
    }
}

#[wasm_bindgen_test]
async fn the_page_asks_for_nothing_that_was_sent_early() {
    let fakes = Fakes::install();
    let early = SentEarly::new();
    let page = open_settings(&early).await;
    early
        .list
        .arrives(list(&[gitlab()], &[link("gitlab")]))
        .await;
    early.user.arrives(user("ada")).await;

    assert_eq!(page.cards(), ["GitLab"]);
    assert_eq!(fakes.network.all_requests(), [""; 0]);
}

#[wasm_bindgen_test]
async fn trying_again_after_an_early_failure_sends_a_request() {
    let fakes = Fakes::install();
    let early = SentEarly::new();
    let page = open_settings(&early).await;
    early.user.arrives(user("ada")).await;
    early.list.fails().await;
    assert!(page.says("Check your connection, then try again."));
    fakes.answer(LIST, list(&[gitlab()], &[]));

    page.button("Try again").press().await;

    assert_eq!(page.cards(), ["GitLab"]);
    assert_eq!(fakes.requests(), [LIST]);
}

#[wasm_bindgen_test]
async fn a_slow_list_is_explained_five_seconds_after_it_was_sent() {
    let fakes = Fakes::install();
    let early = SentEarly::new();
    fakes.advance(seconds(3)).await;
    let page = open_settings(&early).await;

    fakes.advance(Duration::from_millis(1_999)).await;
    assert!(!page.says(SLOW));
    fakes.advance(Duration::from_millis(1)).await;

    assert!(page.says(SLOW));
}

/// The questions who is signed in that the page sends before it unlinks, where
/// the early question was sent `early` and the page opened after `opened`.
async fn questions_before_a_change(early: &SentEarly, fakes: &Fakes, opened: Duration) -> usize {
    let _tag = CsrfTag::with("token");
    fakes.advance(opened).await;
    let page = open_settings(early).await;
    early
        .list
        .arrives(list(&[gitlab()], &[link("gitlab")]))
        .await;
    early.user.arrives(user("ada")).await;
    fakes.advance(seconds(1)).await;
    let revoked = Answer::json(&serde_json::json!({ "token_revoked": true }));
    fakes.answer(UNLINK_GITLAB, revoked);
    page.button("Unlink GitLab").press().await;
    page.dialog("Unlink GitLab?").button("Unlink").press().await;
    fakes.count(CURRENT_USER)
}

#[wasm_bindgen_test]
async fn who_is_signed_in_counts_from_when_it_was_asked_early() {
    let fakes = Fakes::install();
    let asked = questions_before_a_change(&SentEarly::new(), &fakes, seconds(200)).await;
    assert_eq!(asked, 0);
    drop(fakes);

    let fakes = Fakes::install();
    let asked = questions_before_a_change(&SentEarly::new(), &fakes, seconds(299)).await;
    assert_eq!(asked, 1, "five minutes ago");
    drop(fakes);

    let fakes = Fakes::install();
    let hidden = SentEarly::with(&[("inSight", false.into())]);
    let asked = questions_before_a_change(&hidden, &fakes, seconds(1)).await;
    assert_eq!(asked, 1, "hidden since");
}

// Each new session of elements asks for them, and mostly there are none. Each question
// left an entry in the table of the program's references to JavaScript values.
#[wasm_bindgen_test]
fn where_nothing_was_sent_no_references_are_left_behind() {
    let before = externref_heap_live_count();
    for _ in 0..100 {
        let _ = EarlyRequests::take(&JsValue::UNDEFINED, &Config::default());
    }
    assert_eq!(externref_heap_live_count(), before);
}
