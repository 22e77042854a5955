use std::collections::BTreeMap;

use crate::random;

/// The open sessions.
#[derive(Debug)]
pub(crate) struct Sessions {
    /// The prefix of every token. It tells a token from before a restart or a
    /// reset from one that has ended or was never issued.
    run: String,
    open: BTreeMap<String, Session>,
    /// The CSRF tokens by the session's token. They stay after a session has
    /// ended, because CSRF is checked before the session.
    csrf_tokens: BTreeMap<String, String>,
    /// All tokens since the start or a reset.
    issued: Issued,
}

/// Tokens in order of issue, for tests that look for them where they do not
/// belong.
#[derive(Debug, Default)]
struct Issued {
    session_tokens: Vec<String>,
    csrf_tokens: Vec<String>,
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            run: random::hex(1),
            open: BTreeMap::new(),
            csrf_tokens: BTreeMap::new(),
            issued: Issued::default(),
        }
    }
}

/// An open session.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) user: String,
}

impl Sessions {
    /// Opens a session and returns its token.
    pub(crate) fn open(&mut self, user: &str) -> String {
        let token = format!("{}-{}", self.run, random::hex(2));
        let session = Session {
            user: user.to_owned(),
        };
        self.open.insert(token.clone(), session);
        self.issued.session_tokens.push(token.clone());
        token
    }

    /// The session of a token.
    pub(crate) fn find(&self, token: &str) -> Option<&Session> {
        self.open.get(token)
    }

    /// Ends one session.
    pub(crate) fn end(&mut self, token: &str) {
        self.open.remove(token);
    }

    /// Ends all sessions, and returns how many there were.
    pub(crate) fn end_all(&mut self) -> usize {
        std::mem::take(&mut self.open).len()
    }

    /// The number of open sessions.
    pub(crate) fn count(&self) -> usize {
        self.open.len()
    }

    /// The CSRF token for a session's token, whether the session is open, has
    /// ended, or never was.
    pub(crate) fn csrf_token(&mut self, token: &str) -> &str {
        self.csrf_tokens.entry(token.to_owned()).or_insert_with(|| {
            let csrf_token = random::hex(2);
            self.issued.csrf_tokens.push(csrf_token.clone());
            csrf_token
        })
    }

    /// All session tokens and CSRF tokens that were ever issued, also those that
    /// have ended.
    pub(crate) fn issued(&self) -> (&[String], &[String]) {
        (&self.issued.session_tokens, &self.issued.csrf_tokens)
    }

    /// Makes every issued CSRF token invalid.
    pub(crate) fn rotate_csrf(&mut self) {
        self.csrf_tokens.clear();
    }

    /// Whether the token is from before a restart or a reset.
    pub(super) fn is_of_earlier_run(&self, token: &str) -> bool {
        token.split_once('-').is_some_and(|(run, rest)| {
            let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
            run != self.run && run.len() == 16 && rest.len() == 32 && is_hex(run) && is_hex(rest)
        })
    }
}
