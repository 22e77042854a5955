use std::cell::{Cell, RefCell};
use std::rc::Rc;

use external_auth_core::{ListFilter, ProviderAction};
use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;

use super::commands::COMMANDS;
use super::installing::Installing;
use super::notices::CardNotice;
use super::unlink::UnlinkQuestion;
use crate::Config;
use crate::chunk::Chunk;
use crate::linking::{DeviceLink, LinkingSlot};
use crate::platform::{NearViewport, TimeWords};
use crate::reactive::Shared;
use crate::session::{ProviderRow, Session};

/// One picture of a session. A page has one view; two elements of the same
/// session have one each.
#[derive(Clone, Copy)]
pub struct View {
    /// What is known, which all views of the session share.
    pub session: Session,
    /// What a screen reader says next, politely.
    pub announcement: RwSignal<String>,
    /// What a screen reader says at once.
    pub alert: RwSignal<String>,
    /// What is searched for in the list.
    pub query: RwSignal<String>,
    /// Which providers of the list are shown.
    pub filter: RwSignal<ListFilter>,
    /// The ids of the providers that the view is about; empty: all.
    pub only: RwSignal<Vec<String>>,
    /// The outcomes of commands, on their cards.
    pub(super) notices: RwSignal<Vec<CardNotice>>,
    /// The provider whose unlinking waits for a confirmation.
    pub unlink_candidate: RwSignal<Option<ProviderRow>>,
    /// The action for which the code could not be fetched, and its row.
    pub failed_action: RwSignal<Option<(ProviderRow, ProviderAction)>>,
    /// The device flow whose dialog is open.
    pub device_dialog: RwSignal<Option<DeviceLink>>,
    pub(crate) inner: Shared<Inner>,
}

/// What no component reads.
pub(crate) struct Inner {
    /// Tells the view from the other views of the session.
    pub(super) number: u64,
    pub(super) linking: LinkingSlot,
    /// What is made for the view later belongs to it.
    pub(super) owner: WeakOwner,
    config: RefCell<Config>,
    time_words: Rc<TimeWords>,
    /// Whether only providers are asked whose rows are near to be seen.
    pub(super) watches: Cell<bool>,
    pub(super) viewport: RefCell<Option<NearViewport>>,
    /// An app that the person has gone to install.
    pub(super) installing: RefCell<Option<Installing>>,
    /// The question whether to unlink that is being asked.
    pub(super) unlink_question: RefCell<Option<UnlinkQuestion>>,
    last_notice: Cell<u64>,
}

impl View {
    /// A view of a session of the view's own, in the present reactive owner.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let session = Session::new(config);
        Self::of(session, LinkingSlot::default(), config)
    }

    /// One more view of a session, set up as `config` says. It belongs to the
    /// present reactive owner.
    #[must_use]
    pub fn of(session: Session, linking: LinkingSlot, config: &Config) -> Self {
        session.take_csrf_token(config);
        let view = Self {
            session,
            announcement: RwSignal::new(String::new()),
            alert: RwSignal::new(String::new()),
            query: RwSignal::new(String::new()),
            filter: RwSignal::new(ListFilter::default()),
            only: RwSignal::new(Vec::new()),
            notices: RwSignal::new(Vec::new()),
            unlink_candidate: RwSignal::new(None),
            failed_action: RwSignal::new(None),
            device_dialog: RwSignal::new(None),
            inner: Shared::new(Inner {
                number: session.next_sequence(),
                linking,
                owner: Owner::current().unwrap_or_default().downgrade(),
                config: RefCell::new(config.clone()),
                time_words: Rc::new(TimeWords::new(config.locale())),
                watches: Cell::new(false),
                viewport: RefCell::new(None),
                installing: RefCell::new(None),
                unlink_question: RefCell::new(None),
                last_notice: Cell::new(0),
            }),
        };
        Chunk::when_ready(&COMMANDS, move |commands| commands.attach(view));
        let number = view.number();
        on_cleanup(move || session.forget_view(number));
        view
    }

    /// Tells the view from the other views of the session.
    pub(super) fn number(self) -> u64 {
        self.inner
            .try_with_value(|inner| inner.number)
            .unwrap_or_default()
    }

    pub(super) fn next_notice(self) -> u64 {
        self.inner
            .try_with_value(|inner| {
                inner.last_notice.set(inner.last_notice.get() + 1);
                inner.last_notice.get()
            })
            .unwrap_or_default()
    }

    /// Whether the view is gone, and what it shows.
    pub(crate) fn is_gone(self) -> bool {
        self.inner.is_disposed()
    }

    /// How the view is set up.
    #[must_use]
    pub fn config(self) -> Config {
        // What began in a view may end after it.
        self.inner
            .try_with_value(|inner| inner.config.borrow().clone())
            .unwrap_or_default()
    }

    /// Sets the view up anew, for the same session and language.
    pub(crate) fn set_config(self, config: &Config) {
        self.session.take_csrf_token(config);
        self.inner
            .with_value(|inner| inner.config.replace(config.clone()));
    }

    /// The level of a heading that has this one on a page of our own; none
    /// where it is that. A page that embeds has a first heading already.
    #[must_use]
    pub fn heading_level(self, on_our_page: u8) -> Option<String> {
        let embedding = self.config().embedding?;
        let title = embedding.heading_level.unwrap_or(2);
        Some((on_our_page - 1 + title).to_string())
    }

    /// Writes instants in words.
    #[must_use]
    pub fn time_words(self) -> Rc<TimeWords> {
        self.inner.with_value(|inner| Rc::clone(&inner.time_words))
    }
}
