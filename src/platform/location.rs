use external_auth_core::{
    RedirectReturn, Route, SafeUrl, page_at_access_url, with_query_parameter,
};
use leptos::prelude::{location, window};
use wasm_bindgen::JsValue;
use web_sys::Url;

use super::TabStorage;

/// Where a redirect flow keeps what it has to know when it comes back.
/// `npm/src/return-fragment.js` reads it too.
const RETURN_KEY: &str = "coder-external-auth-return";

/// Path and query of the page: where a redirect flow comes back to.
#[must_use]
pub fn current_path() -> String {
    page_path() + &current_query()
}

/// Path, query and fragment of the page: where a sign-in comes back to. Some
/// applications find their pages by the fragment.
#[must_use]
pub fn current_address() -> String {
    current_path() + &current_fragment()
}

/// Where this page is to be opened, because redirect flows do not work on its
/// host: see [`page_at_access_url`]. `base`: of the deployment, as in
/// [`Config`](crate::Config); none where that is another origin, whose pages are not
/// this one's.
#[must_use]
pub fn page_elsewhere(base: &str, access_url: &str) -> Option<SafeUrl> {
    if !base.is_empty() && !base.starts_with('/') {
        return None;
    }
    // In the form in which the browser shows and visits it.
    let access_url = Url::new(access_url).ok()?.href();
    page_at_access_url(&page_host(), &current_path(), &access_url)
}

/// The host of the page, with its port if one is named.
#[must_use]
pub fn page_host() -> String {
    location().host().unwrap_or_default()
}

/// The path of the page alone.
#[must_use]
pub fn page_path() -> String {
    location().pathname().unwrap_or_default()
}

fn current_query() -> String {
    location().search().unwrap_or_default()
}

fn current_fragment() -> String {
    location().hash().unwrap_or_default()
}

/// What the page's address asks for.
#[must_use]
pub fn current_route() -> Route {
    Route::of(&page_path(), &current_query())
}

/// Leaves the page for `url` and takes its place in the history, so that going
/// back does not come here only to be sent away again.
pub fn replace(url: &str) {
    // It throws for an address that cannot be parsed; ours can.
    let _ = location().replace(url);
}

/// Leaves the page for `url`, which is one of ours or was allowed as a
/// [`SafeUrl`].
pub fn navigate(url: &str) {
    // It throws for an address that cannot be parsed; ours can.
    let _ = location().assign(url);
}

/// Loads the page anew, as the browser's own button does.
pub fn load_page_again() {
    // It throws where a sandbox forbids it; then the browser's own button is left.
    let _ = location().reload();
}

/// The value of a query parameter; empty where there is none.
#[must_use]
pub fn query_parameter(name: &str) -> String {
    external_auth_core::query_parameter(&current_query(), name).unwrap_or_default()
}

/// Keeps a value in the query of the page's address, so that a reload, a
/// bookmark or a link to it has it too; an empty one is left out. Everything
/// else of the address stays, to the byte.
pub fn keep_query_parameter(name: &str, value: &str) {
    let before = current_query();
    let after = with_query_parameter(&before, name, value);
    if before != after {
        replace_address(&(page_path() + &after), &current_fragment());
    }
}

/// Keeps what the page has to know when a redirect flow for `provider` comes
/// back to this tab, and says to which path it comes back. Where the browser
/// keeps nothing it comes back without a sign.
#[must_use]
pub fn leave_for_redirect(base: &str, provider: &str) -> String {
    let leaving = RedirectReturn {
        base: base.to_owned(),
        provider: provider.to_owned(),
        address: current_address(),
    };
    if TabStorage::write(RETURN_KEY, &leaving.encode()) {
        leaving.return_path()
    } else {
        current_path()
    }
}

/// The provider for which a redirect flow has come back to this tab, at the
/// deployment `base`. Known once: the page gets back the address that it had
/// when it left.
#[must_use]
pub fn take_redirect_return(base: &str) -> Option<String> {
    let left = RedirectReturn::decode(&TabStorage::read(RETURN_KEY)?)?;
    if left.base != base {
        return None;
    }
    TabStorage::remove(RETURN_KEY);
    let address = left.restored(&current_address())?;
    let (page, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
    replace_address(page, &current_fragment());
    if fragment != current_fragment() {
        // Only a navigation tells a router that finds its pages by the fragment.
        let state = history_state();
        let origin = location().origin().unwrap_or_default();
        replace(&format!("{origin}{address}"));
        set_address(&address, &state);
    }
    Some(left.provider)
}

/// Changes the address of the page. What a router of the page around has put
/// into the history's entry stays.
fn replace_address(page: &str, fragment: &str) {
    set_address(&format!("{page}{fragment}"), &history_state());
}

fn history_state() -> JsValue {
    let history = window().history();
    (history.and_then(|history| history.state())).unwrap_or(JsValue::NULL)
}

fn set_address(address: &str, state: &JsValue) {
    // Where the history cannot be changed, the address stays as it is.
    let _ = window()
        .history()
        .and_then(|history| history.replace_state_with_url(state, "", Some(address)));
}
