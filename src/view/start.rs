use std::cell::RefCell;

use external_auth_core::{ApiError, ListFilter, routes};
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::View;
use super::commands::COMMANDS;
use super::later_parts::{fetch_later_parts, fetch_later_parts_when_idle};
use crate::chunk::Chunk;
use crate::platform::{
    current_path, keep_query_parameter, query_parameter, replace, take_redirect_return,
};
use crate::reactive::effect;
use crate::session::{ProviderRow, SessionEvent, SingleProvider};

/// The query parameters by which the page keeps its search and its filter.
const QUERY_PARAMETER: &str = "q";
const FILTER_PARAMETER: &str = "show";

/// After this time the later parts of the program are fetched, although there is
/// no list. They can say that it takes long.
const FETCH_AFTER_MS: u32 = 4_000;

/// The status of the page of one provider.
#[derive(Clone)]
pub enum ProviderPageStatus {
    /// The request to the provider is running.
    Loading,
    /// The request failed, or the provider is not known.
    Failed(ApiError),
    /// The provider has answered.
    Ready(ProviderRow),
}

impl View {
    /// Loads the list for the first time, and shows the outcome of the redirect
    /// flow that the browser comes back from, if it does.
    pub fn start(self) {
        self.keep_search_in_address();
        self.load_first();
    }

    /// Like [`start`](Self::start), for an element on another page: the address
    /// belongs to the page. Does nothing if another view has started.
    pub fn start_embedded(self) {
        if !self.session.is_loading() && !self.session.list.read_untracked().loaded {
            self.load_first();
        }
    }

    fn load_first(self) {
        Chunk::when_ready(&COMMANDS, move |commands| commands.start(self));
        let load = self.session.load();
        spawn_local(async move {
            let patience = TimeoutFuture::new(FETCH_AFTER_MS);
            match select(load, patience).await {
                Either::Left(_) => fetch_later_parts_when_idle(),
                Either::Right(_) => fetch_later_parts(),
            }
        });
    }

    /// Shows the warnings of earlier visits, and the outcome of the redirect flow
    /// that the browser comes back from, if it does.
    pub(super) fn start_background(self) {
        let returned_from = take_redirect_return(&self.session.base_url());
        self.session.restore_warnings();
        if returned_from.is_none() {
            return;
        }
        spawn_local(async move {
            let is_loaded = self.session.list.read_untracked().loaded;
            if is_loaded || self.session.load().await {
                let returned_from = RefCell::new(returned_from);
                self.session.emit(&SessionEvent::Returned(returned_from));
            }
        });
    }

    /// Searches and filters as the address of the page says, and keeps the
    /// address up to date.
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

    /// Asks one provider, for the page that is about it. Where there is no link
    /// yet the redirect flow begins automatically, in this tab, if `begins` allows
    /// it.
    pub fn open_provider(self, id: &str, status: RwSignal<ProviderPageStatus>, begins: bool) {
        let id = id.to_owned();
        status.set(ProviderPageStatus::Loading);
        self.session.restore_warnings();
        let returned = take_redirect_return(&self.session.base_url());
        // It came back without a link: to begin again automatically would be a loop.
        let begins = begins && returned.is_none();
        spawn_local(async move {
            let SingleProvider {
                row,
                is_linked,
                has_device_flow,
            } = match self.session.read_single(&id).await {
                Some(Ok(single)) => single,
                Some(Err(error)) => return status.set(ProviderPageStatus::Failed(error)),
                None => return,
            };
            if !is_linked && !has_device_flow && begins {
                self.leave_for_provider(&id);
            }
            status.set(ProviderPageStatus::Ready(row));
            if is_linked {
                // The list knows what by-id does not: when the token ends, and
                // whether it can be revoked.
                self.session.load().await;
            }
            if returned.is_some_and(|returned| returned == id) && !self.is_gone() {
                self.present_return(&id);
            }
        });
    }

    /// Begins the redirect flow in place of this page, so that going back from
    /// the provider does not lead here only to be sent there again.
    fn leave_for_provider(self, id: &str) {
        let separator = if current_path().contains('?') {
            '&'
        } else {
            '?'
        };
        let back = format!("{}{separator}redirected=true", current_path());
        replace(&self.session.deployment_url(&routes::callback(id, &back)));
    }
}
