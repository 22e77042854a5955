use std::collections::BTreeMap;

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{Answer, Consent};

/// A client that keeps cookies as a browser does: both origins share them, because
/// they differ only in the port (RFC 6265 §8.5).
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) origin: String,
    pub(crate) cookies: BTreeMap<String, String>,
    /// The CSRF token, sent with every request but `GET`.
    pub(crate) csrf: Option<String>,
}

impl Browser {
    /// A client of the deployment at this origin, without cookies.
    pub(crate) fn at(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            cookies: BTreeMap::new(),
            csrf: None,
        }
    }

    /// Sets the cookie of this session.
    pub(crate) fn sign_in(&mut self, token: &str) {
        self.cookies
            .insert("coder_session_token".to_owned(), token.to_owned());
    }

    /// Sends a `GET` to a path of the deployment, or to a URL.
    pub(crate) async fn get(&mut self, address: &str) -> Answer {
        self.send("GET", address, &[], "").await
    }

    pub(crate) async fn delete(&mut self, address: &str) -> Answer {
        self.send("DELETE", address, &[], "").await
    }

    /// Sends a form as a page of the same origin does.
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

    /// Sends a request, and stores the cookies of the answer.
    pub(crate) async fn send(
        &mut self,
        method: &str,
        address: &str,
        headers: &[&str],
        body: &str,
    ) -> Answer {
        let mut stream = self.send_only(method, address, headers, body).await;
        let mut bytes = Vec::new();
        // An answer that is cut off may end with an error.
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

    /// Sends a request, and does not wait for the answer. Dropping the stream
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
        let has = |name: &str| headers.iter().any(|header| header.starts_with(name));
        lines.retain(|line| !(has("Host:") && line.starts_with("Host:")));
        if path.starts_with("_stand-in/") && !has("Content-Type:") {
            lines.push("Content-Type: application/json".to_owned());
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

    /// Presses a button of the consent page. Returns the address of the callback.
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
