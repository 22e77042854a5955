use external_auth_core::{RowModel, RowPart};
use leptos::prelude::*;

use super::copy_button::copy_button;
use super::provider_fact::{code, provider_fact};
use super::row_reader::RowReader;
use super::text_span::text_span;
use crate::reactive::dynamic;
use crate::session::ProviderRow;
use crate::text::detail;
use crate::view::View;

/// What an operator asks for: id, type, PKCE, and the last answer in the
/// server's words.
pub(super) fn provider_details(row: &ProviderRow) -> AnyView {
    let model = RowReader::new(row, RowPart::Details);
    dynamic(move || {
        let facts: Vec<_> = details(&model.read())
            .into_iter()
            .map(|(name, value)| {
                let is_sentence = value == detail::PKCE_NONE;
                let value = if is_sentence {
                    text_span(value)
                } else {
                    code(value)
                };
                provider_fact(name, value)
            })
            .collect();
        Some(facts.into_any())
    })
}

/// A button that copies the details, with their names.
pub(super) fn copy_details(view: View, row: &ProviderRow) -> AnyView {
    let name = row.name;
    let row = row.clone();
    let lines = move || {
        let lines: Vec<_> = (details(&row.model_untracked()).iter())
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        lines.join("\n")
    };
    copy_button(lines, name, view.announcement)
}

/// What there is to tell, each with its name.
fn details(model: &RowModel) -> Vec<(&'static str, String)> {
    let pkce = model.pkce.as_deref().map(|methods| match methods {
        "" => detail::PKCE_NONE.to_owned(),
        methods => methods.to_owned(),
    });
    let mut details = vec![
        (detail::TYPE, model.kind.clone()),
        (detail::ID, model.id.clone()),
        (detail::PKCE, pkce.unwrap_or_default()),
        (detail::ANSWER, model.reason.words()),
    ];
    details.retain(|(_, value)| !value.is_empty());
    details
}
