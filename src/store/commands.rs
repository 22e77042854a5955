use external_auth_core::ListFilter;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::pending::PendingGuard;
use super::{ExternalAuthStore, Pending, ProviderEntry, TITLE_ID};
use crate::platform::{FocusGuard, keep_query_parameter, query_parameter, take_redirect_return};
use crate::reactive::effect;
use crate::text::{self, Notice};

/// The query parameters by which the page keeps its search and its filter.
const QUERY_PARAMETER: &str = "q";
const FILTER_PARAMETER: &str = "show";

impl ExternalAuthStore {
    /// Loads the list for the first time, and says what came of the redirect
    /// flow that the browser comes back from, if it does.
    pub fn start(self) {
        let returned_from = take_redirect_return(&self.config().base_url);
        self.restore_warnings();
        self.keep_search_in_address();
        spawn_local(async move {
            if self.load().await
                && let Some(id) = returned_from
            {
                self.welcome_back(&id);
            }
        });
    }

    /// Loads the list for an element on another page, unless another element
    /// of the same store has done so; and says what came of the redirect flow
    /// that the browser comes back from, if it does.
    pub fn start_embedded(self) {
        if self.is_loading() || self.list.read_untracked().loaded {
            return;
        }
        self.restore_warnings();
        let returned_from = take_redirect_return(&self.config().base_url);
        spawn_local(async move {
            if self.load().await
                && let Some(id) = returned_from
            {
                self.welcome_back(&id);
            }
        });
    }

    /// Searches and filters as the address of the page says, and has the
    /// address follow.
    fn keep_search_in_address(self) {
        self.query.set(query_parameter(QUERY_PARAMETER));
        self.filter
            .set(ListFilter::parse(&query_parameter(FILTER_PARAMETER)));
        effect(move || {
            keep_query_parameter(QUERY_PARAMETER, &self.query.read());
            let filter = self.filter.get();
            let value = if filter == ListFilter::All {
                ""
            } else {
                filter.as_str()
            };
            keep_query_parameter(FILTER_PARAMETER, value);
        });
    }

    /// Loads the list again, because the person asks.
    pub fn reload(self) {
        spawn_local(async move {
            let focus = FocusGuard::anywhere();
            if self.load().await {
                self.announce(text::list_loaded().to_owned());
            }
            // "Try again" is gone when it worked.
            focus.move_to(TITLE_ID);
        });
    }

    /// Asks the provider live, because the person asks.
    pub fn check(self, entry: ProviderEntry) {
        spawn_local(async move {
            let Some(_pending) = PendingGuard::begin(entry.pending, Pending::Checking) else {
                return;
            };
            entry.clear_notices();
            let focus = FocusGuard::within(&entry.element_id());
            match self.join_external_auth(&entry).await {
                // That the person is signed out is said once, for the whole page.
                Some(Err(error)) if error.kind.is_sign_out() => return,
                Some(Err(error)) if !error.is_passing() => {
                    self.emit_error(Some(&entry.id), &error);
                    entry.say(Notice::error(text::check_failed(), &error));
                }
                Some(_) => {
                    let record = entry.record.get_untracked();
                    // By-id does not refresh tokens, the list does.
                    if record.renews() && record.is_refused_live() {
                        self.load_anew().await;
                    }
                }
                None => return,
            }
            if self.inner.is_disposed() {
                return;
            }
            self.announce_state(&entry);
            focus.move_to(&entry.element_id());
        });
    }

    fn announce_state(self, entry: &ProviderEntry) {
        let name = entry.name.get_untracked();
        let state = text::state_label(entry.state.get_untracked());
        self.announce(format!("{name}: {state}."));
    }
}
