use external_auth_core::{CodeUrgency, PollingHealth, SafeUrl};
use leptos::prelude::*;

use super::attr::{attr, text_attr};
use super::device_flow_panel::{PanelParts, copy_code};
use super::qr_code::QrCodeImage;
use crate::reactive::words;
use crate::text::{self, button};

/// The two steps of a device flow, the address as a QR code, and how long the
/// code is valid.
pub(super) fn device_flow_steps(
    parts: &PanelParts,
    user_code: &str,
    verification_uri: &str,
) -> AnyView {
    let PanelParts {
        ref link,
        code,
        is_copied,
        ..
    } = *parts;
    let url = link.origins().link(verification_uri);
    let host = match &url {
        Some(url) => url.host().to_owned(),
        None => link.row.name.get_untracked(),
    };
    let copied = words(move || is_copied.get().map_or("", text::code_copied).to_owned());
    let copy = {
        let parts = parts.clone();
        move |_| copy_code(&parts)
    };
    let address = url.as_ref().map(|url| {
        let address = url.to_string();
        view! { <p class="device-flow__url" {..attr("translate", "no")} prop:textContent=address></p> }.into_any()
    });
    view! {
        <div class="device-flow__steps">
            // Its numbers are drawn by the style sheet, which takes the role from a list.
            <ol {..attr("role", "list")}>
                <li>
                    <p class="device-flow__step">
                        <span>{text::device_copy_step()}</span>
                        <span class="device-flow__copied" {..attr("aria-hidden", "true")} prop:textContent=copied></span>
                    </p>
                    <div class="device-flow__code">
                        <code node_ref={code} {..attr("translate", "no")} {..attr("dir", "ltr")} prop:textContent=user_code.to_owned()></code>
                        <button {..attr("type", "button")} class="button" on:click=copy>{button::COPY_CODE}</button>
                    </div>
                </li>
                <li>
                    <p class="device-flow__step" prop:textContent=text::device_approve_step(&host)></p>
                    {address}
                </li>
            </ol>
            {url.as_ref().map(qr_code)}
        </div>
        {time_left(parts)}
    }
    .into_any()
}

fn qr_code(url: &SafeUrl) -> AnyView {
    view! {
        <figure class="device-flow__qr">
            <QrCodeImage text=url.to_string() label=text::qr_label(url.host()) />
            <figcaption {..attr("aria-hidden", "true")}>{text::qr_purpose()}</figcaption>
        </figure>
    }
    .into_any()
}

/// How much time is left, and that the person is waited for.
fn time_left(parts: &PanelParts) -> AnyView {
    let PanelParts {
        ref link,
        health,
        urgency,
        ..
    } = *parts;
    let (name, seconds_left) = (link.row.name, link.seconds_left.clone());
    // A code has most time when it comes.
    let all = seconds_left.get_untracked().unwrap_or_default();
    let class = words(move || {
        let urgency = match urgency.get() {
            CodeUrgency::Calm => "",
            CodeUrgency::Soon => " device-flow__time--soon",
            CodeUrgency::LastSeconds => " device-flow__time--last",
        };
        format!("device-flow__time{urgency}")
    });
    let left = {
        let seconds_left = seconds_left.clone();
        words(move || seconds_left.get().unwrap_or_default().to_string())
    };
    let time = words(move || seconds_left.get().map(text::time_left).unwrap_or_default());
    let wait = words(move || {
        text::device_health(health.get(), &name.read())
            .unwrap_or_else(|| text::device_next_step().to_owned())
    });
    let wait_class = words(move || {
        let is_good = health.get() == PollingHealth::Good;
        let trouble = if is_good {
            ""
        } else {
            " device-flow__wait--trouble"
        };
        format!("device-flow__wait{trouble}")
    });
    view! {
        <div prop:className=class>
            // The words beside it say the same, so that no screen reader follows each second.
            <progress {..attr("aria-hidden", "true")} {..text_attr("max", all.max(1).to_string())} prop:value=left></progress>
            <p prop:className=wait_class>
                <span class="spinner" {..attr("aria-hidden", "true")}></span>
                <span prop:textContent=wait></span>
            </p>
            <p class="device-flow__left" prop:textContent=time></p>
        </div>
    }
    .into_any()
}
