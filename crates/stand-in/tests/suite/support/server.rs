use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use serde_json::{Value, json};
use stand_in::{Options, Scenario, StandIn};

use super::Browser;

/// A running stand-in.
pub(crate) struct Server {
    /// The deployment's origin.
    pub(crate) origin: String,
    /// The providers' origin.
    pub(crate) provider: String,
    pub(crate) page: PathBuf,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::with_scenario("default").await
    }

    pub(crate) async fn with_scenario(name: &str) -> Self {
        let page = page_folder();
        let scenario = Scenario::named(name).unwrap();
        let options = Options {
            port: 0,
            page: page.clone(),
            embed: Some(page.clone()),
            scenario,
            exit_with_stdin: false,
        };
        let stand_in = StandIn::bind(&options).await.unwrap();
        let url = stand_in.first_url();
        let authority = url.strip_prefix("http://").unwrap().split('/').next();
        let origin = format!("http://{}", authority.unwrap());
        tokio::spawn(stand_in.serve());
        let state = Browser::at(&origin).get("/_stand-in/state").await.json();
        let provider = state["provider_origin"].as_str().unwrap().to_owned();
        Self {
            origin,
            provider,
            page,
        }
    }

    /// A browser without cookies.
    pub(crate) fn browser(&self) -> Browser {
        Browser::at(&self.origin)
    }

    /// A browser that has visited the page, and has its CSRF token.
    pub(crate) async fn visitor(&self) -> Browser {
        let mut browser = self.browser();
        browser.get("/accounts/").await;
        browser.read_csrf_token().await;
        browser
    }

    /// Sends a request to a control route.
    pub(crate) async fn control(&self, path: &str, body: Value) -> Value {
        let answer = self
            .browser()
            .send(
                "POST",
                &format!("/_stand-in/{path}"),
                &[],
                &body.to_string(),
            )
            .await;
        assert_eq!(answer.status, 200, "{path} {body}: {}", answer.body);
        answer.json()
    }

    /// Opens a session of a user. Returns its token.
    pub(crate) async fn open_session(&self, user: &str) -> String {
        let session = self.control("sessions", json!({ "user": user })).await;
        session["token"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn fault(&self, body: Value) {
        self.control("faults", body).await;
    }

    pub(crate) async fn advance(&self, ms: i64) {
        self.control("clock", json!({ "advance_ms": ms })).await;
    }

    pub(crate) async fn state(&self) -> Value {
        self.browser().get("/_stand-in/state").await.json()
    }

    /// The state of a service.
    pub(crate) async fn service(&self, id: &str) -> Value {
        let state = self.state().await;
        state["services"]
            .as_array()
            .unwrap()
            .iter()
            .find(|service| service["id"] == id)
            .unwrap()
            .clone()
    }

    /// The status of each token at a provider.
    pub(crate) async fn token_statuses(&self, id: &str) -> Vec<String> {
        let service = self.service(id).await;
        let tokens = service["tokens"].as_array().unwrap();
        tokens
            .iter()
            .map(|token| token["status"].as_str().unwrap().to_owned())
            .collect()
    }

    pub(crate) async fn log(&self) -> Value {
        self.browser().get("/_stand-in/requests").await.json()
    }

    /// One link of the list, while the clock is moved forward until the list has
    /// arrived.
    pub(crate) async fn link_in_time(&self, browser: &Browser, id: &str) -> Value {
        let (mut browser, id) = (browser.clone(), id.to_owned());
        let list = tokio::spawn(async move { browser.link(&id).await });
        for _ in 0..2000 {
            if list.is_finished() {
                return list.await.unwrap();
            }
            self.advance(250).await;
        }
        panic!("never: the list");
    }

    /// Requests the log until it is as wanted.
    pub(crate) async fn until_log(&self, what: &str, wanted: impl Fn(&Value) -> bool) {
        for _ in 0..2000 {
            if wanted(&self.log().await) {
                return;
            }
        }
        panic!("never: {what}");
    }

    /// Requests the state until this number of requests is held under the name.
    pub(crate) async fn until_waiting(&self, hold: &str, count: usize) {
        self.until(&format!("{count} held"), |state| {
            state["waiting"][hold] == count
        })
        .await;
    }

    /// Requests the state until it is as wanted. It does not sleep: each request
    /// lets the server work on the others.
    pub(crate) async fn until(&self, what: &str, wanted: impl Fn(&Value) -> bool) {
        for _ in 0..2000 {
            if wanted(&self.state().await) {
                return;
            }
        }
        panic!("never: {what}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.page);
    }
}

/// A folder with a page, only for this test.
fn page_folder() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("page-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("index.html"),
        "<!doctype html><title>The page</title>",
    )
    .unwrap();
    std::fs::write(folder.join("element.js"), "// The elements").unwrap();
    folder
}
