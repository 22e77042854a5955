use external_auth_core::Timestamp;
use serde_json::{Value, json};

use super::{Behaviour, Service, Token};
use crate::random;

/// The interval when the provider gives none (RFC 8628 §3.2).
const DEFAULT_INTERVAL_S: u64 = 5;
/// The time that each `slow_down` adds to the interval (RFC 8628 §3.5).
const SLOW_DOWN_MS: i64 = 5_000;
/// Letters that form no words and look like no digits (RFC 8628 §6.1).
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// A device code with its user code (RFC 8628 §3.2) and the record of its polls.
#[derive(Debug, Clone)]
pub(crate) struct DeviceCode {
    /// The device code, which only the client knows.
    pub(crate) secret: String,
    /// The code that the person enters.
    pub(crate) user_code: String,
    decision: Decision,
    expires_at: Timestamp,
    interval_ms: i64,
    /// When the last poll was answered; before the first, when the code was issued.
    last_answer: Timestamp,
    polls: u64,
    slow_downs: u64,
    shortest_gap_ms: Option<i64>,
}

/// The state of a device code, apart from its expiry.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Decision {
    /// The person has not decided.
    Pending,
    /// The person authorised the client, for this account.
    Approved(String),
    /// The person refused.
    Denied,
    /// A token was issued for it.
    Used,
}

/// The error of a poll (RFC 8628 §3.5, RFC 6749 §5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) error: &'static str,
    pub(super) description: &'static str,
}

const PENDING: Refusal = Refusal {
    error: "authorization_pending",
    description: "The person has not finished yet.",
};
const SLOW_DOWN: Refusal = Refusal {
    error: "slow_down",
    description: "You ask too often. Five seconds more are to go by between two polls from now on.",
};
const DENIED: Refusal = Refusal {
    error: "access_denied",
    description: "The person did not authorise the device.",
};
const EXPIRED: Refusal = Refusal {
    error: "expired_token",
    description: "The device code has ended.",
};
const UNKNOWN: Refusal = Refusal {
    error: "invalid_grant",
    description: "The device code is not known, or was used before.",
};

impl DeviceCode {
    /// A new code.
    fn new(behaviour: &Behaviour, now: Timestamp) -> Self {
        Self {
            secret: format!("device-{}", random::hex(2)),
            user_code: user_code(random::number()),
            decision: Decision::Pending,
            expires_at: now.plus_ms(milliseconds(behaviour.expires_in)),
            interval_ms: match behaviour.interval {
                None | Some(0) => milliseconds(DEFAULT_INTERVAL_S),
                Some(seconds) => milliseconds(seconds),
            },
            last_answer: now,
            polls: 0,
            slow_downs: 0,
            shortest_gap_ms: None,
        }
    }

    fn is_pending(&self, now: Timestamp) -> bool {
        self.decision == Decision::Pending && now < self.expires_at
    }

    /// Whether the person entered this user code. Case and separators do not
    /// matter (RFC 8628 §6.1).
    fn matches(&self, typed: &str) -> bool {
        let letters = |text: &str| -> String {
            text.chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|letter| letter.to_ascii_uppercase())
                .collect()
        };
        letters(typed) == letters(&self.user_code)
    }

    /// Counts a poll. Returns whether it came before the interval had passed,
    /// which does not depend on the person's decision.
    fn count_poll(&mut self, now: Timestamp) -> bool {
        let gap_ms = now.ms_since(self.last_answer);
        self.last_answer = now;
        self.polls += 1;
        self.shortest_gap_ms = Some(
            self.shortest_gap_ms
                .map_or(gap_ms, |least| least.min(gap_ms)),
        );
        gap_ms < self.interval_ms
    }

    fn slow_down(&mut self) -> Refusal {
        self.slow_downs += 1;
        self.interval_ms = self.interval_ms.saturating_add(SLOW_DOWN_MS);
        SLOW_DOWN
    }

    /// The code in the state route, without the device code.
    pub(crate) fn to_json(&self, provider: &str, now: Timestamp) -> Value {
        let status = match &self.decision {
            Decision::Used => "used",
            Decision::Denied => "denied",
            _ if now >= self.expires_at => "expired",
            Decision::Approved(_) => "approved",
            Decision::Pending => "pending",
        };
        json!({
            "provider": provider,
            "user_code": self.user_code,
            "status": status,
            "polls": self.polls,
            "slow_downs": self.slow_downs,
            "shortest_gap_ms": self.shortest_gap_ms,
            "interval_ms": self.interval_ms,
        })
    }
}

impl Service {
    /// Issues a device code.
    pub(super) fn issue_device_code(&mut self, now: Timestamp) -> DeviceCode {
        let code = DeviceCode::new(&self.behaviour, now);
        self.device_codes.push(code.clone());
        code
    }

    /// The pending user code that a person entered, as it was issued; none when
    /// no pending code matches.
    pub(crate) fn pending_user_code(&self, typed: &str, now: Timestamp) -> Option<&str> {
        self.device_codes
            .iter()
            .find(|code| code.is_pending(now) && code.matches(typed))
            .map(|code| code.user_code.as_str())
    }

    /// The newest pending user code.
    pub(crate) fn newest_user_code(&self, now: Timestamp) -> Option<&str> {
        self.device_codes
            .iter()
            .rev()
            .find(|code| code.is_pending(now))
            .map(|code| code.user_code.as_str())
    }

    /// Stores the person's decision: the login of an account, or none for a
    /// refusal. Returns whether the code was pending.
    pub(crate) fn decide_device(
        &mut self,
        user_code: &str,
        login: Option<&str>,
        now: Timestamp,
    ) -> bool {
        let found = self
            .device_codes
            .iter_mut()
            .find(|code| code.is_pending(now) && code.matches(user_code));
        let Some(code) = found else {
            return false;
        };
        code.decision = match login {
            Some(login) => {
                login.clone_into(&mut self.signed_in);
                Decision::Approved(login.to_owned())
            }
            None => Decision::Denied,
        };
        true
    }

    /// Answers a poll (RFC 8628 §3.4). Once a token is issued the code is used,
    /// whether or not the answer arrives.
    ///
    /// # Errors
    ///
    /// The error of the token endpoint.
    pub(super) fn redeem_device_code(
        &mut self,
        given: &str,
        now: Timestamp,
    ) -> Result<Token, Refusal> {
        let found = self
            .device_codes
            .iter_mut()
            .find(|code| code.secret == given);
        let Some(code) = found else {
            return Err(UNKNOWN);
        };
        let is_early = code.count_poll(now);
        if code.decision == Decision::Used {
            return Err(UNKNOWN);
        }
        if now >= code.expires_at {
            return Err(EXPIRED);
        }
        if is_early {
            return Err(code.slow_down());
        }
        if self.behaviour.slow_down > 0 {
            self.behaviour.slow_down -= 1;
            return Err(code.slow_down());
        }
        match &code.decision {
            Decision::Used => Err(UNKNOWN),
            Decision::Pending => Err(PENDING),
            Decision::Denied => Err(DENIED),
            Decision::Approved(login) => {
                let login = login.clone();
                code.decision = Decision::Used;
                Ok(self.issue(&login, None, now))
            }
        }
    }
}

/// A user code of eight letters in two groups.
fn user_code(mut number: u64) -> String {
    let mut letters = String::with_capacity(9);
    for position in 0..8 {
        if position == 4 {
            letters.push('-');
        }
        let [digit, ..] = (number % 20).to_le_bytes();
        letters.push(char::from(LETTERS[usize::from(digit)]));
        number /= 20;
    }
    letters
}

fn milliseconds(seconds: u64) -> i64 {
    i64::try_from(seconds)
        .unwrap_or(i64::MAX)
        .saturating_mul(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_code_has_eight_letters_and_matches_in_any_case_without_separators() {
        let now = Timestamp::from_unix_ms(0);
        let mut code = DeviceCode::new(&Behaviour::default(), now);
        code.user_code = user_code(u64::MAX);
        assert_eq!(code.user_code.len(), 9);
        let (first, second) = code.user_code.split_once('-').unwrap();
        for typed in [
            code.user_code.clone(),
            format!("{first}{second}"),
            format!(" {first} {second} ").to_lowercase(),
        ] {
            assert!(code.matches(&typed), "{typed}");
        }
        assert!(!code.matches(first));
        assert!(!code.matches(""));
    }
}
