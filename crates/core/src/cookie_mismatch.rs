use crate::foreign_text::shown_name;
use crate::wire::User;
use crate::{ApiError, ApiErrorKind};

/// Why a redirect flow must not start for a page that uses a session token.
///
/// The page acts by the token, but a browser goes through a redirect flow by the
/// session cookie of the deployment. Without this comparison, the account would
/// be linked for whoever the cookie belongs to. Names may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CookieMismatch {
    /// The cookie is another person's.
    AnotherPerson {
        /// The name of the token's person.
        expected: String,
        /// The name of the cookie's person.
        found: String,
    },
    /// Nobody is signed in by the cookie.
    Nobody {
        /// The name of the token's person.
        expected: String,
    },
    /// The deployment is on another origin than the page. The browser does not
    /// send its cookie there for a page's question, so nothing can be compared.
    AnotherOrigin,
}

impl CookieMismatch {
    /// Compares the token's person with the answer of `GET /users/me` to the
    /// cookie. None if they are the same person.
    ///
    /// # Errors
    ///
    /// When the question failed for another reason than that nobody is signed in.
    pub fn of(person: &User, by_cookie: Result<User, ApiError>) -> Result<Option<Self>, ApiError> {
        let expected = shown_name(&person.username);
        match by_cookie {
            // Names can change, ids cannot.
            Ok(found) if found.id == person.id => Ok(None),
            Ok(found) => Ok(Some(Self::AnotherPerson {
                expected,
                found: shown_name(&found.username),
            })),
            Err(error) if error.kind == ApiErrorKind::Unauthorized => {
                Ok(Some(Self::Nobody { expected }))
            }
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CookieMismatch;
    use crate::wire::User;
    use crate::{ApiError, ApiErrorKind};

    fn user(id: &str, username: &str) -> User {
        User {
            id: id.into(),
            username: username.into(),
        }
    }

    #[test]
    fn only_the_same_id_may_go_on() {
        let another = |expected: &str, found: &str| {
            Some(CookieMismatch::AnotherPerson {
                expected: expected.into(),
                found: found.into(),
            })
        };
        for (token, cookie, mismatch) in [
            (user("1", "ada"), user("1", "ada"), None),
            (user("1", "ada"), user("1", "countess"), None),
            (
                user("1", "ada"),
                user("2", "grace"),
                another("ada", "grace"),
            ),
            (user("1", "ada"), user("2", "ada"), another("ada", "ada")),
            (user("1", ""), user("2", ""), another("", "")),
            (
                user("1", "ada"),
                user("2", "a\u{202e}b"),
                another("ada", "a\\u{202e}b"),
            ),
        ] {
            let found = CookieMismatch::of(&token, Ok(cookie.clone()));
            assert_eq!(found, Ok(mismatch), "{token:?} {cookie:?}");
        }
    }

    #[test]
    fn a_failed_question_never_means_the_same_person() {
        use ApiErrorKind as Kind;

        for kind in [
            Kind::Unreachable,
            Kind::TimedOut,
            Kind::Aborted,
            Kind::Unauthorized,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::CsrfRefused,
            Kind::RateLimited(None),
            Kind::Rejected,
            Kind::ServerFailed,
            Kind::Unreadable,
            Kind::SignedOutAtProxy,
        ] {
            let error = ApiError::new(kind, "GET /users/me", "");
            let found = CookieMismatch::of(&user("1", "ada"), Err(error.clone()));
            let expected = if kind == Kind::Unauthorized {
                Ok(Some(CookieMismatch::Nobody {
                    expected: "ada".into(),
                }))
            } else {
                Err(error)
            };
            assert_eq!(found, expected, "{kind:?}");
        }
    }
}
