use external_auth_core::RevocationWarning;
use leptos::prelude::*;

use super::account_line::outside_link;
use super::attr::attr;
use super::glyph::{Glyph, GlyphKind};
use super::notice_box::raw_text;
use super::text_span::named_label;
use crate::platform::FocusGuard;
use crate::reactive::words;
use crate::text::{self, button};
use crate::view::{TITLE_ID, View};

/// Warns that a link was removed but its token may still be valid: why, and
/// where to remove the access manually. The warning stays until the person
/// dismisses it.
pub(super) fn revocation_warning_box(
    view: View,
    warning: RevocationWarning,
    card: &str,
) -> AnyView {
    let RevocationWarning {
        provider,
        name,
        at,
        reason,
        url,
    } = warning;
    let sentence = {
        let name = name.clone();
        words(move || {
            let now = view.session.now.get();
            let when = at.map(|at| text::ago(at, now, &view.time_words()));
            text::revocation_warning(&name, when.as_deref())
        })
    };
    let link = view.session.origins().link(&url).map(|url| {
        let label = text::authorizations_link(url.host());
        view! { <p>{outside_link(&url, label)}</p> }.into_any()
    });
    let card = card.to_owned();
    let dismiss = move |_| {
        FocusGuard::anywhere().move_to(if card.is_empty() { TITLE_ID } else { &card });
        view.session.dismiss_warning(&provider);
    };
    view! {
        <div class="notice notice--unsure" {..attr("part", "notice warning")}>
            <Glyph kind=GlyphKind::Exclamation />
            <div class="notice__words">
                <p prop:textContent=sentence></p>
                {link}
                <p prop:textContent=text::revocation_retry(&name)></p>
                {raw_text(reason, view.announcement)}
            </div>
            <button {..attr("type", "button")} class="button button--quiet" on:click=dismiss>
                {named_label(button::DISMISS_WARNING.to_owned().into(), text::dismiss_warning(&name).into())}
            </button>
        </div>
    }
    .into_any()
}
