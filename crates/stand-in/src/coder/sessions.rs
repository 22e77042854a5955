use std::collections::BTreeMap;

use crate::random;

/// The open sessions.
#[derive(Debug)]
pub(crate) struct Sessions {
    /// Begins every token, so that one from before a restart or a reset can
    /// be told from one that was ended or made up.
    run: String,
    open: BTreeMap<String, Session>,
    /// The CSRF tokens that were given out, by the session's token: that of a
    /// session that has ended is still the right one, as CSRF is checked before
    /// the session.
    csrf_tokens: BTreeMap<String, String>,
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            run: random::hex(1),
            open: BTreeMap::new(),
            csrf_tokens: BTreeMap::new(),
        }
    }
}

/// One session.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) user: String,
}

impl Sessions {
    /// Opens a session and gives its token.
    pub(crate) fn open(&mut self, user: &str) -> String {
        let token = format!("{}-{}", self.run, random::hex(2));
        let session = Session {
            user: user.to_owned(),
        };
        self.open.insert(token.clone(), session);
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

    /// Ends all, and says how many there were.
    pub(crate) fn end_all(&mut self) -> usize {
        std::mem::take(&mut self.open).len()
    }

    /// How many are open.
    pub(crate) fn count(&self) -> usize {
        self.open.len()
    }

    /// The CSRF token for a session's token, be that one open, ended or made up.
    pub(crate) fn csrf_token(&mut self, token: &str) -> &str {
        self.csrf_tokens
            .entry(token.to_owned())
            .or_insert_with(|| random::hex(2))
    }

    /// Makes every CSRF token that was given out stale.
    pub(crate) fn rotate_csrf(&mut self) {
        self.csrf_tokens.clear();
    }

    /// Whether the token is one of an earlier run of the program.
    pub(super) fn is_of_earlier_run(&self, token: &str) -> bool {
        token.split_once('-').is_some_and(|(run, rest)| {
            let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
            run != self.run && run.len() == 16 && rest.len() == 32 && is_hex(run) && is_hex(rest)
        })
    }
}
