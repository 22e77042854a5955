use external_auth_core::Timestamp;
use serde_json::{Value, json};

use super::{Behaviour, Service, Token};
use crate::random;

/// What counts when the provider names no interval (RFC 8628 §3.2).
const DEFAULT_INTERVAL_S: u64 = 5;
/// What each `slow_down` adds, for good (RFC 8628 §3.5).
const SLOW_DOWN_MS: i64 = 5_000;
/// Letters that make no words and are not taken for digits (RFC 8628 §6.1).
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// A device code with its user code (RFC 8628 §3.2), and how it was polled for.
#[derive(Debug, Clone)]
pub(crate) struct DeviceCode {
    /// The device code itself, which only the client knows.
    pub(crate) secret: String,
    /// What the person types.
    pub(crate) user_code: String,
    decision: Decision,
    ends: Timestamp,
    interval_ms: i64,
    /// When a poll was answered last; at first when the code was issued.
    last_answer: Timestamp,
    polls: u64,
    slow_downs: u64,
    shortest_gap_ms: Option<i64>,
}

/// What became of a device code, but for its end.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Decision {
    /// The person has not finished.
    Pending,
    /// The person authorised the client, for this account.
    Approved(String),
    /// The person refused.
    Denied,
    /// A token was issued for it.
    Used,
}

/// Why a poll brings no token (RFC 8628 §3.5, RFC 6749 §5.2).
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
    /// One that nobody has typed yet.
    fn new(behaviour: &Behaviour, now: Timestamp) -> Self {
        Self {
            secret: format!("device-{}", random::hex(2)),
            user_code: user_code(random::number()),
            decision: Decision::Pending,
            ends: now.plus_ms(milliseconds(behaviour.expires_in)),
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
        self.decision == Decision::Pending && now < self.ends
    }

    /// Whether this is what the person typed: in any case, with or without
    /// what separates the letters (RFC 8628 §6.1).
    fn is_typed(&self, typed: &str) -> bool {
        let letters = |text: &str| -> String {
            text.chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|letter| letter.to_ascii_uppercase())
                .collect()
        };
        letters(typed) == letters(&self.user_code)
    }

    /// Counts a poll, and says whether it came before its time. Early is
    /// early whatever the person has done meanwhile.
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

    /// As the state tells it: without the device code.
    pub(crate) fn to_json(&self, provider: &str, now: Timestamp) -> Value {
        let status = match &self.decision {
            Decision::Used => "used",
            Decision::Denied => "denied",
            _ if now >= self.ends => "expired",
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
    /// Issues a code.
    pub(super) fn issue_device_code(&mut self, now: Timestamp) -> DeviceCode {
        let code = DeviceCode::new(&self.behaviour, now);
        self.device_codes.push(code.clone());
        code
    }

    /// The user code that a person typed, as it was issued; none when no code
    /// that still waits is that one.
    pub(crate) fn pending_user_code(&self, typed: &str, now: Timestamp) -> Option<&str> {
        self.device_codes
            .iter()
            .find(|code| code.is_pending(now) && code.is_typed(typed))
            .map(|code| code.user_code.as_str())
    }

    /// The user code that was issued last and still waits.
    pub(crate) fn newest_user_code(&self, now: Timestamp) -> Option<&str> {
        self.device_codes
            .iter()
            .rev()
            .find(|code| code.is_pending(now))
            .map(|code| code.user_code.as_str())
    }

    /// What the person decided: the login of an account, or none for a
    /// refusal. Says whether there was something to decide.
    pub(crate) fn decide_device(
        &mut self,
        user_code: &str,
        login: Option<&str>,
        now: Timestamp,
    ) -> bool {
        let found = self
            .device_codes
            .iter_mut()
            .find(|code| code.is_pending(now) && code.is_typed(user_code));
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

    /// A poll (RFC 8628 §3.4). The code is used up when it brings a token,
    /// whether or not the answer arrives.
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
        if now >= code.ends {
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

/// Eight letters, in two halves to be read more easily.
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
    fn a_user_code_has_eight_letters_and_is_read_in_any_writing() {
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
            assert!(code.is_typed(&typed), "{typed}");
        }
        assert!(!code.is_typed(first));
        assert!(!code.is_typed(""));
    }
}
