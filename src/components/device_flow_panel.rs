use external_auth_core::{DeviceEnd, DeviceView, PollingHealth, SafeUrl};
use leptos::html::Code;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::attr::{attr, text_attr};
use super::notice_box::raw_text;
use super::qr_code::QrCodeImage;
use crate::linking::DeviceLink;
use crate::platform::{FocusGuard, copy_text, select_element};
use crate::reactive::{dynamic, effect, words};
use crate::text::{self, button};

/// The remaining seconds at which the time is announced.
const WARNINGS: [u64; 2] = [60, 20];

/// One device flow from the code to the end: what to enter, where, how long
/// the code is valid, and the status. It is shown in a dialog and on the
/// page of a provider.
#[component]
pub(crate) fn DeviceFlowPanel(link: DeviceLink) -> impl IntoView {
    let spoken = RwSignal::new(String::new());
    let name = link.row.name;
    let content = {
        let link = link.clone();
        dynamic(move || Some(content(&link, &link.shown.read(), spoken)))
    };
    let seconds_left = link.seconds_left.clone();
    effect(move || {
        if let Some(seconds) = seconds_left
            .get()
            .filter(|seconds| WARNINGS.contains(seconds))
        {
            spoken.set(text::time_left_warning(seconds));
        }
    });
    let status = words(move || status(&link.shown.read(), &name.read()));
    view! {
        <div class="device-flow__content">{content}</div>
        // Inside the dialog, because screen readers ignore live regions outside
        // of an open dialog.
        <p class="visually-hidden" {..attr("role", "status")} prop:textContent=status></p>
        <p class="visually-hidden" {..attr("role", "status")} prop:textContent=words(move || spoken.get())></p>
    }
}

/// What a screen reader announces when the flow shows something else.
fn status(shown: &DeviceView, name: &str) -> String {
    match shown {
        DeviceView::Requesting => text::device_requesting(name),
        DeviceView::Waiting {
            user_code, health, ..
        } => text::device_health(*health, name).unwrap_or_else(|| text::code_spelled(user_code)),
        DeviceView::Confirming => text::checking_outcome().to_owned(),
        DeviceView::InAnotherTab => text::device_in_another_tab(name),
        DeviceView::OtherTabStopped => text::other_tab_stopped(name),
        DeviceView::Ended(end) => text::device_end(end, name).0,
    }
}

fn content(link: &DeviceLink, shown: &DeviceView, spoken: RwSignal<String>) -> AnyView {
    let name = link.row.name.get_untracked();
    match shown {
        DeviceView::Waiting {
            user_code,
            verification_uri,
            health,
        } => waiting(link, user_code, verification_uri, *health, spoken),
        DeviceView::Ended(end) => ended(link, end, &name, spoken),
        DeviceView::OtherTabStopped => view! {
            <p prop:textContent=text::other_tab_stopped(&name)></p>
            {renew_button(link, button::NEW_CODE)}
        }
        .into_any(),
        DeviceView::InAnotherTab => view! {
            <p class="device-flow__busy" prop:textContent=text::device_in_another_tab(&name)></p>
            {main_button(button::LINK_HERE, { let link = link.clone(); move || link.take_over() })}
        }
        .into_any(),
        other => view! { <p class="device-flow__busy" prop:textContent=status(other, &name)></p> }
            .into_any(),
    }
}

fn waiting(
    link: &DeviceLink,
    user_code: &str,
    verification_uri: &str,
    health: PollingHealth,
    spoken: RwSignal<String>,
) -> AnyView {
    let name = link.row.name.get_untracked();
    let url = link.origins().link(verification_uri);
    let seconds_left = link.seconds_left.clone();
    let time_left = words(move || seconds_left.get().map(text::time_left).unwrap_or_default());
    let code = user_code.to_owned();
    let shown_code = NodeRef::<Code>::new();
    let copy = Callback::new(move |()| {
        let code = code.clone();
        // A screen reader announces the same text again only if it was cleared
        // before.
        spoken.set(String::new());
        spawn_local(async move {
            if copy_text(&code).await {
                spoken.set(text::code_copied().to_owned());
            } else {
                if let Some(element) = shown_code.get_untracked() {
                    select_element(&element);
                }
                spoken.set(text::code_not_copied().to_owned());
            }
        });
    });
    let host = url.as_ref().map_or(name.as_str(), SafeUrl::host).to_owned();
    let copied = words(move || spoken.get());
    view! {
        <ol class="device-flow__steps">
            <li>
                <p>{text::device_copy_step()}</p>
                <div class="device-flow__code">
                    <code node_ref={shown_code} {..attr("translate", "no")} prop:textContent=user_code.to_owned()></code>
                    <button {..attr("type", "button")} class="button" on:click=move |_| copy.run(())>{button::COPY_CODE}</button>
                </div>
                <p class="device-flow__copied" {..attr("aria-hidden", "true")} prop:textContent=copied></p>
            </li>
            <li>
                <p prop:textContent=text::device_approve_step(&host)></p>
                {url.map(|url| address(&url, copy))}
            </li>
        </ol>
        <p class="device-flow__wait">
            <span class="spinner" {..attr("aria-hidden", "true")}></span>
            <span>{text::device_next_step()}</span>
            <span class="device-flow__time" prop:textContent=time_left></span>
        </p>
        {text::device_health(health, &name).map(|words| view! { <p class="device-flow__health" prop:textContent=words></p> }.into_any())}
    }
    .into_any()
}

/// Where to enter the code: a button that copies it too, the address as text, and a
/// QR code.
fn address(url: &SafeUrl, copy: Callback<()>) -> AnyView {
    let href = url.to_string();
    view! {
        <div class="device-flow__address">
            <div>
                <a class="button button--main" {..text_attr("href", href.clone())} {..attr("target", "_blank")} {..attr("rel", "noopener noreferrer")}
                    on:click=move |_| copy.run(()) prop:textContent=text::device_open(url.host())></a>
                <p class="device-flow__url" {..attr("translate", "no")} prop:textContent=href.clone()></p>
            </div>
            <figure class="device-flow__qr">
                <QrCodeImage text=href label=text::qr_label(url.host()) />
                <figcaption {..attr("aria-hidden", "true")}>{text::qr_purpose()}</figcaption>
            </figure>
        </div>
    }
    .into_any()
}

fn ended(link: &DeviceLink, end: &DeviceEnd, name: &str, spoken: RwSignal<String>) -> AnyView {
    let (words, reason) = text::device_end(end, name);
    let renew = end.can_be_renewed().then(|| {
        let label = match end {
            DeviceEnd::CodeRefused(_)
            | DeviceEnd::Failed(_)
            | DeviceEnd::NoCode
            | DeviceEnd::Unconfirmed(_) => button::TRY_AGAIN,
            _ => button::NEW_CODE,
        };
        renew_button(link, label)
    });
    view! { <p prop:textContent=words></p> {raw_text(reason, spoken)} {renew} }.into_any()
}

fn renew_button(link: &DeviceLink, label: &'static str) -> AnyView {
    let link = link.clone();
    main_button(label, move || link.renew())
}

fn main_button(label: &'static str, run: impl Fn() + 'static) -> AnyView {
    let run: Box<dyn Fn()> = Box::new(run);
    let press = move |_| {
        run();
        // The button disappears together with the panel.
        FocusGuard::anywhere().move_to("device-title");
    };
    view! {
        <button {..attr("type", "button")} class="button button--main" on:click=press prop:textContent=label></button>
    }
    .into_any()
}
