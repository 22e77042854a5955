use std::sync::Arc;

use leptos::prelude::*;

use super::notice_box::NoticeBox;
use super::revocation_warning_box::revocation_warning_box;
use super::window_link_status::WindowLinkStatus;
use crate::platform::FocusGuard;
use crate::reactive::{dynamic, memo, unsubscribe_on_cleanup};
use crate::session::ProviderRow;
use crate::text::Tone;
use crate::view::{View, card_id};

/// What there is to say below the line of a row: the warning that a token may
/// still be valid, the state of a link that is being made in a window, and
/// notices. On the page only while there is one of them.
pub(crate) fn row_extras(view: View, row: ProviderRow) -> AnyView {
    let warning = warning(view, &row);
    let notices = notices(view, &row, true);
    view! {
        {warning}
        <WindowLinkStatus view row has_row=true />
        {notices}
    }
    .into_any()
}

fn warning(view: View, row: &ProviderRow) -> AnyView {
    let row = row.clone();
    let card = card_id(&row.id);
    let warning = memo(move || row.model().warning.clone());
    dynamic(move || Some(revocation_warning_box(view, warning.get()?, &card)))
}

/// The results of what was done, the oldest first; with `successes` also those
/// that a state beside them says as well.
pub(crate) fn notices(view: View, row: &ProviderRow, successes: bool) -> AnyView {
    let id = Arc::clone(&row.id);
    let each = move || {
        unsubscribe_on_cleanup();
        let mut notices = view.notices_of(&id);
        notices.retain(|card| successes || card.notice.tone != Tone::Success);
        notices
    };
    let row = row.clone();
    view! {
        <For each=each key=|card| card.number let(card)>
            {
                let row = row.clone();
                let dismiss = Callback::new(move |()| {
                    let card_id = card_id(&row.id);
                    FocusGuard::within(&card_id).move_to(&card_id);
                    view.dismiss_notice(card.number);
                });
                view! { <NoticeBox notice=card.notice region=view.announcement dismiss /> }
            }
        </For>
    }
    .into_any()
}
