//! The page of one provider.

use coder_external_auth::Config;
use coder_external_auth::pages::ProviderPage;
use external_auth_core::wire::{DeviceAuthorization, ExternalAuth, Provider};
use leptos::prelude::*;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::sample::{account, github, gitlab, link, list, live, live_refused, user};
use crate::support::{
    Answer, BEGIN_DEVICE, CHECK_GITHUB, CHECK_GITLAB, CURRENT_USER, CsrfTag, EXCHANGE, FakeLocks,
    Fakes, LIST, Mounted, Navigations, Query, mount, seconds, settle,
};

async fn open(id: &'static str, redirected: bool) -> Mounted {
    let config = Config::default();
    let page = mount(move || view! { <ProviderPage config id=id.to_owned() redirected /> });
    settle().await;
    page
}

fn named(live: ExternalAuth, display_name: &str) -> ExternalAuth {
    ExternalAuth {
        display_name: display_name.into(),
        ..live
    }
}

/// The page of GitHub, which has a device flow. It shows the code `WDJB-MJHT`.
async fn open_with_code(fakes: &Fakes) -> Mounted {
    let waiting = ExternalAuth {
        device: true,
        ..named(live_refused(), "GitHub")
    };
    let authorization = DeviceAuthorization {
        device_code: "secret".into(),
        user_code: "WDJB-MJHT".into(),
        verification_uri: "https://github.example/device".into(),
        expires_in: 900,
        interval: 5,
    };
    fakes.answer(CHECK_GITHUB, Answer::json(&waiting));
    fakes.answer(BEGIN_DEVICE, Answer::json(&authorization));
    let page = open("github", false).await;
    assert!(page.says("WDJB-MJHT"), "{}", page.text());
    page
}

#[wasm_bindgen_test]
async fn loading_shows_a_skeleton() {
    let fakes = Fakes::install();
    let held = fakes.hold(CHECK_GITLAB);
    let page = open("gitlab", true).await;

    assert_eq!(page.select(".list-skeleton").len(), 1);
    held.answer(Answer::json(&named(live_refused(), "GitLab")))
        .await;
    assert_eq!(page.select(".list-skeleton").len(), 0);
}

#[wasm_bindgen_test]
async fn the_page_is_named_after_its_provider_from_the_start() {
    let fakes = Fakes::install();
    let held = fakes.hold(CHECK_GITLAB);
    let _page = open("gitlab", true).await;

    assert_eq!(document().title(), "gitlab – External authentication");
    held.answer(Answer::json(&named(live_refused(), "GitLab")))
        .await;
    assert_eq!(document().title(), "GitLab – External authentication");
}

#[wasm_bindgen_test]
async fn the_focus_stays_on_the_page_when_a_new_code_is_asked_for() {
    let _tag = CsrfTag::with("token");
    let _locks = FakeLocks::install();
    let fakes = Fakes::install();
    let page = open_with_code(&fakes).await;
    let denied = json!({ "message": "Failed to exchange device code.", "detail": "access_denied" });
    fakes.answer(
        EXCHANGE,
        Answer::new(400, "application/json", &denied.to_string()),
    );
    fakes.answer(CHECK_GITHUB, Answer::json(&live_refused()));
    fakes.advance(seconds(6)).await;
    let _held = fakes.hold(BEGIN_DEVICE);

    page.button("Get a new code").press().await;

    let heading = &page.select("h1")[0];
    assert!(heading.has_focus(), "{}", page.text());
}

#[wasm_bindgen_test]
async fn linking_starts_automatically_and_returns_to_this_page() {
    let fakes = Fakes::install();
    fakes.answer(CHECK_GITLAB, Answer::json(&named(live_refused(), "GitLab")));
    let _query = Query::set("?provider=gitlab");
    let navigations = Navigations::hold_back();

    let _page = open("gitlab", false).await;

    let back = "%2F%3Fprovider%3Dgitlab%26redirected%3Dtrue";
    let expected = format!("/external-auth/gitlab/callback?redirect={back}");
    assert_eq!(navigations.urls(), [expected]);
}

#[wasm_bindgen_test]
async fn a_return_without_a_link_is_explained_and_does_not_start_again() {
    let fakes = Fakes::install();
    fakes.answer(CHECK_GITLAB, Answer::json(&named(live_refused(), "GitLab")));
    let navigations = Navigations::hold_back();

    let page = open("gitlab", true).await;

    assert_eq!(navigations.urls(), [""; 0]);
    let words = "GitLab sent you back without linking an account";
    assert!(page.says(words), "{}", page.text());
    let card = page.card("GitLab");
    assert_eq!(card.actions(), ["Link GitLab"]);
    assert_eq!(fakes.requests(), [CHECK_GITLAB], "no list for one provider");
}

#[wasm_bindgen_test]
async fn a_linked_person_sees_a_greeting_and_the_card_of_the_list() {
    let fakes = Fakes::install();
    let answer = named(live(), "GitHub");
    fakes.answer(CHECK_GITHUB, Answer::json(&answer));
    // The list has the token's expiry. Then the card is checked live, as in the
    // list.
    fakes.answer(LIST, list(&[github(), gitlab()], &[link("github")]));
    fakes.answer_if_asked(CHECK_GITHUB, Answer::json(&answer));

    let page = open("github", false).await;

    assert!(page.says("Hi @ada, you're linked with GitHub."));
    assert!(page.says("You may close this window."));
    let card = page.card("GitHub");
    assert!(card.says("Linked") && card.says("Does not expire"));
    let buttons = ["Check GitHub", "Re-authenticate GitHub", "Unlink GitHub"];
    assert_eq!(card.actions(), buttons, "in the opened row");
    assert_eq!(page.cards(), ["GitHub"], "and no other card");
}

#[wasm_bindgen_test]
async fn a_device_flow_runs_in_the_page_and_ends_with_a_greeting() {
    let _tag = CsrfTag::with("token");
    let _locks = FakeLocks::install();
    let fakes = Fakes::install();
    let page = open_with_code(&fakes).await;
    assert_eq!(
        page.cards(),
        [""; 0],
        "nothing that would begin it once more"
    );

    let linked = ExternalAuth {
        device: true,
        user: Some(account("ada")),
        ..named(live(), "GitHub")
    };
    fakes.answer(EXCHANGE, Answer::no_content());
    fakes.answer(CHECK_GITHUB, Answer::json(&linked));
    fakes.answer(LIST, list(&[github()], &[link("github")]));
    fakes.answer_if_asked(CHECK_GITHUB, Answer::json(&linked));
    fakes.advance(seconds(6)).await;

    assert!(page.says("Hi @ada, you're linked with GitHub."));
    assert!(!page.says("WDJB-MJHT"));
    assert_eq!(page.cards(), ["GitHub"]);
}

#[wasm_bindgen_test]
async fn the_code_of_the_previous_person_disappears_when_another_person_is_found() {
    let _tag = CsrfTag::with("token");
    let _locks = FakeLocks::install();
    let fakes = Fakes::install();
    let page = open_with_code(&fakes).await;

    // After a pause the next poll first asks who is signed in. The list asks
    // again.
    fakes.answer(CURRENT_USER, user("grace"));
    fakes.answer(CURRENT_USER, user("grace"));
    let github = Provider {
        device: true,
        ..github()
    };
    fakes.answer(LIST, list(&[github], &[]));
    fakes.sleep(seconds(301)).await;

    assert_eq!(fakes.count(EXCHANGE), 0, "the code is not exchanged");
    assert!(page.says("signed in as grace"), "{}", page.text());
    assert!(!page.says("WDJB-MJHT"), "{}", page.text());
    fakes.advance(seconds(60)).await;
    assert_eq!(fakes.count(EXCHANGE), 0);
}

#[wasm_bindgen_test]
async fn an_unknown_provider_is_explained() {
    let fakes = Fakes::install();
    fakes.answer(CHECK_GITLAB, Answer::error(404, "no"));

    let page = open("gitlab", false).await;

    let alerts = page.alerts();
    assert!(alerts.contains("Coder has no such provider."), "{alerts}");
    assert!(page.link("All linked accounts").is_visible());
}

#[wasm_bindgen_test]
async fn a_failed_check_can_be_tried_again() {
    let fakes = Fakes::install();
    fakes.answer(CHECK_GITLAB, Answer::html(502, "<html>"));
    let navigations = Navigations::hold_back();
    let page = open("gitlab", false).await;

    let words = "We couldn't check whether your account is linked.";
    assert!(page.alerts().contains(words), "{}", page.alerts());
    assert_eq!(navigations.urls(), [""; 0], "not sent away on a guess");
    fakes.answer(CHECK_GITLAB, Answer::json(&named(live_refused(), "GitLab")));
    page.button("Try again").press().await;
    assert_eq!(page.alerts(), "");
    assert_eq!(page.cards(), ["GitLab"]);
}

#[wasm_bindgen_test]
async fn without_a_session_the_page_offers_to_sign_in() {
    let fakes = Fakes::install();
    fakes.answer(CHECK_GITLAB, Answer::error(401, "no"));
    let navigations = Navigations::hold_back();

    let page = open("gitlab", false).await;

    assert!(page.alerts().contains("Your session has ended."));
    assert!(page.link("Sign in").is_visible());
    assert_eq!(navigations.urls(), [""; 0]);
}

#[wasm_bindgen_test]
async fn the_end_of_the_session_is_shown_once() {
    let fakes = Fakes::install();
    fakes.answer(CHECK_GITLAB, Answer::error(401, "no"));

    let page = open("gitlab", false).await;

    let alerts = page.alerts();
    assert_eq!(alerts.matches("session has ended").count(), 1, "{alerts}");
}
