use std::time::Duration;

use crate::Moment;
use crate::wire::User;

/// How long an answer counts. After that, another person may have signed in in
/// another tab.
const CONFIRMED_FOR: Duration = Duration::from_mins(5);

/// The person whose data the page shows, and when this was last confirmed.
///
/// All tabs share the session cookie, so a page could act for another person
/// than the one whose data it shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KnownPerson {
    user: Option<User>,
    /// None: not confirmed since the page was hidden.
    confirmed_at: Option<Moment>,
}

/// How the person in an answer compares with the one known before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonChange {
    /// Nobody was known before.
    First,
    /// It is the same person.
    Same,
    /// Another person is signed in.
    Other,
}

impl KnownPerson {
    /// The person; none while not known.
    #[must_use]
    pub fn user(&self) -> Option<&User> {
        self.user.as_ref()
    }

    /// Whether the person is still confirmed at `now`. Both clocks are checked,
    /// because either may stop or be set back.
    #[must_use]
    pub fn is_sure(&self, now: Moment) -> bool {
        let Some(at) = self.confirmed_at else {
            return false;
        };
        let by_wall = now.wall.unix_ms().saturating_sub(at.wall.unix_ms());
        let by_wall = Duration::from_millis(u64::try_from(by_wall).unwrap_or_default());
        let by_monotonic = now.monotonic.saturating_sub(at.monotonic);
        self.user.is_some() && by_wall.max(by_monotonic) < CONFIRMED_FOR
    }

    /// Records that the page was hidden: another person may have signed in
    /// meanwhile.
    pub fn doubt(&mut self) {
        self.confirmed_at = None;
    }

    /// Applies an answer. `asked_at` is when the question was sent; none if the
    /// page was hidden since.
    pub fn take(&mut self, user: User, asked_at: Option<Moment>) -> PersonChange {
        let change = match &self.user {
            None => PersonChange::First,
            Some(known) if known.id == user.id => PersonChange::Same,
            Some(_) => PersonChange::Other,
        };
        self.user = Some(user);
        self.confirmed_at = asked_at;
        change
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    fn user(id: &str, username: &str) -> User {
        User {
            id: id.into(),
            username: username.into(),
        }
    }

    fn at(wall_seconds: i64, monotonic_seconds: u64) -> Moment {
        Moment {
            wall: Timestamp::from_unix_ms(1_780_000_000_000 + 1_000 * wall_seconds),
            monotonic: Duration::from_secs(monotonic_seconds),
        }
    }

    #[test]
    fn asks_again_after_five_minutes_by_either_clock_or_a_hidden_page() {
        let mut known = KnownPerson::default();
        assert!(!known.is_sure(at(0, 0)));
        known.take(user("1", "ada"), Some(at(0, 0)));
        for (now, is_sure) in [
            (at(0, 0), true),
            (at(299, 299), true),
            (at(300, 0), false),
            // The wall clock was set back.
            (at(-1_000, 299), true),
            (at(-1_000, 300), false),
        ] {
            assert_eq!(known.is_sure(now), is_sure, "{now:?}");
        }
        known.doubt();
        assert!(!known.is_sure(at(0, 0)));
        known.take(user("1", "ada"), None);
        assert!(!known.is_sure(at(0, 0)), "hidden while it was asked");
        known.take(user("1", "ada"), Some(at(1, 1)));
        assert!(known.is_sure(at(1, 1)));
    }

    #[test]
    fn another_id_means_another_person_and_another_name_does_not() {
        let mut known = KnownPerson::default();
        let mut take = |user: User| known.take(user, None);
        assert_eq!(take(user("1", "ada")), PersonChange::First);
        assert_eq!(take(user("1", "countess")), PersonChange::Same);
        assert_eq!(take(user("2", "countess")), PersonChange::Other);
        assert_eq!(take(user("1", "ada")), PersonChange::Other);
        assert_eq!(known.user(), Some(&user("1", "ada")));
    }
}
