use external_auth_core::{RowModel, RowPart};
use leptos::prelude::*;

use super::account_line::outside_link;
use super::attr::attr;
use super::copy_button::copy_button;
use super::row_reader::RowReader;
use crate::reactive::dynamic;
use crate::session::ProviderRow;
use crate::text::{self, detail};
use crate::view::View;

/// What an operator asks for: id, type, PKCE, and the last answer in the
/// server's words; to be copied. And where the grant is managed at the provider.
pub(super) fn provider_details(view: View, row: &ProviderRow) -> AnyView {
    let name = row.name;
    let model = RowReader::new(row, RowPart::Details);
    let shown = row.clone();
    let row = row.clone();
    let terms = dynamic(move || {
        let terms: Vec<_> = details(&model.read())
            .into_iter()
            .map(|(name, value)| {
                view! { <div><dt prop:textContent=name></dt><dd {..attr("dir", "auto")} prop:textContent=value></dd></div> }
                    .into_any()
            })
            .collect();
        Some(terms.into_any())
    });
    let copy = copy_button(
        move || {
            let lines: Vec<_> = (details(&row.model_untracked()).iter())
                .map(|(name, value)| format!("{name}: {value}"))
                .collect();
            lines.join("\n")
        },
        name,
        view.announcement,
    );
    let manage = dynamic(move || {
        let is_linked = model.read().state.is_linked();
        let url = shown.authorizations_url().filter(|_| is_linked)?;
        Some(outside_link(&url, text::manage_link(url.host())))
    });
    view! {
        <div class="provider-details">
            <dl>{terms}</dl>
            <p class="provider-details__more">{copy} {manage}</p>
        </div>
    }
    .into_any()
}

/// What there is to tell, each with its name.
fn details(model: &RowModel) -> Vec<(&'static str, String)> {
    let pkce = model.pkce.as_deref().map(|methods| match methods {
        "" => detail::PKCE_NONE.to_owned(),
        methods => methods.to_owned(),
    });
    let mut details = vec![
        (detail::ID, model.id.clone()),
        (detail::TYPE, model.kind.clone()),
        (detail::PKCE, pkce.unwrap_or_default()),
        (detail::ANSWER, model.reason.words()),
    ];
    details.retain(|(_, value)| !value.is_empty());
    details
}
