use external_auth_core::Timestamp;

use super::{card::Card, reply::Reply, script::Script};

/// The providers of a view at an instant.
pub(super) type Cards = fn(Timestamp) -> Vec<Card>;

/// A reply to a request, which is given by method and path.
pub(super) type ReplyTo = (&'static str, fn(Timestamp) -> Reply);

/// The API's answers in a view, as data of its row.
#[derive(Debug, Clone, Copy)]
pub(super) enum Answers {
    /// The answers that follow from the cards.
    Cards(Cards),
    /// The answers that follow from the cards, apart from these replies.
    /// Replies to the same request are given in order, the last one again and
    /// again.
    Replies(Cards, &'static [ReplyTo]),
    /// A device flow: the provider, which is not linked, the reply to the
    /// request for a code, and the reply to every poll.
    DeviceFlow(fn() -> Card, fn() -> Reply, fn() -> Reply),
    /// Answers that no other variant describes.
    Script(fn(Timestamp) -> Script),
}

impl Answers {
    /// The answers at this instant.
    pub(super) fn script(&self, now: Timestamp) -> Script {
        match *self {
            Self::Cards(cards) => Script::of(cards(now)),
            Self::Replies(cards, replies) => replies
                .iter()
                .fold(Script::of(cards(now)), |script, (request, reply)| {
                    script.on(request, reply(now))
                }),
            Self::DeviceFlow(card, code, poll) => {
                Script::of([card()]).on_device_flow(code(), poll())
            }
            Self::Script(script) => script(now),
        }
    }
}
