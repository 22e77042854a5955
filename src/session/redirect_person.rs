use external_auth_core::CookieMismatch;

use super::{ActingPerson, PersonCheck, Session};

impl Session {
    /// Whether a redirect flow may start without a question. It goes by the
    /// session cookie, which a session token says nothing about.
    pub(crate) fn is_redirect_sure(self) -> bool {
        !self.has_fixed_person() && self.is_person_sure()
    }

    /// Compares the person of the session token with the person of the session
    /// cookie.
    async fn compare_with_cookie(self) -> PersonCheck {
        if !self.base_url().is_empty() {
            return PersonCheck::Mismatch(CookieMismatch::AnotherOrigin);
        }
        let client = self.client();
        let person = match self.user() {
            Some(user) => Ok(user),
            None => client.current_user().await,
        };
        if self.is_gone() {
            return PersonCheck::Other;
        }
        let person = match person {
            Ok(person) => person,
            Err(error) => {
                self.notice_session_end(&error);
                return PersonCheck::Unknown(error);
            }
        };
        let by_cookie = client.user_of_cookie().await;
        match CookieMismatch::of(&person, by_cookie) {
            _ if self.is_gone() => PersonCheck::Other,
            Ok(None) => PersonCheck::Same,
            Ok(Some(mismatch)) => PersonCheck::Mismatch(mismatch),
            Err(error) => PersonCheck::Unknown(error),
        }
    }
}

impl ActingPerson {
    /// Confirms that a redirect flow would run for this person. Otherwise it must
    /// not start.
    pub(crate) async fn confirm_redirect(self) -> PersonCheck {
        if self.session().has_fixed_person() {
            self.session().compare_with_cookie().await
        } else {
            self.confirm(false).await
        }
    }
}
