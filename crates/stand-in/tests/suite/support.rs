//! A server of its own for each test, and a client with a cookie jar.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use serde_json::{Value, json};
use stand_in::{Options, Scenario, StandIn};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A running stand-in.
pub(crate) struct Server {
    /// The deployment's origin.
    pub(crate) origin: String,
    /// The provider's origin.
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

    /// A browser that has never been here.
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

    /// Sets something by a control route.
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

    /// Opens a session of a user's, and gives its token.
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

    /// A provider's own view.
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

    /// What became of the tokens at a provider.
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

    /// One link of a list that is asked for while the clock runs fast: for what
    /// is waited for by that clock.
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

    /// Asks until the log is as wanted.
    pub(crate) async fn until_log(&self, what: &str, wanted: impl Fn(&Value) -> bool) {
        for _ in 0..2000 {
            if wanted(&self.log().await) {
                return;
            }
        }
        panic!("never: {what}");
    }

    /// Asks until as many requests are held under the name.
    pub(crate) async fn until_waiting(&self, hold: &str, count: usize) {
        self.until(&format!("{count} held"), |state| {
            state["waiting"][hold] == count
        })
        .await;
    }

    /// Asks until the state is as wanted. Nothing sleeps: each look is a
    /// request, and takes its turn with what is waited for.
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

/// A folder with a page, for this test alone.
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

/// A client that keeps cookies as a browser does: for both origins alike,
/// which differ in their port alone (RFC 6265 §8.5).
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) origin: String,
    pub(crate) cookies: BTreeMap<String, String>,
    /// Sent with what is not a `GET`, when there is one.
    pub(crate) csrf: Option<String>,
}

impl Browser {
    /// One that reaches the deployment at this origin, and has been nowhere.
    pub(crate) fn at(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            cookies: BTreeMap::new(),
            csrf: None,
        }
    }

    /// Has the cookie of this session from here on.
    pub(crate) fn sign_in(&mut self, token: &str) {
        self.cookies
            .insert("coder_session_token".to_owned(), token.to_owned());
    }

    /// Asks for a path of the deployment, or for an address.
    pub(crate) async fn get(&mut self, address: &str) -> Answer {
        self.send("GET", address, &[], "").await
    }

    pub(crate) async fn delete(&mut self, address: &str) -> Answer {
        self.send("DELETE", address, &[], "").await
    }

    /// Sends a form, as one of the origin's own pages does.
    pub(crate) async fn post_form(&mut self, address: &str, form: &str) -> Answer {
        self.send("POST", address, &["Sec-Fetch-Site: same-origin"], form)
            .await
    }

    /// The list.
    pub(crate) async fn list(&mut self) -> Value {
        let answer = self.get("/api/v2/external-auth").await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    /// One link of the list.
    pub(crate) async fn link(&mut self, id: &str) -> Value {
        let list = self.list().await;
        let links = list["links"].as_array().unwrap();
        links
            .iter()
            .find(|link| link["provider_id"] == id)
            .unwrap_or(&Value::Null)
            .clone()
    }

    pub(crate) async fn by_id(&mut self, id: &str) -> Answer {
        self.get(&format!("/api/v2/external-auth/{id}")).await
    }

    pub(crate) async fn unlink(&mut self, id: &str) -> Answer {
        self.delete(&format!("/api/v2/external-auth/{id}")).await
    }

    pub(crate) async fn read_csrf_token(&mut self) {
        let page = self.get("/").await;
        self.csrf = Some(page.between("csrf-token\" content=\"", "\""));
    }

    /// Sends a request, and keeps the cookies of the answer.
    pub(crate) async fn send(
        &mut self,
        method: &str,
        address: &str,
        headers: &[&str],
        body: &str,
    ) -> Answer {
        let mut stream = self.send_only(method, address, headers, body).await;
        let mut bytes = Vec::new();
        // An answer that is cut off ends in an error, or just ends.
        let _ = stream.read_to_end(&mut bytes).await;
        let answer = Answer::parse(&bytes);
        for cookie in answer.all("set-cookie") {
            let (pair, attributes) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            assert!(
                attributes.contains("HttpOnly") && attributes.contains("SameSite=Lax"),
                "{cookie}"
            );
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    /// Sends a request and does not wait for the answer. Dropping the stream
    /// closes the connection.
    pub(crate) async fn send_only(
        &self,
        method: &str,
        address: &str,
        headers: &[&str],
        body: &str,
    ) -> TcpStream {
        let url = if address.starts_with('/') {
            format!("{}{address}", self.origin)
        } else {
            address.to_owned()
        };
        let rest = url.strip_prefix("http://").unwrap();
        let (host, path) = rest.split_once('/').unwrap();
        let mut lines = vec![
            format!("{method} /{path} HTTP/1.1"),
            format!("Host: {host}"),
            "Connection: close".to_owned(),
            format!("Content-Length: {}", body.len()),
        ];
        if !self.cookies.is_empty() {
            let pairs = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"));
            lines.push(format!("Cookie: {}", pairs.collect::<Vec<_>>().join("; ")));
        }
        if let Some(token) = self.csrf.as_ref().filter(|_| method != "GET") {
            lines.push(format!("X-CSRF-TOKEN: {token}"));
        }
        lines.extend(headers.iter().map(|header| (*header).to_owned()));
        let head = lines.join("\r\n");
        let mut stream = TcpStream::connect(host).await.unwrap();
        stream
            .write_all(format!("{head}\r\n\r\n{body}").as_bytes())
            .await
            .unwrap();
        stream
    }

    /// Begins the redirect flow and opens the consent page.
    pub(crate) async fn open_consent_page(&mut self, callback: &str) -> Consent {
        let begun = self.get(callback).await;
        assert_eq!(begun.status, 307, "{}", begun.body);
        let address = begun.location();
        let page = self.get(&address).await;
        assert_eq!(page.status, 200, "{}", page.body);
        Consent {
            address,
            request: page.between("name=\"request\" value=\"", "\""),
            page,
        }
    }

    /// Presses a button of the consent page; gives the address of the callback.
    pub(crate) async fn answer_consent(
        &mut self,
        consent: &Consent,
        login: &str,
        decision: &str,
    ) -> String {
        let form = format!(
            "request={}&login={login}&decision={decision}",
            consent.request
        );
        let answer = self.post_form(&consent.address, &form).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        answer.location()
    }

    /// Links an account by the whole redirect flow.
    pub(crate) async fn link_account(&mut self, id: &str, login: &str) -> Answer {
        let consent = self
            .open_consent_page(&format!("/external-auth/{id}/callback"))
            .await;
        let back = self.answer_consent(&consent, login, "authorize").await;
        self.get(&back).await
    }
}

/// An open consent page.
pub(crate) struct Consent {
    pub(crate) address: String,
    pub(crate) request: String,
    pub(crate) page: Answer,
}

/// An answer, as far as it came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let status = lines
            .next()
            .and_then(|line| line.split(' ').nth(1))
            .map_or(0, |status| status.parse().unwrap());
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        Self {
            status,
            headers,
            body: body.to_owned(),
        }
    }

    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// The value of a header; empty when there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.all(name).first().copied().unwrap_or_default()
    }

    pub(crate) fn location(&self) -> String {
        self.header("location").to_owned()
    }

    pub(crate) fn json(&self) -> Value {
        assert!(
            self.header("content-type").starts_with("application/json"),
            "{self:?}"
        );
        serde_json::from_str(&self.body).unwrap()
    }

    /// The part of the body between two others.
    pub(crate) fn between(&self, before: &str, after: &str) -> String {
        let (_, rest) = self
            .body
            .split_once(before)
            .unwrap_or_else(|| panic!("{before} in {}", self.body));
        rest.split_once(after).unwrap().0.to_owned()
    }
}
