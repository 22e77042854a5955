use std::collections::BTreeMap;

use axum::http::{Method, StatusCode};
use serde_json::json;

use super::{card::Card, reply::Reply};
use crate::wire::ExternalAuthList;

/// What is answered in a view.
#[derive(Debug, Default)]
pub(super) struct Script {
    cards: Vec<Card>,
    /// By method and path below `/api/v2/`: what is answered first, second and
    /// so on; the last for ever.
    replies: BTreeMap<String, Vec<Reply>>,
    /// A request that changes everything, and what is answered from then on.
    then: Option<(String, Box<Script>)>,
}

impl Script {
    /// Everything as the cards say.
    pub(super) fn of(cards: impl IntoIterator<Item = Card>) -> Self {
        Self {
            cards: cards.into_iter().collect(),
            ..Self::default()
        }
    }

    /// What is answered once the request has been made.
    pub(super) fn then(mut self, request: &str, script: Script) -> Self {
        self.then = Some((request.to_owned(), Box::new(script)));
        self
    }

    /// Other answers to one request, in order.
    pub(super) fn on(mut self, request: &str, replies: impl IntoIterator<Item = Reply>) -> Self {
        self.replies
            .insert(request.to_owned(), replies.into_iter().collect());
        self
    }

    /// Other answers to the reading of the list, in order.
    pub(super) fn on_list(self, replies: impl IntoIterator<Item = Reply>) -> Self {
        self.on("GET external-auth", replies)
    }

    /// Other answers to the unlinking of a provider, in order.
    pub(super) fn on_unlink(self, id: &str, reply: Reply) -> Self {
        self.on(&format!("DELETE external-auth/{id}"), [reply])
    }

    /// A device flow: the code, and the answers to the polls.
    pub(super) fn on_device(
        self,
        id: &str,
        code: Reply,
        polls: impl IntoIterator<Item = Reply>,
    ) -> Self {
        let path = format!("external-auth/{id}/device");
        self.on(&format!("GET {path}"), [code])
            .on(&format!("POST {path}"), polls)
    }

    /// Whether an answer never comes.
    #[cfg(test)]
    pub(super) fn holds(&self) -> bool {
        let mut replies = self.replies.values().flatten();
        replies.any(|reply| matches!(reply, Reply::Never))
    }

    /// What the window of a redirect flow gets in place of the provider's page.
    pub(super) fn callback(&self, id: &str) -> Option<Reply> {
        self.replies
            .get(&format!("GET external-auth/{id}/callback"))?
            .first()
            .cloned()
    }

    /// What is answered to a request, where each was `asked` so often before.
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

/// The list that shows these cards.
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
