use std::collections::BTreeMap;

use axum::http::{Method, StatusCode};
use serde_json::json;

use super::{card::Card, reply::Reply};
use crate::wire::ExternalAuthList;

/// The API's answers in a view.
#[derive(Debug, Default)]
pub(super) struct Script {
    cards: Vec<Card>,
    /// The replies by method and path below `/api/v2/`, in order. The last one
    /// is given again and again.
    replies: BTreeMap<String, Vec<Reply>>,
    /// A request, and the answers from then on.
    then: Option<(String, Box<Script>)>,
}

impl Script {
    /// The answers that follow from the cards.
    pub(super) fn of(cards: impl IntoIterator<Item = Card>) -> Self {
        Self {
            cards: cards.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Replaces all answers once the request has been made.
    pub(super) fn then(mut self, request: &str, script: Script) -> Self {
        self.then = Some((request.to_owned(), Box::new(script)));
        self
    }

    /// Adds a reply to a request, given by method and path. It follows the
    /// replies that were added to this request before.
    pub(super) fn on(mut self, request: &str, reply: Reply) -> Self {
        self.replies
            .entry(request.to_owned())
            .or_default()
            .push(reply);
        self
    }

    /// The device flow of the first card: the reply to the request for a code,
    /// and the reply to every poll.
    pub(super) fn on_device_flow(self, code: Reply, poll: Reply) -> Self {
        let Some(card) = self.cards.first() else {
            return self;
        };
        let path = format!("external-auth/{}/device", card.provider.id);
        self.on(&format!("GET {path}"), code)
            .on(&format!("POST {path}"), poll)
    }

    /// Whether a request gets no answer.
    #[cfg(test)]
    pub(super) fn holds(&self) -> bool {
        let mut replies = self.replies.values().flatten();
        replies.any(|reply| matches!(reply, Reply::Never))
    }

    /// The answer in the window of a redirect flow; none for the default page.
    pub(super) fn callback(&self, id: &str) -> Option<Reply> {
        self.replies
            .get(&format!("GET external-auth/{id}/callback"))?
            .first()
            .cloned()
    }

    /// The answer to a request. `asked` is how often a request was made before.
    pub(super) fn reply(
        &self,
        method: &Method,
        path: &str,
        asked: impl Fn(&str) -> usize,
    ) -> Reply {
        if let Some((request, script)) = &self.then
            && asked(request) > 0
        {
            return script.reply_now(method, path, asked);
        }
        self.reply_now(method, path, asked)
    }

    fn reply_now(&self, method: &Method, path: &str, asked: impl Fn(&str) -> usize) -> Reply {
        let request = format!("{method} {path}");
        if let Some(replies) = self.replies.get(&request) {
            let reply = replies.get(asked(&request)).or(replies.last());
            return reply.cloned().unwrap_or(Reply::Never);
        }
        let card = |id: &str| self.cards.iter().find(|card| card.provider.id == id);
        match (method.as_str(), path.split_once('/')) {
            ("GET", None) if path == "external-auth" => list(&self.cards),
            ("GET", Some(("external-auth", id))) => {
                card(id).map_or_else(Reply::unknown, Card::live_reply)
            }
            ("DELETE", Some(("external-auth", id))) if card(id).is_some() => {
                Reply::ok(&json!({ "token_revoked": true }))
            }
            ("GET", None) if path == "buildinfo" => Reply::ok(&json!({
                "version": "v2.40.0-stand-in",
                "external_url": "https://example.com/stand-in",
            })),
            _ => Reply::error(StatusCode::NOT_FOUND, "There is no such route.", ""),
        }
    }
}

/// The list of these cards.
pub(super) fn list(cards: &[Card]) -> Reply {
    Reply::ok(&ExternalAuthList {
        providers: cards
            .iter()
            .filter(|card| !card.is_orphan)
            .map(|card| card.provider.clone())
            .collect(),
        links: cards.iter().filter_map(|card| card.link.clone()).collect(),
    })
}
