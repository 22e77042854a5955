use external_auth_core::ProviderState;
use leptos::prelude::*;

use super::attr::attr;
use crate::text::Tone;

/// The small symbols beside text. They repeat what the text says, so they
/// are hidden from assistive technology.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GlyphKind {
    /// Something goes on. The style sheet turns it.
    Arc,
    Check,
    Cross,
    Dash,
    Exclamation,
    Question,
    Renew,
}

impl From<ProviderState> for GlyphKind {
    fn from(state: ProviderState) -> Self {
        match state {
            ProviderState::NoLongerConfigured => Self::Cross,
            ProviderState::NotLinked => Self::Dash,
            ProviderState::CouldNotCheck(_) => Self::Question,
            ProviderState::NeedsAttention(_) | ProviderState::AppNotInstalled => Self::Exclamation,
            ProviderState::Renewing => Self::Renew,
            ProviderState::NotVerified | ProviderState::Linked => Self::Check,
        }
    }
}

impl From<Tone> for GlyphKind {
    fn from(tone: Tone) -> Self {
        match tone {
            Tone::Success => Self::Check,
            Tone::Information => Self::Dash,
            Tone::Warning | Tone::Error => Self::Exclamation,
        }
    }
}

impl GlyphKind {
    /// The path, in a view box of 16 by 16.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Arc => "M8 2a6 6 0 1 1-6 6",
            Self::Check => "M3.5 8.5l3 3 6-7",
            Self::Cross => "M4 4l8 8M12 4l-8 8",
            Self::Dash => "M4 8h8",
            Self::Exclamation => "M8 3v6.5M8 12.5v.5",
            Self::Question => "M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.8-1.1 1.6M8 12.5v.5",
            Self::Renew => "M13 8a5 5 0 1 1-1.6-3.7M12 2v2.6H9.4",
        }
    }
}

/// A symbol beside text.
#[component]
pub(crate) fn Glyph(kind: GlyphKind) -> impl IntoView {
    view! {
        <svg class="glyph" viewBox="0 0 16 16" {..attr("aria-hidden", "true")}><path d=kind.path() /></svg>
    }
    .into_any()
}
