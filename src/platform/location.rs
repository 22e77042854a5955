use external_auth_core::{Route, SafeUrl, page_at_access_url};
use leptos::prelude::{location, window};
use wasm_bindgen::JsValue;
use web_sys::Url;

/// Path and query of the page: where a sign-in or a redirect flow comes back to.
#[must_use]
pub fn current_path() -> String {
    let location = location();
    let path = location.pathname().unwrap_or_default();
    path + &location.search().unwrap_or_default()
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

/// What the page's address asks for.
#[must_use]
pub fn current_route() -> Route {
    Route::of(&page_path(), &location().search().unwrap_or_default())
}

/// Leaves the page for `url` and takes its place in the history, so that going
/// back does not come here only to be sent away again.
pub fn replace(url: &str) {
    // It throws for an address that cannot be parsed; ours can.
    let _ = location().replace(url);
}

/// Leaves the page for `url`, which is one of ours or was allowed as a
/// [`SafeUrl`](external_auth_core::SafeUrl).
pub fn navigate(url: &str) {
    // It throws for an address that cannot be parsed; ours can.
    let _ = location().assign(url);
}

/// Loads the page anew, as the browser's own button does.
pub fn load_page_again() {
    // It throws where a sandbox forbids it; then the browser's own button is left.
    let _ = location().reload();
}

/// The value of a query parameter, which is removed from the address: what it
/// says is said once, and not again after a reload.
#[must_use]
pub fn take_query_parameter(name: &str) -> Option<String> {
    let value = query_parameter(name);
    change_query(|parameters| parameters.delete(name));
    Some(value).filter(|value| !value.is_empty())
}

/// The value of a query parameter; empty where there is none.
#[must_use]
pub fn query_parameter(name: &str) -> String {
    (location().search().ok())
        .and_then(|query| web_sys::UrlSearchParams::new_with_str(&query).ok())
        .and_then(|parameters| parameters.get(name))
        .unwrap_or_default()
}

/// Keeps a value in the query of the page's address, so that a reload, a
/// bookmark or a link to it has it too; an empty one is left out.
pub fn keep_query_parameter(name: &str, value: &str) {
    change_query(|parameters| {
        if value.is_empty() {
            parameters.delete(name);
        } else {
            parameters.set(name, value);
        }
    });
}

fn change_query(change: impl FnOnce(&web_sys::UrlSearchParams)) {
    let query = location().search().unwrap_or_default();
    let Ok(parameters) = web_sys::UrlSearchParams::new_with_str(&query) else {
        return;
    };
    let before = String::from(parameters.to_string());
    change(&parameters);
    let after = String::from(parameters.to_string());
    if before == after {
        return;
    }
    let path = page_path();
    let url = if after.is_empty() {
        path
    } else {
        format!("{path}?{after}")
    };
    // Where the history cannot be changed, the address stays as it is.
    let _ = window()
        .history()
        .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&url)));
}
