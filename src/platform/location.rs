use external_auth_core::{
    Origins, RedirectReturn, Route, SafeUrl, page_at_access_url, with_query_parameter,
};
use leptos::prelude::{location, window};
use wasm_bindgen::JsValue;
use web_sys::Url;

use super::TabStorage;

/// The key under which a redirect flow stores what the page needs when it
/// returns. `npm/src/return-fragment.js` reads it too.
const RETURN_KEY: &str = "coder-external-auth-return";

/// The path and query of the page, to which a redirect flow returns.
#[must_use]
pub fn current_path() -> String {
    page_path() + &current_query()
}

/// The path, query and fragment of the page, to which a sign-in returns.
/// Some applications select their pages by the fragment.
#[must_use]
pub fn current_address() -> String {
    current_path() + &current_fragment()
}

/// The address at which this page must be opened, because redirect flows do
/// not work on its current host: see [`page_at_access_url`]. `base` is the
/// deployment, as in [`Config`](crate::Config). None if the deployment has
/// another origin, because its pages are not ours.
#[must_use]
pub fn page_elsewhere(base: &str, access_url: &str) -> Option<SafeUrl> {
    if !base.is_empty() && !base.starts_with('/') {
        return None;
    }
    // In the form that the browser shows and visits.
    let access_url = Url::new(access_url).ok()?.href();
    page_at_access_url(&origins(base), &page_host(), &current_path(), &access_url)
}

/// The origins by which addresses from outside are judged. `base` is the
/// deployment, as in [`Config`](crate::Config).
#[must_use]
pub fn origins(base: &str) -> Origins {
    Origins::new(&location().origin().unwrap_or_default(), base)
}

/// The host of the page, with its port if the address has one.
#[must_use]
pub fn page_host() -> String {
    location().host().unwrap_or_default()
}

/// The path of the page.
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

/// The route of the page's address.
#[must_use]
pub fn current_route() -> Route {
    Route::of(&page_path(), &current_query())
}

/// Navigates to `url` and replaces this page in the history, so that the
/// back button does not return here only to leave again.
pub fn replace(url: &str) {
    // It throws for an address that cannot be parsed; ours can.
    let _ = location().replace(url);
}

/// Navigates to `url`, which is one of ours or was allowed as a [`SafeUrl`].
pub fn navigate(url: &str) {
    // It throws for an address that cannot be parsed; ours can.
    let _ = location().assign(url);
}

/// Reloads the page, as the browser's own button does.
pub fn load_page_again() {
    // It throws if a sandbox forbids it. Then the person uses the browser's own
    // button.
    let _ = location().reload();
}

/// The value of a query parameter. Empty if the query does not have it.
#[must_use]
pub fn query_parameter(name: &str) -> String {
    external_auth_core::query_parameter(&current_query(), name).unwrap_or_default()
}

/// Stores a value in the query of the page's address, so that a reload, a
/// bookmark or a link has it too. An empty value is removed. The rest of the
/// address does not change.
pub fn keep_query_parameter(name: &str, value: &str) {
    let before = current_query();
    let after = with_query_parameter(&before, name, value);
    if before != after {
        replace_address(&(page_path() + &after), &current_fragment());
    }
}

/// Stores what the page needs when a redirect flow for `provider` returns to
/// this tab, and returns the path to which the flow returns. If the browser
/// stores nothing, the flow returns without being recognized.
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

/// The provider for which a redirect flow has returned to this tab, at the
/// deployment `base`. Returned only once. The page gets its previous address
/// back.
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
        // A router that selects its pages by the fragment notices only a
        // navigation.
        let state = history_state();
        let origin = location().origin().unwrap_or_default();
        replace(&format!("{origin}{address}"));
        set_address(&address, &state);
    }
    Some(left.provider)
}

/// Changes the address of the page. Keeps the state that a router of the
/// embedding page has stored in the history entry.
fn replace_address(page: &str, fragment: &str) {
    set_address(&format!("{page}{fragment}"), &history_state());
}

fn history_state() -> JsValue {
    let history = window().history();
    (history.and_then(|history| history.state())).unwrap_or(JsValue::NULL)
}

fn set_address(address: &str, state: &JsValue) {
    // If the history cannot be changed, the address stays as it is.
    let _ = window()
        .history()
        .and_then(|history| history.replace_state_with_url(state, "", Some(address)));
}
