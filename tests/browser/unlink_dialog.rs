//! Unlinking: the confirmation dialog, and the notice afterwards.

use external_auth_core::wire::{Link, Provider};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::sample::{broken_link, github, gitlab, link, list};
use crate::support::{
    Answer, CURRENT_USER, CsrfTag, Fakes, LIST, OpenView, PAGE, Part, UNLINK_GITLAB, open_list,
    seconds, settle,
};

/// GitLab with a revocation endpoint.
fn revoking() -> Provider {
    Provider {
        supports_revocation: true,
        ..gitlab()
    }
}

async fn opened(fakes: &Fakes, providers: &[Provider], link: &Link) -> OpenView {
    // The provider is not checked live automatically here.
    fakes.answer(LIST, list(providers, std::slice::from_ref(link)));
    let request = format!("GET /api/v2/external-auth/{}", link.provider_id);
    fakes.answer_if_asked(&request, Answer::error(500, "no"));
    let open = open_list();
    open.load().await;
    open
}

/// The page with GitLab, linked, and a CSRF token.
struct Scene {
    // Fields are dropped in order: the page before its fakes.
    open: OpenView,
    fakes: Fakes,
    _tag: CsrfTag,
}

impl Scene {
    async fn of(provider: Provider) -> Self {
        let tag = CsrfTag::with("token");
        let fakes = Fakes::install();
        fakes.answer_if_asked(CURRENT_USER, Answer::json(&json!({ "id": "ada" })));
        let open = opened(&fakes, &[provider], &link("gitlab")).await;
        Self {
            open,
            fakes,
            _tag: tag,
        }
    }

    fn page(&self) -> &Part {
        &self.open.page
    }

    fn card(&self) -> Part {
        self.page().card("GitLab")
    }

    /// Presses "Unlink" on the card and confirms.
    async fn unlink(&self) {
        self.page().button("Unlink GitLab").press().await;
        let dialog = self.page().dialog("Unlink GitLab?");
        dialog.button("Unlink").press().await;
    }

    fn deletes(&self) -> usize {
        self.fakes.count(UNLINK_GITLAB)
    }
}

fn is_modal(dialog: &Part) -> bool {
    dialog.0.matches(":modal").unwrap()
}

#[wasm_bindgen_test]
async fn the_dialog_opens_with_the_focus_on_cancel() {
    let scene = Scene::of(gitlab()).await;

    scene.page().button("Unlink GitLab").press().await;

    let dialog = scene.page().dialog("Unlink GitLab?");
    assert_eq!(dialog.attribute("role").as_deref(), Some("alertdialog"));
    assert!(is_modal(&dialog), "nothing else can be reached");
    assert_eq!(dialog.buttons(), ["Cancel", "Unlink"]);
    assert!(dialog.button("Cancel").has_focus());
    // A screen reader reads the consequences together with the name.
    let id = dialog.attribute("aria-describedby").unwrap();
    let described = dialog.select(&format!("#{id}"));
    assert!(described[0].says("Your workspaces can no longer clone from or push to GitLab."));
    assert_eq!(scene.deletes(), 0);
}

#[wasm_bindgen_test]
async fn the_dialog_lists_the_consequences_for_the_provider() {
    let orphan = "This provider was removed, so Coder may not be able to remove the link. The token isn't revoked.";
    let clone = "Your workspaces can no longer clone from or push to";
    let unrevokable_github = Provider {
        supports_revocation: false,
        ..github()
    };
    for (providers, id, name, expected, unexpected) in [
        (
            vec![gitlab()],
            "gitlab",
            "GitLab",
            vec![clone, "Coder isn't set up to revoke the token at GitLab"],
            "asked to",
        ),
        (
            vec![revoking()],
            "gitlab",
            "GitLab",
            vec![clone, "GitLab will be asked to revoke the token."],
            "isn't set up to revoke",
        ),
        (
            vec![github()],
            "github",
            "GitHub",
            vec![
                clone,
                "GitHub will revoke every token for this app, including other deployments that share it.",
            ],
            "isn't set up to revoke",
        ),
        (
            vec![unrevokable_github],
            "github",
            "GitHub",
            vec![clone, "Coder isn't set up to revoke the token at GitHub"],
            "will revoke every token",
        ),
        (vec![], "gone", "gone", vec![orphan], clone),
    ] {
        let fakes = Fakes::install();
        let open = opened(&fakes, &providers, &link(id)).await;
        open.page.unfold_removed().await;
        let button = open.page.button(&format!("Unlink {name}"));

        button.press().await;

        let dialog = open.page.dialog(&format!("Unlink {name}?"));
        for words in expected {
            assert!(dialog.says(words), "{words:?} in {}", dialog.text());
        }
        assert!(!dialog.says(unexpected), "{}", dialog.text());
    }
}

#[wasm_bindgen_test]
async fn cancel_and_escape_change_nothing() {
    for how in ["Cancel", "Escape"] {
        let scene = Scene::of(gitlab()).await;
        let button = scene.page().button("Unlink GitLab");
        button.press().await;
        let dialog = scene.page().dialog("Unlink GitLab?");

        if how == "Cancel" {
            dialog.button("Cancel").press().await;
        } else {
            // The browser does this on Escape.
            dialog.call("requestClose");
            settle().await;
        }

        assert!(!scene.page().has_dialog(), "{how}");
        assert!(button.has_focus(), "{how}");
        assert_eq!(scene.deletes(), 0, "{how}");
        assert!(scene.card().says("Linked"), "{how}");
        // The dialog can be opened again.
        button.press().await;
        assert!(scene.page().dialog("Unlink GitLab?").is_visible(), "{how}");
    }
}

// The browser tells that a dialog is closed in a later task.
#[wasm_bindgen_test]
async fn unlink_that_is_pressed_while_the_dialog_closes_opens_it_again() {
    let scene = Scene::of(gitlab()).await;
    let button = scene.page().button("Unlink GitLab");
    button.press().await;
    let dialog = scene.page().dialog("Unlink GitLab?");

    dialog.call("requestClose");
    button.press().await;

    let dialog = scene.page().dialog("Unlink GitLab?");
    assert!(is_modal(&dialog));
    assert!(dialog.button("Cancel").has_focus());
    dialog.button("Cancel").press().await;
    assert!(!scene.page().has_dialog());
    assert_eq!(scene.deletes(), 0);
}

#[wasm_bindgen_test]
async fn confirming_unlinks_once_and_shows_progress() {
    let scene = Scene::of(revoking()).await;
    let held = scene.fakes.hold(UNLINK_GITLAB);
    let button = scene.page().button("Unlink GitLab");

    scene.unlink().await;

    assert!(!scene.page().has_dialog());
    assert_eq!(scene.page().button("Unlinking… GitLab"), button);
    assert!(button.is_disabled());
    assert!(button.has_focus());
    assert!(scene.card().is_busy());
    assert!(scene.card().says("Linked"), "still, as far as is known");
    button.press().await;
    assert!(!scene.page().has_dialog());

    held.answer(Answer::json(&json!({ "token_revoked": true })))
        .await;
    assert_eq!(scene.card().actions(), ["Link GitLab"]);
    assert!(scene.card().says("Not linked"));
    assert!(!scene.card().is_busy());
    assert_eq!(scene.deletes(), 1);
    // No second list: the answer of the unlink says enough.
    assert_eq!(scene.fakes.count(LIST), 1);
    // The button that had the focus was removed with the link.
    assert!(scene.card().has_focus());
}

/// The tone of the notice on the card.
fn tone(card: &Part) -> String {
    let notices = card.select(".notice");
    assert_eq!(notices.len(), 1);
    notices[0].attribute("class").unwrap()
}

#[wasm_bindgen_test]
async fn the_notice_tells_whether_the_token_was_revoked() {
    let error = "Post \"https://gitlab.example/revoke?client_id=abc\": 503";
    let failed = "we couldn't confirm its token was revoked. It may still be valid until you end access in your GitLab account settings.";
    for (provider, answer, class, words) in [
        (
            revoking(),
            json!({ "token_revoked": true }),
            "notice notice--good",
            "GitLab is unlinked, and the token is revoked.",
        ),
        (
            gitlab(),
            json!({ "token_revoked": false }),
            "notice",
            "GitLab is unlinked, but Coder isn't set up to revoke its token. End access in your GitLab account settings.",
        ),
        (
            revoking(),
            json!({ "token_revoked": false, "token_revocation_error": error }),
            "notice notice--unsure",
            failed,
        ),
        (
            revoking(),
            json!({ "token_revoked": false }),
            "notice notice--unsure",
            failed,
        ),
        (revoking(), json!("OK"), "notice notice--unsure", failed),
    ] {
        let scene = Scene::of(provider).await;
        scene.fakes.answer(UNLINK_GITLAB, Answer::json(&answer));

        scene.unlink().await;

        assert!(scene.card().says(words), "{}", scene.card().text());
        assert_eq!(tone(&scene.card()), class, "{words}");
        let is_warning = class.ends_with("unsure");
        let said = if is_warning {
            scene.page().alerts()
        } else {
            scene.page().announcements()
        };
        assert!(said.contains(words), "{said}");
        assert!(scene.card().says("Not linked"));
        scene.fakes.advance(seconds(60)).await;
        let is_success = class.ends_with("good");
        assert_eq!(!scene.card().says(words), is_success, "only a success goes");
        if !is_success {
            let name = if is_warning {
                "Dismiss warning about GitLab"
            } else {
                "Dismiss"
            };
            scene.card().button(name).press().await;
            assert!(!scene.card().says(words));
        }
    }
}

#[wasm_bindgen_test]
async fn after_an_answer_that_is_not_from_coder_the_list_decides() {
    for (links, words, state) in [
        (
            Some(vec![link("gitlab")]),
            "Something other than Coder answered when you tried to unlink GitLab. It's still linked. Try again.",
            "Linked",
        ),
        (
            Some(vec![]),
            "we couldn't confirm its token was revoked. It may still be valid",
            "Not linked",
        ),
        (
            None,
            "Something other than Coder answered when you tried to unlink GitLab, and the list couldn't be loaded.",
            "Linked",
        ),
    ] {
        for answer in [
            Answer::html(200, "<html>Sign in</html>"),
            Answer::json(&json!({ "message": "Welcome." })),
        ] {
            let scene = Scene::of(revoking()).await;
            scene.fakes.answer(UNLINK_GITLAB, answer);
            match &links {
                Some(links) => scene.fakes.answer(LIST, list(&[revoking()], links)),
                None => scene.fakes.fail(LIST),
            }

            scene.unlink().await;

            assert!(scene.card().says(words), "{}", scene.card().text());
            assert_eq!(scene.card().select(".state-badge")[0].text(), state);
            assert_eq!(scene.deletes(), 1, "never sent twice");
        }
    }
}

#[wasm_bindgen_test]
async fn a_redirect_removes_nothing_and_offers_to_load_the_page_again() {
    let scene = Scene::of(revoking()).await;
    let redirect = Answer::opaque_redirect();
    scene.fakes.answer(UNLINK_GITLAB, redirect);

    scene.unlink().await;

    let alerts = scene.page().alerts();
    let words = "You were signed out at a proxy in front of Coder. Load the page again to sign in.";
    assert_eq!(alerts.matches(words).count(), 1, "{alerts}");
    assert!(scene.page().button("Load the page again").is_visible());
    assert!(scene.card().says("The link wasn't removed."));
    assert!(scene.card().says("Linked"));
    assert_eq!(scene.fakes.count(LIST), 1, "there is nothing to look for");

    // The person has signed in again in another tab.
    scene
        .fakes
        .answer(LIST, list(&[revoking()], &[link("gitlab")]));
    scene.page().button("Refresh").press().await;
    assert!(!scene.page().alerts().contains("proxy"));
}

#[wasm_bindgen_test]
async fn a_redirected_list_keeps_the_rows() {
    let scene = Scene::of(revoking()).await;
    // A proxy redirects every request.
    scene.fakes.answer(LIST, Answer::opaque_redirect());
    (scene.fakes).answer_if_asked(CURRENT_USER, Answer::opaque_redirect());

    scene.page().button("Refresh").press().await;

    let alerts = scene.page().alerts();
    assert!(
        alerts.contains("You were signed out at a proxy"),
        "{alerts}"
    );
    assert!(!alerts.contains("couldn't be refreshed"), "{alerts}");
    assert!(scene.card().says("Linked"));
}

#[wasm_bindgen_test]
async fn a_failed_revocation_of_a_refused_token_is_no_warning() {
    let broken = broken_link("gitlab", "token failed to validate");
    let tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    let open = opened(&fakes, &[revoking()], &broken).await;
    let scene = Scene {
        open,
        fakes,
        _tag: tag,
    };
    let error = "Post \"https://gitlab.example/revoke?client_id=abc\": 400 invalid token";
    let answer = json!({ "token_revoked": false, "token_revocation_error": error });
    scene.fakes.answer(UNLINK_GITLAB, Answer::json(&answer));

    scene.unlink().await;

    let words = "GitLab is unlinked. Its token had already stopped working.";
    assert!(scene.card().says(words), "{}", scene.card().text());
    assert_eq!(tone(&scene.card()), "notice");
    assert!(scene.page().announcements().contains(words));
    assert!(!scene.page().alerts().contains("may still be valid"));
    let link = scene.card().link("Authorized applications at gitlab.com");
    assert!(link.is_visible());
    assert!(!scene.card().says("invalid token"), "folded");
    scene.card().unfold("Details").await;
    assert!(scene.card().says("400 invalid token"));
    assert!(!scene.card().says("abc"));
}

#[wasm_bindgen_test]
async fn the_reason_of_a_failed_revocation_is_folded_away_without_its_secrets() {
    let scene = Scene::of(revoking()).await;
    let page = "<p>sorry</p>".repeat(1_000);
    let error = format!("Post \"https://gitlab.example/revoke?client_id=abc\": 503: {page}");
    let answer = json!({ "token_revoked": false, "token_revocation_error": error });
    scene.fakes.answer(UNLINK_GITLAB, Answer::json(&answer));
    scene.unlink().await;
    assert!(!scene.card().says("503"));

    scene.card().unfold("Details").await;

    let text = scene.card().text();
    assert!(text.contains("Post \"https://gitlab.example/revoke?…\": 503: <p>sorry</p>"));
    assert!(!text.contains("abc"), "{text}");
    assert!(text.chars().count() < 1_000, "cut");
}

#[wasm_bindgen_test]
async fn a_refresh_keeps_the_warning() {
    let scene = Scene::of(revoking()).await;
    let answer = json!({ "token_revoked": false, "token_revocation_error": "503" });
    scene.fakes.answer(UNLINK_GITLAB, Answer::json(&answer));
    scene.unlink().await;
    scene.fakes.answer(LIST, list(&[revoking()], &[]));
    // Another person may have signed in meanwhile.
    let user = Answer::json(&json!({ "id": "ada" }));
    scene.fakes.answer(CURRENT_USER, user);

    scene.page().button("Refresh").press().await;

    assert!(scene.card().says("may still be valid"));
}

#[wasm_bindgen_test]
async fn a_link_that_was_removed_elsewhere_is_no_error() {
    let scene = Scene::of(gitlab()).await;
    scene.fakes.answer(UNLINK_GITLAB, Answer::error(404, "no"));
    scene.fakes.answer(LIST, list(&[gitlab()], &[]));

    scene.unlink().await;

    let words = "GitLab was already unlinked. The list is now up to date.";
    assert!(scene.card().says(words), "{}", scene.card().text());
    assert!(scene.card().says("Not linked"));
    assert_eq!(tone(&scene.card()), "notice");
    assert!(scene.card().has_focus());
}

// The page said that the account was unlinked already, and showed it as linked.
#[wasm_bindgen_test]
async fn a_404_for_a_link_that_the_list_still_has_is_a_failure() {
    let scene = Scene::of(gitlab()).await;
    scene.fakes.answer(UNLINK_GITLAB, Answer::error(404, "no"));
    scene
        .fakes
        .answer(LIST, list(&[gitlab()], &[link("gitlab")]));

    scene.unlink().await;

    let words = "Coder couldn't unlink GitLab. It's still linked. Try again.";
    assert!(scene.card().says(words), "{}", scene.card().text());
    assert!(!scene.card().says("already"));
}

// The page said that the account was unlinked already, and had not asked for it.
#[wasm_bindgen_test]
async fn a_404_of_the_page_with_the_csrf_token_removes_nothing() {
    let fakes = Fakes::install();
    let open = opened(&fakes, &[gitlab()], &link("gitlab")).await;
    fakes.answer(PAGE, Answer::error(404, "no"));

    open.page.button("Unlink GitLab").press().await;
    let dialog = open.page.dialog("Unlink GitLab?");
    dialog.button("Unlink").press().await;

    let card = open.page.card("GitLab");
    let words = "The link wasn't removed. Coder refused the request (404).";
    assert!(card.says(words), "{}", card.text());
    assert!(card.says("Linked"));
    assert_eq!(fakes.count(UNLINK_GITLAB), 0);
}

#[wasm_bindgen_test]
async fn the_list_is_not_called_up_to_date_if_it_failed_to_load() {
    let scene = Scene::of(gitlab()).await;
    scene.fakes.answer(UNLINK_GITLAB, Answer::error(404, "no"));
    scene.fakes.fail(LIST);

    scene.unlink().await;

    assert!(!scene.card().says("up to date"), "{}", scene.card().text());
}

#[wasm_bindgen_test]
async fn an_orphan_that_cannot_be_unlinked_is_explained() {
    let _tag = CsrfTag::with("token");
    let fakes = Fakes::install();
    let open = opened(&fakes, &[], &link("gone")).await;
    open.page.unfold_removed().await;
    fakes.answer(
        "DELETE /api/v2/external-auth/gone",
        Answer::error(404, "no"),
    );

    open.page.button("Unlink gone").press().await;
    let dialog = open.page.dialog("Unlink gone?");
    dialog.button("Unlink").press().await;

    let card = open.page.card("gone");
    assert!(card.says("Coder no longer has gone, so it can't remove the link."));
    assert!(card.says("No longer configured"));
    assert!(open.page.button("Unlink gone").has_focus());
    assert_eq!(fakes.count(LIST), 1);
}

#[wasm_bindgen_test]
async fn after_a_missing_answer_the_list_decides() {
    for (links, words, state) in [
        (
            Some(vec![link("gitlab")]),
            "Coder didn't answer when you unlinked GitLab. It's still linked. Try again.",
            "Linked",
        ),
        (
            Some(vec![]),
            "we couldn't confirm its token was revoked. It may still be valid",
            "Not linked",
        ),
        (
            None,
            "Coder didn't answer when you unlinked GitLab, and the list couldn't be loaded. Refresh the list to see where it stands.",
            "Linked",
        ),
    ] {
        let scene = Scene::of(revoking()).await;
        scene.fakes.hold(UNLINK_GITLAB);
        match links {
            Some(links) => scene.fakes.answer(LIST, list(&[revoking()], &links)),
            None => scene.fakes.fail(LIST),
        }

        scene.unlink().await;
        scene.fakes.advance(seconds(29)).await;
        assert_eq!(scene.fakes.count(LIST), 1, "not before the time is up");
        scene.fakes.advance(seconds(1)).await;

        assert!(scene.card().says(words), "{}", scene.card().text());
        assert_eq!(scene.card().select(".state-badge")[0].text(), state);
        assert_eq!(scene.deletes(), 1, "never sent twice");
    }
}

#[wasm_bindgen_test]
async fn a_refusal_shows_why_and_keeps_the_link() {
    for (answer, words) in [
        (
            Answer::error(403, "no"),
            "You don't have permission to do this.",
        ),
        (
            Answer::error(429, "no").header("Retry-After", "7"),
            "Coder is limiting requests. Try again in 7 seconds.",
        ),
        (Answer::error(400, "no"), "Coder refused the request (400)."),
    ] {
        let scene = Scene::of(gitlab()).await;
        scene.fakes.answer(UNLINK_GITLAB, answer);

        scene.unlink().await;

        let said = format!("The link wasn't removed. {words}");
        assert!(scene.card().says(&said), "{}", scene.card().text());
        assert!(scene.page().announcements().contains(&said));
        assert_eq!(tone(&scene.card()), "notice notice--attention");
        assert_eq!(scene.card().actions(), ["Unlink GitLab", "Check GitLab"]);
        assert!(scene.page().button("Unlink GitLab").has_focus());
    }
}

#[wasm_bindgen_test]
async fn a_server_error_is_not_called_a_missing_answer() {
    let scene = Scene::of(gitlab()).await;
    scene.fakes.answer(UNLINK_GITLAB, Answer::error(500, "no"));
    scene
        .fakes
        .answer(LIST, list(&[gitlab()], &[link("gitlab")]));

    scene.unlink().await;

    assert!(scene.card().says("Linked"));
    assert!(
        !scene.card().says("didn't answer"),
        "{}",
        scene.card().text()
    );
}

#[wasm_bindgen_test]
async fn an_unlink_that_finds_the_session_ended_offers_to_sign_in() {
    let scene = Scene::of(gitlab()).await;
    scene.fakes.answer(UNLINK_GITLAB, Answer::error(401, "no"));

    scene.unlink().await;

    let alerts = scene.page().alerts();
    assert!(alerts.contains("Your session has ended."), "{alerts}");
    assert!(scene.page().link("Sign in").is_visible());
    assert!(scene.card().says("Linked"));
    assert_eq!(scene.fakes.count(LIST), 1, "nothing more is asked");
}

#[wasm_bindgen_test]
async fn an_unlink_that_finds_the_session_ended_shows_this_once() {
    let scene = Scene::of(gitlab()).await;
    scene.fakes.answer(UNLINK_GITLAB, Answer::error(401, "no"));

    scene.unlink().await;

    let alerts = scene.page().alerts();
    assert_eq!(alerts.matches("session has ended").count(), 1, "{alerts}");
    let card = scene.card();
    assert!(!card.says("session has ended"), "{}", card.text());
}
