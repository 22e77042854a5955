use external_auth_core::ProviderState;
use leptos::prelude::*;

use super::attr::attr;
use super::glyph::{Glyph, GlyphKind};
use crate::reactive::dynamic;
use crate::session::ProviderRow;
use crate::text;

/// The state of a provider, as words and a glyph.
#[component]
pub(super) fn StateBadge(row: ProviderRow) -> impl IntoView {
    dynamic(move || {
        let state = row.state();
        let class = match state {
            ProviderState::Linked | ProviderState::Renewing => "state-badge state-badge--good",
            ProviderState::NeedsAttention(_) | ProviderState::AppNotInstalled => {
                "state-badge state-badge--attention"
            }
            ProviderState::CouldNotCheck(_) | ProviderState::NotVerified => {
                "state-badge state-badge--unsure"
            }
            ProviderState::NotLinked | ProviderState::NoLongerConfigured => "state-badge",
        };
        Some(
            view! {
                <span class={class} {..attr("part", "badge")}><Glyph kind=GlyphKind::from(state) /><span prop:textContent=text::state_label(state)></span></span>
            }
            .into_any(),
        )
    })
}
