use std::time::Duration;

use leptos::prelude::{document, window};
use web_sys::Element;

use super::answer::Answer;
use super::complaints::Complaints;
use super::fake_clock::FakeClock;
use super::fake_fetch::{FakeFetch, Held};
use super::mounted::mount;
use super::navigations::Navigations;
use super::own_channels::OwnChannels;
use super::settle::WatchedFrames;

/// A world of its own for one test: the network and the time. Keep it longer
/// than what is mounted in it, so make it first.
pub struct Fakes {
    pub network: FakeFetch,
    pub clock: FakeClock,
    _complaints: Complaints,
    _frames: WatchedFrames,
    _channels: OwnChannels,
}

impl Fakes {
    pub fn install() -> Self {
        Navigations::let_go();
        let storage = window().local_storage().ok().flatten();
        let cleared = storage.expect("a storage").clear();
        cleared.expect("to be cleared");
        // Starts what runs futures, which the client alone needs too.
        drop(mount(|| ()));
        Self {
            network: FakeFetch::install(),
            clock: FakeClock::install(),
            _complaints: Complaints::watch(),
            _frames: WatchedFrames::install(),
            _channels: OwnChannels::install(),
        }
    }

    /// The next request of this name, as `GET /path?query`, is answered so.
    pub fn answer(&self, request: &str, answer: Answer) {
        self.network.answer(request, answer);
    }

    /// The next request of this name is answered so, should there be one.
    pub fn answer_if_asked(&self, request: &str, answer: Answer) {
        self.network.answer_if_asked(request, answer);
    }

    /// The next request of this name fails as without a network.
    pub fn fail(&self, request: &str) {
        self.network.fail(request);
    }

    /// The next request of this name is answered when the test says so.
    pub fn hold(&self, request: &str) -> Held {
        self.network.hold(request)
    }

    /// The names of all requests so far, but for the question who is signed in,
    /// which goes along with each list.
    pub fn requests(&self) -> Vec<String> {
        self.network.requests()
    }

    /// How many requests of a name there were so far.
    pub fn count(&self, name: &str) -> usize {
        let requests = self.network.all_requests();
        requests.iter().filter(|request| *request == name).count()
    }

    /// Lets time pass in which the machine sleeps.
    pub async fn sleep(&self, by: Duration) {
        self.clock.sleep(by).await;
    }

    /// Lets time pass.
    pub async fn advance(&self, by: Duration) {
        self.clock.advance(by).await;
    }
}

/// The tag that a deployment puts into the pages that it serves, until it is
/// dropped.
pub struct CsrfTag(Element);

impl CsrfTag {
    pub fn with(token: &str) -> Self {
        // What a test that failed has left behind.
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
