//! The page on which a person enters the user code.

use serde_json::json;

use super::{Flow, GITHUB, started};

#[tokio::test]
async fn a_person_enters_the_user_code_and_chooses_an_account() {
    let (server, mut browser) = started().await;
    let flow = Flow::begin(&mut browser, GITHUB).await;
    let page = browser.get(&flow.page).await;
    for part in [
        "<label>Code <input name=\"code\"",
        "<button>Continue</button>",
        "GitHub Device",
    ] {
        assert!(page.body.contains(part), "{part}");
    }
    assert_eq!(page.header("cross-origin-opener-policy"), "");
    let wrong = browser.post_form(&flow.page, "code=BBBB-BBBB").await;
    assert!(
        wrong
            .body
            .contains("<p role=\"alert\">This code is not known here")
    );
    assert!(wrong.body.contains("<button>Continue</button>"));

    let typed = flow.user_code.replace('-', "").to_lowercase();
    let consent = browser
        .post_form(&flow.page, &format!("code={typed}"))
        .await;
    for part in [
        ">Authorize</button>",
        ">Cancel</button>",
        "<label>Account <select",
        "@grace",
        &flow.user_code,
    ] {
        assert!(consent.body.contains(part), "{part}");
    }
    assert_eq!(flow.state(&server).await["status"], "pending");
    let form = format!(
        "code={}&login=grace&decision=authorize",
        consent.between("name=\"code\" value=\"", "\"")
    );
    let elsewhere = browser
        .send("POST", &flow.page, &["Sec-Fetch-Site: cross-site"], &form)
        .await;
    assert_eq!(elsewhere.status, 403);
    let done = browser.post_form(&flow.page, &form).await;
    assert!(
        done.body.contains("You may close this window"),
        "{}",
        done.body
    );
    assert_eq!(flow.state(&server).await["status"], "approved");
    // A decision is final.
    let again = browser.post_form(&flow.page, &form).await;
    assert!(again.body.contains("role=\"alert\""));

    server.advance(5000).await;
    flow.linked(&mut browser).await;
    assert_eq!(browser.by_id(GITHUB).await.json()["user"]["login"], "grace");
}

#[tokio::test]
async fn a_person_can_cancel() {
    let (server, mut browser) = started().await;
    let flow = Flow::begin(&mut browser, GITHUB).await;
    let form = format!("code={}&login=ada&decision=cancel", flow.user_code);
    browser.post_form(&flow.page, &form).await;
    server.advance(5000).await;
    assert_eq!(flow.refused(&mut browser).await, "access_denied");
}

#[tokio::test]
async fn the_page_sends_the_opener_policy() {
    let (server, mut browser) = started().await;
    server
        .control(
            &format!("providers/{GITHUB}"),
            json!({ "opener_policy": "same-origin" }),
        )
        .await;
    let page = browser
        .get(&format!("{}/{GITHUB}/device", server.provider))
        .await;
    assert_eq!(page.header("cross-origin-opener-policy"), "same-origin");
    let unknown = browser
        .get(&format!("{}/nowhere/device", server.provider))
        .await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn the_control_route_makes_the_person_s_decision() {
    let (server, mut browser) = started().await;
    let first = Flow::begin(&mut browser, GITHUB).await;
    let second = Flow::begin(&mut browser, GITHUB).await;
    let decided = server
        .control(
            &format!("device/{GITHUB}"),
            json!({ "approve": true, "user_code": first.user_code.to_lowercase(), "login": "linus" }),
        )
        .await;
    assert_eq!(decided["user_code"], first.user_code.as_str());
    // Without a code the newest one is decided.
    let decided = server
        .control(&format!("device/{GITHUB}"), json!({ "approve": false }))
        .await;
    assert_eq!(decided["user_code"], second.user_code.as_str());
    server.advance(5000).await;
    first.linked(&mut browser).await;
    assert_eq!(browser.by_id(GITHUB).await.json()["user"]["login"], "linus");
    assert_eq!(second.refused(&mut browser).await, "access_denied");
}
