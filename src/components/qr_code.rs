use external_auth_core::QrCode;
use leptos::prelude::*;

use super::attr::{attr, text_attr};

/// A QR code. It is dark on light in every theme, because scanners require
/// that. Draws nothing if the text is too long for a QR code.
#[component]
pub(super) fn QrCodeImage(text: String, label: String) -> impl IntoView {
    QrCode::of(&text).map(|code| {
        let field = format!("0 0 {0} {0}", code.size);
        view! {
            <svg class="qr-code" viewBox={field} {..attr("role", "img")} {..text_attr("aria-label", label)} shape-rendering="crispEdges">
                <path d=code.path />
            </svg>
        }
        .into_any()
    })
}
