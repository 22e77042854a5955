use leptos::prelude::*;

use super::glyph::{Glyph, GlyphKind};
use crate::text::{Notice, Tone, button, detail};

/// What came of something that was done. The words are announced by the
/// page's live region, so the box itself is silent.
#[component]
pub(super) fn NoticeBox(notice: Notice, dismiss: Callback<()>) -> impl IntoView {
    let class = match notice.tone {
        Tone::Success => "notice notice--good",
        Tone::Information => "notice",
        Tone::Warning => "notice notice--unsure",
        Tone::Error => "notice notice--attention",
    };
    view! {
        <div class=class>
            <Glyph kind=GlyphKind::from(notice.tone) />
            <div class="notice__words">
                <p>{notice.text}</p>
                {raw_text(notice.detail)}
            </div>
            <button type="button" class="button button--quiet" on:click=move |_| dismiss.run(())>
                {button::DISMISS}
            </button>
        </div>
    }
}

/// Foreign words, redacted, folded away; nothing where there are none.
pub(crate) fn raw_text(text: String) -> Option<AnyView> {
    (!text.is_empty()).then(|| {
        view! {
            <details class="raw-text">
                <summary>{detail::TITLE}</summary>
                <p>{text}</p>
            </details>
        }
        .into_any()
    })
}
