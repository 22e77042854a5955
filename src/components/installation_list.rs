use external_auth_core::SafeUrl;
use external_auth_core::wire::Installation;
use leptos::prelude::*;

use super::account_line::{avatar, outside_link};
use crate::text::{self, button};

/// Where the provider's app is installed.
#[component]
pub(super) fn InstallationList(installations: Vec<Installation>) -> impl IntoView {
    let rows: Vec<_> = installations.into_iter().map(row).collect();
    view! {
        <div class="installation-list">
            <p>{text::app_installed_at()}</p>
            <ul role="list">{rows}</ul>
        </div>
    }
}

fn row(installation: Installation) -> AnyView {
    let account = installation.account.unwrap_or_default();
    let avatar = avatar(&account);
    let configure = SafeUrl::parse(&installation.configure_url).map(|url| {
        let words = view! {
            {button::CONFIGURE}<span class="visually-hidden">" " {account.login.clone()}</span>
        };
        outside_link(&url, words.into_any())
    });
    view! { <li>{avatar} <span>{account.login}</span> {configure}</li> }.into_any()
}
