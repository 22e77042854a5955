use std::time::Duration;

use external_auth_core::{Moment, Timestamp};
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::deployment::Deployment;
use super::received::Received;
use crate::Config;
use crate::platform::{moment, since_start};

/// The first requests of a session, which JavaScript sent while the program was
/// loading (`public/early-requests.js`). The answer to each is taken once.
#[derive(Debug, Default)]
pub struct EarlyRequests {
    /// The list.
    pub(super) list: Option<EarlyRequest>,
    /// Who is signed in.
    pub(super) user: Option<EarlyRequest>,
}

impl EarlyRequests {
    /// Takes the requests out of the object `sent`, if they went to the
    /// deployment of `config` with the same credentials. Otherwise takes none.
    #[must_use]
    pub fn take(sent: &JsValue, config: &Config) -> Self {
        // Reading a field of `undefined` throws, and each import that returns an
        // object and throws leaves an entry in wasm-bindgen's table of references.
        if !sent.is_object() {
            return Self::default();
        }
        let field = |name: &str| Reflect::get(sent, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let base = field("baseUrl").as_string();
        // They were sent with the session cookie.
        let fits = config.session_token().is_none()
            && base.is_some_and(|base| Config::base(&base) == config.base_url);
        if !fits {
            return Self::default();
        }
        let sent_at = at(field("sentAt").as_f64().unwrap_or_default());
        let take = |name: &str| {
            let answer = field(name).dyn_into().ok()?;
            // This fails only for an object that is sealed. Ours is not.
            let _ = Reflect::set(sent, &name.into(), &JsValue::UNDEFINED);
            Some(EarlyRequest {
                answer,
                sent_at,
                sent: sent.clone(),
            })
        };
        Self {
            list: take("list"),
            user: take("user"),
        }
    }
}

/// A request that was sent before the program ran.
#[derive(Debug)]
pub(super) struct EarlyRequest {
    answer: Promise,
    sent_at: Moment,
    /// The object of JavaScript, which knows whether the page was hidden.
    sent: JsValue,
}

/// How long an answer that arrived before the program ran may take to be read.
const READING: Duration = Duration::from_secs(1);

impl EarlyRequest {
    /// How long ago it was sent.
    pub(super) fn age(&self) -> Duration {
        let now = moment().monotonic;
        now.saturating_sub(self.sent_at.monotonic)
    }

    /// The rest of a time limit, which counts from when it was sent. The program
    /// may come after the limit, but the answer may have come before it.
    pub(super) fn left_of(&self, limit: Duration) -> Duration {
        limit.saturating_sub(self.age()).max(READING)
    }

    /// When it was sent. None if the page was hidden since then.
    pub(super) fn sent_in_sight(&self) -> Option<Moment> {
        let in_sight = Reflect::get(&self.sent, &"inSight".into());
        let in_sight = in_sight.is_ok_and(|in_sight| in_sight.is_truthy());
        in_sight.then_some(self.sent_at)
    }

    /// Waits for the answer, and reads its body up to `max_bytes`.
    ///
    /// # Errors
    ///
    /// When there is no answer, with what the browser says.
    pub(super) async fn received(
        self,
        deployment: &Deployment,
        max_bytes: usize,
    ) -> Result<Received, JsValue> {
        let arrived = Array::from(&JsFuture::from(self.answer).await?);
        let response = arrived.get(0).dyn_into()?;
        #[allow(
            clippy::cast_possible_truncation,
            reason = "Date.now() is a whole number of milliseconds"
        )]
        let at = arrived.get(1).as_f64().unwrap_or_default() as i64;
        let at = Timestamp::from_unix_ms(at);
        Ok(Received::read(response, at, deployment, max_bytes).await)
    }
}

/// The instant of a value of `performance.now()`, which has passed.
fn at(since_start_ms: f64) -> Moment {
    let now = moment();
    let monotonic = since_start(since_start_ms);
    let age = now.monotonic.saturating_sub(monotonic).as_millis();
    Moment {
        wall: now.wall.plus_ms(-i64::try_from(age).unwrap_or_default()),
        monotonic,
    }
}
