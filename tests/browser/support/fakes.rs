use std::time::Duration;

use leptos::prelude::{document, window};
use web_sys::Element;

use super::answer::Answer;
use super::fake_clock::FakeClock;
use super::fake_fetch::{FakeFetch, Held};
use super::mounted::mount;
use super::navigations::Navigations;
use super::own_channels::OwnChannels;
use super::page_errors::PageErrors;
use super::removable::remove_leftover;
use super::settle::WatchedFrames;

/// The fakes of one test: network and time. They must live longer than what is
/// mounted, so create them first.
pub struct Fakes {
    pub network: FakeFetch,
    pub clock: FakeClock,
    _page_errors: PageErrors,
    _frames: WatchedFrames,
    _channels: OwnChannels,
}

impl Fakes {
    pub fn install() -> Self {
        remove_leftover();
        Navigations::remove_leftover();
        let storage = window().local_storage().ok().flatten();
        let cleared = storage.expect("a storage").clear();
        cleared.expect("to be cleared");
        // Mounting starts the executor of futures, which a test of the client
        // needs too.
        drop(mount(|| ()));
        Self {
            network: FakeFetch::install(),
            clock: FakeClock::install(),
            _page_errors: PageErrors::watch(),
            _frames: WatchedFrames::install(),
            _channels: OwnChannels::install(),
        }
    }

    /// Sets the answer to the next request with this name, as `GET
    /// /path?query`.
    pub fn answer(&self, request: &str, answer: Answer) {
        self.network.answer(request, answer);
    }

    /// Sets the answer to the next request with this name, if there is one.
    pub fn answer_if_asked(&self, request: &str, answer: Answer) {
        self.network.answer_if_asked(request, answer);
    }

    /// Makes the next request with this name fail as without a network.
    pub fn fail(&self, request: &str) {
        self.network.fail(request);
    }

    /// Holds back the answer to the next request with this name.
    pub fn hold(&self, request: &str) -> Held {
        self.network.hold(request)
    }

    /// The names of all requests so far, without the question who is signed in,
    /// which accompanies each list.
    pub fn requests(&self) -> Vec<String> {
        self.network.requests()
    }

    /// The number of requests with this name so far.
    pub fn count(&self, name: &str) -> usize {
        let requests = self.network.all_requests();
        requests.iter().filter(|request| *request == name).count()
    }

    /// Lets time pass while the machine sleeps.
    pub async fn sleep(&self, by: Duration) {
        self.clock.sleep(by).await;
    }

    /// Lets time pass.
    pub async fn advance(&self, by: Duration) {
        self.clock.advance(by).await;
    }
}

/// The tag with the CSRF token that a deployment puts into its pages. Removed
/// when this is dropped.
pub struct CsrfTag(Element);

impl CsrfTag {
    pub fn with(token: &str) -> Self {
        // A test that failed may have left its tag.
        let left = document().query_selector("meta[property=csrf-token]");
        if let Some(left) = left.expect("a selector") {
            left.remove();
        }
        let tag = document().create_element("meta").expect("an element");
        for (name, value) in [("property", "csrf-token"), ("content", token)] {
            tag.set_attribute(name, value).expect("an attribute");
        }
        let head = document().head().expect("a head");
        head.append_child(&tag).expect("a place in the head");
        Self(tag)
    }
}

impl Drop for CsrfTag {
    fn drop(&mut self) {
        self.0.remove();
    }
}
