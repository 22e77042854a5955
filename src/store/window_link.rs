use std::sync::Arc;

use external_auth_core::{
    LinkHealth, LinkSnapshot, LinkVerdict, SafeUrl, WindowEffect, WindowEvent, WindowFlow,
    WindowFlowKind, WindowPhase, redact, routes,
};
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ExternalAuthStore, ProviderEntry, StoreEvent};
use crate::platform::{
    FocusGuard, LinkHint, LinkWindow, Listener, focus_by_id, is_visible, leave_for_redirect,
    moment, navigate, page_elsewhere, page_path,
};
use crate::session::{ActingPerson, PersonCheck};
use crate::text::{self, Notice, Tone};

const TICK_MS: u32 = 1_000;

/// The redirect flow that runs in a window, as its card shows it. There is one
/// at a time: one state cookie serves all providers of a deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowLinkShown {
    /// The provider that is being linked.
    pub provider: Arc<str>,
    /// How that stands.
    pub phase: WindowLinkPhase,
    /// Where this page is to be opened, because linking does not work at the
    /// address at which it was opened.
    pub elsewhere: Option<SafeUrl>,
}

/// How a redirect flow in a window stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowLinkPhase {
    /// The browser did not let the window open.
    Blocked,
    /// The person is at the provider.
    Waiting {
        /// Whether the window seems to be closed; it may not be.
        seems_closed: bool,
    },
    /// It took long: the person chooses whether to go on.
    StillWaiting,
}

/// The flow behind it. Its timer and its listener end with it.
pub(crate) struct RunningWindowLink {
    view: ExternalAuthStore,
    /// For whom it was begun.
    person: ActingPerson,
    entry: ProviderEntry,
    before: LinkSnapshot,
    flow: WindowFlow,
    window: Option<LinkWindow>,
    has_returned: bool,
    elsewhere: Option<SafeUrl>,
    _ticker: Interval,
    _focus: Listener,
}

impl ExternalAuthStore {
    /// Links a provider, or links it again without unlinking first: by the
    /// device flow where the provider has one, else in a window. Must be
    /// called in a click, or the browser blocks the window.
    pub fn link(self, entry: &ProviderEntry) {
        if entry.pending_untracked().is_some() {
            return;
        }
        self.clear_notices(entry);
        if entry.record().is(|provider| provider.device) {
            self.device_candidate.set(Some(entry.clone()));
            return;
        }
        let running = self.window_link.get_untracked();
        match running {
            Some(running) if running.provider != entry.id => {
                self.announce(self.window_conflict_words(entry, &running));
                self.window_conflict.set(Some(entry.clone()));
            }
            // Should it only seem so, the new one takes its place.
            Some(running) if running.phase == (WindowLinkPhase::Waiting { seems_closed: true }) => {
                self.link_instead(entry);
            }
            Some(_) => self.bring_window_to_front(),
            None => self.open_window(entry),
        }
    }

    /// Says that another provider than `wanted` is being linked.
    #[must_use]
    pub fn window_conflict_words(
        self,
        wanted: &ProviderEntry,
        running: &WindowLinkShown,
    ) -> String {
        let running = self.entry(&running.provider);
        let running = running.map(|entry| entry.name.get_untracked());
        text::window_conflict(&running.unwrap_or_default(), &wanted.name.get_untracked())
    }

    /// Gives the running flow up and links this provider instead. Must be
    /// called in a click.
    pub fn link_instead(self, entry: &ProviderEntry) {
        if self.window_conflict.get_untracked().as_ref() == Some(entry) {
            self.window_conflict.set(None);
        }
        self.cancel_window_link();
        self.open_window(entry);
    }

    /// Begins the redirect flow in this tab, which comes back to this page.
    pub fn link_in_this_tab(self, entry: &ProviderEntry) {
        self.cancel_window_link();
        if self.is_person_sure() {
            return self.leave_for(entry);
        }
        let (entry, person) = (entry.clone(), self.acting_person());
        spawn_local(async move {
            match person.confirm(false).await {
                PersonCheck::Same => self.leave_for(&entry),
                PersonCheck::Other => self.tell_nothing_changed(&entry.id),
                PersonCheck::Unknown(error) => self.say_not_confirmed(&entry, &error),
            }
        });
    }

    fn leave_for(self, entry: &ProviderEntry) {
        let back = leave_for_redirect(&self.config().base_url, &entry.id);
        navigate(&self.deployment_url(&routes::callback(&entry.id, &back)));
    }

    /// Shows the window again, where the browser can.
    pub fn bring_window_to_front(self) {
        self.with_window(|running| {
            if let Some(window) = &running.window {
                window.bring_to_front();
            }
        });
    }

    /// Looks now whether the account is linked.
    pub fn look_for_link(self) {
        self.window_event(WindowEvent::LookNow);
    }

    /// Waits on, after it took long.
    pub fn keep_waiting(self) {
        self.window_event(WindowEvent::KeepWaiting);
    }

    /// Gives the running flow up, and closes its window.
    pub fn cancel_window_link(self) {
        self.drop_window_conflict();
        self.window_event(WindowEvent::Cancel);
    }

    /// Gives up the provider that should have been linked instead.
    pub fn drop_window_conflict(self) {
        if let Some(wanted) = self.window_conflict.get_untracked() {
            self.window_conflict.set(None);
        }
    }

    /// Another tab, or the return page, says that a link may have changed.
    pub(crate) fn link_hint(self, hint: &LinkHint) {
        let provider = hint.provider.as_str();
        let running = self.window_link.get_untracked();
        if running.is_some_and(|running| *running.provider == *provider) {
            self.window_event(if hint.returned {
                WindowEvent::Returned
            } else {
                WindowEvent::Hinted
            });
            return;
        }
        if let Some(link) = self
            .device_link
            .get_value()
            .filter(|link| *link.entry.id == *provider)
        {
            link.hint(hint.returned);
            return;
        }
        if let Some(entry) = self.entry(provider) {
            spawn_local(async move {
                let answer = self.read_external_auth(&entry).await;
                // By-id cannot tell a link that was removed from a broken one.
                let is_refused = || {
                    let record = entry.record();
                    record.is_listed() && record.is_refused_live()
                };
                if matches!(answer, Some(Ok(()))) && is_refused() {
                    self.load_anew().await;
                }
            });
        }
    }

    fn open_window(self, entry: &ProviderEntry) {
        self.window_conflict.set(None);
        let url = self.deployment_url(&self.window_callback(&entry.id));
        let is_sure = self.is_person_sure();
        let window = LinkWindow::open(is_sure.then_some(&url));
        let person = self.acting_person();
        let before = self.link_snapshot(entry);
        let kind = if before.health == LinkHealth::Absent {
            WindowFlowKind::NewLink
        } else {
            WindowFlowKind::Reauthentication
        };
        let running = RunningWindowLink {
            view: self,
            person,
            entry: entry.clone(),
            before,
            flow: WindowFlow::start(kind, moment().monotonic),
            window,
            has_returned: false,
            elsewhere: None,
            _ticker: Interval::new(TICK_MS, move || {
                self.notice_window_failure();
                self.notice_window_return();
                self.tick_window();
            }),
            _focus: Listener::new(&leptos::prelude::window(), "focus", move |_| {
                self.window_event(WindowEvent::Focused);
            }),
        };
        self.running_window
            .with_value(|slot| slot.replace(Some(running)));
        self.show_window_link();
        if !is_sure {
            self.send_window_after_confirming(entry.clone(), person, url);
        }
    }

    /// After a pause the window waits, empty, until it is known that the same
    /// person is signed in.
    fn send_window_after_confirming(self, entry: ProviderEntry, person: ActingPerson, url: String) {
        spawn_local(async move {
            match person.confirm(false).await {
                PersonCheck::Same if self.is_window_link_of(&entry) => {
                    self.with_window(|running| {
                        if let Some(window) = &running.window {
                            window.leave_for(&url);
                        }
                    });
                }
                PersonCheck::Same => {}
                PersonCheck::Other => self.tell_nothing_changed(&entry.id),
                PersonCheck::Unknown(error) => {
                    self.cancel_window_link();
                    self.say_not_confirmed(&entry, &error);
                }
            }
        });
    }

    fn tick_window(self) {
        let closed = self.with_window(|running| {
            let window = running.window.as_ref();
            window.is_some_and(LinkWindow::seems_closed)
        });
        self.window_event(WindowEvent::Tick {
            visible: is_visible(),
            seems_closed: closed == Some(true),
        });
    }

    /// Where a window begins the redirect flow, which comes back to our own
    /// return page, if there is one.
    fn window_callback(self, id: &str) -> String {
        let page = match self.config().embedding {
            None => page_path(),
            Some(embedding) => match embedding.return_path {
                Some(path) => path.to_string(),
                None => return routes::callback_without_return(id),
            },
        };
        let provider = routes::encode_component(id);
        routes::callback(id, &format!("{page}?linked={provider}&window=1"))
    }

    /// Hands an event to the running flow, and does what it asks for, in the
    /// view in which it was begun.
    pub(crate) fn window_event(self, event: WindowEvent) {
        let begun_in = self.with_window(|running| running.view);
        begun_in.unwrap_or(self).own_window_event(event);
    }

    fn own_window_event(self, event: WindowEvent) {
        let effect = self.with_window(|running| running.flow.handle(event, moment().monotonic));
        self.show_window_link();
        let Some(effect) = effect.flatten() else {
            return;
        };
        let Some((entry, before, person)) = self.with_window(|running| {
            (
                running.entry.clone(),
                running.before.clone(),
                running.person,
            )
        }) else {
            return;
        };
        spawn_local(async move {
            let verdict = match effect {
                WindowEffect::ReadAccessUrl => return self.compare_address(&entry).await,
                WindowEffect::ReadLive(evidence) => {
                    self.judge_live(&entry, &before, evidence).await
                }
                WindowEffect::ReadList(evidence) => {
                    self.judge_by_list(&entry, &before, evidence).await
                }
            };
            // Somebody else may have signed in, in that window too. Only what may
            // end the flow is worth the question.
            let may_end = !matches!(verdict, LinkVerdict::NotLinked | LinkVerdict::NotKnown);
            let verdict = if may_end && person.confirm(true).await != PersonCheck::Same {
                LinkVerdict::NotKnown
            } else {
                verdict
            };
            // The flow that asked may be over, and another one be running.
            if self.is_window_link_of(&entry) {
                self.window_event(WindowEvent::Read(verdict));
            }
        });
    }

    /// Sees whether this page is on another host than the deployment's access
    /// URL, where a redirect flow cannot come back.
    async fn compare_address(self, entry: &ProviderEntry) {
        // When it cannot be read there is nothing to say.
        let Ok(info) = self.client().build_info().await else {
            return;
        };
        if !self.is_window_link_of(entry) {
            return;
        }
        let elsewhere = page_elsewhere(&self.config().base_url, &info.dashboard_url);
        self.with_window(|running| running.elsewhere = elsewhere);
        self.show_window_link();
    }

    fn is_window_link_of(self, entry: &ProviderEntry) -> bool {
        self.with_window(|running| running.entry.id == entry.id) == Some(true)
    }

    fn with_window<R>(self, run: impl FnOnce(&mut RunningWindowLink) -> R) -> Option<R> {
        self.running_window
            .try_with_value(|slot| slot.borrow_mut().as_mut().map(run))
            .flatten()
    }

    /// Brings the card up to date with the flow, and ends what is over.
    fn show_window_link(self) {
        let shown = self.with_window(|running| {
            let phase = match (running.flow.phase(), &running.window) {
                (WindowPhase::Waiting | WindowPhase::StillWaiting, None) => {
                    WindowLinkPhase::Blocked
                }
                (WindowPhase::Waiting, Some(window)) => WindowLinkPhase::Waiting {
                    seems_closed: window.seems_closed(),
                },
                (WindowPhase::StillWaiting, Some(_)) => WindowLinkPhase::StillWaiting,
                _ => return None,
            };
            Some(WindowLinkShown {
                provider: running.entry.id.clone(),
                phase,
                elsewhere: running.elsewhere.clone(),
            })
        });
        let Some(shown) = shown else { return };
        let over = shown.is_none();
        if self.window_link.get_untracked() != shown {
            if let Some(shown) = &shown {
                let name = self.with_window(|running| running.entry.name.get_untracked());
                self.announce(text::window_link(&name.unwrap_or_default(), shown));
            }
            self.window_link.set(shown);
        }
        if !over {
            return;
        }
        let ended = self.running_window.with_value(|slot| slot.replace(None));
        let Some(ended) = ended else { return };
        // Without a session the person may be signing in there at this moment;
        // the return page will report, and then it is read again.
        if ended.flow.phase() != WindowPhase::SignedOut {
            let open = |window: &&LinkWindow| !window.seems_closed();
            let left_open = ended
                .window
                .as_ref()
                .filter(open)
                .is_some_and(|window| !window.close());
            if left_open && ended.flow.phase() == WindowPhase::Cancelled {
                let words = text::window_left_open(&ended.entry.name.get_untracked());
                self.push_silent_notice(&ended.entry, Notice::new(Tone::Information, words));
            }
            let card = ended.entry.element_id();
            FocusGuard::within(&card).move_to(&card);
        }
        match ended.flow.phase() {
            WindowPhase::Linked => {
                let list_is_old = ended.before.health == LinkHealth::Absent;
                self.finish_link(ended.entry, ended.before, list_is_old);
                return;
            }
            WindowPhase::Unusable => self.say_unusable(&ended.entry),
            WindowPhase::Works => self.say_works(&ended.entry),
            _ => {}
        }
    }

    /// On failure the deployment shows raw JSON in the window. It is of our
    /// origin, so it can be read: said here in words, and the window closed.
    fn notice_window_failure(self) {
        let failure = self
            .with_window(|running| {
                let message = running.window.as_ref()?.failure()?;
                Some((running.entry.clone(), message))
            })
            .flatten();
        let Some((entry, message)) = failure else {
            return;
        };
        self.cancel_window_link();
        let name = entry.name.get_untracked();
        self.emit(&StoreEvent::Failed {
            provider: Some(entry.id.to_string()),
            failure: crate::session::FailedCommand::Link { name: name.clone() },
        });
        let notice = Notice {
            detail: redact(&format!("{} {}", message.message, message.detail)),
            ..Notice::new(Tone::Error, text::link_failed(&name))
        };
        self.announce(notice.text.clone());
        self.push_silent_notice(&entry, notice);
        focus_by_id(&entry.element_id());
    }

    /// Where no page of ours takes the window back, it ends at the deployment's
    /// page for the provider, which reports nothing.
    fn notice_window_return(self) {
        let returned = self.with_window(|running| {
            let path = routes::provider_page(&running.entry.id);
            let window = running.window.as_ref();
            let is_news = !running.has_returned && window.is_some_and(|window| window.is_at(&path));
            running.has_returned |= is_news;
            is_news
        });
        if returned == Some(true) {
            self.window_event(WindowEvent::Returned);
        }
    }

    /// Says what came of the redirect flow that this tab comes back from.
    pub(crate) fn welcome_back(self, id: &str) {
        let Some(entry) = self.entry(id) else { return };
        self.tell_other_tabs(id);
        let name = entry.name.get_untracked();
        let notice = match self.link_snapshot(&entry).health {
            LinkHealth::Absent => Notice::new(Tone::Information, text::link_not_finished(&name)),
            // The card says what is wrong, or that it could not be found out.
            LinkHealth::Broken | LinkHealth::Unclear => return,
            LinkHealth::Works => {
                self.emit(&StoreEvent::Linked {
                    provider: id.to_owned(),
                    login: untrack(|| entry.login()),
                });
                Notice::new(Tone::Success, text::is_linked(&name))
            }
        };
        self.announce(notice.text.clone());
        self.push_silent_notice(&entry, notice);
        focus_by_id(&entry.element_id());
    }
}
