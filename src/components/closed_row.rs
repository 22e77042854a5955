use std::rc::Rc;

use external_auth_core::{
    ActionOffer, ActionPlace, ProviderAction, ProviderState, RowModel, name_without_isolates,
};
use web_sys::{Element, HtmlElement};

use super::glyph::GlyphKind;
use super::row_kit::{ICON_BUTTON, RowKit};
use crate::platform::upper_case;
use crate::session::ProviderRow;
use crate::text;
use crate::view::{ROW_NUMBER, card_id};

/// The line of a row on the page: a disclosure button, the icon, the name, the
/// state, one line of facts, and the actions.
///
/// It keeps what it shows, and writes to the page only what has changed.
pub(super) struct ClosedRow {
    /// The list item.
    pub(super) element: HtmlElement,
    toggle: Element,
    icon: Element,
    name: Element,
    badge: Element,
    fact: Element,
    actions: Element,
    buttons: [Option<HtmlElement>; ProviderAction::ALL.len()],
    shown: Option<Rc<RowModel>>,
    /// The state and the facts, as they are on the page.
    words: [String; 2],
}

impl ClosedRow {
    /// The row of a provider, which shows nothing yet.
    pub(super) fn new(kit: &RowKit, row: &ProviderRow) -> Option<Self> {
        let element = kit.row()?;
        let id = card_id(&row.id);
        let toggle = element.first_element_child()?.first_element_child()?;
        set(&toggle, "aria-controls", &panel_id(&row.id));
        element.set_id(&id);
        set(&element, ROW_NUMBER, &row.number.to_string());
        let icon = toggle.next_element_sibling()?;
        let texts = icon.next_element_sibling()?;
        let name = texts.first_element_child()?;
        let badge = name.next_element_sibling()?;
        let fact = badge.next_element_sibling()?;
        Some(Self {
            element,
            actions: texts.next_element_sibling()?,
            toggle,
            icon,
            name,
            badge,
            fact,
            buttons: Default::default(),
            shown: None,
            words: Default::default(),
        })
    }

    /// Whether the row shows this model.
    pub(super) fn shows(&self, model: &Rc<RowModel>) -> bool {
        (self.shown.as_ref()).is_some_and(|shown| Rc::ptr_eq(shown, model))
    }

    /// Shows a model. `is_open`: the panel below shows the quiet actions.
    pub(super) fn show(&mut self, kit: &RowKit, model: &Rc<RowModel>, is_open: bool) {
        let before = self.shown.replace(Rc::clone(model));
        let before = before.as_deref();
        let is_new_name = before.is_none_or(|before| before.name != model.name);
        if is_new_name {
            self.name.set_text_content(Some(&model.name));
            set(&self.element, "aria-label", &model.name);
            set(&self.toggle, "aria-label", &text::row_details(&model.name));
        }
        // An icon that does not load is not tried again with every answer.
        if is_new_name || before.is_none_or(|before| before.icon != model.icon) {
            self.show_icon(kit, model);
        }
        let is_same_state = before.is_some_and(|before| {
            before.state == model.state
                && before.ends_soon == model.ends_soon
                && before.is_linking == model.is_linking
        });
        if !is_same_state {
            self.show_state(model);
        }
        let pending_before = before.and_then(|before| before.pending);
        if pending_before != model.pending {
            let is_busy = model.pending.is_some();
            set(&self.element, "aria-busy", &is_busy.to_string());
        }
        let is_same_offer = is_same_state
            && pending_before == model.pending
            && before.is_some_and(|before| before.install_url == model.install_url);
        if is_new_name || !is_same_offer {
            self.show_actions(kit, is_open);
        }
    }

    /// Shows the state and the facts, which change with time.
    pub(super) fn show_words(&mut self, state: &str, facts: &str) {
        let label = self.badge.last_element_child();
        let places = [label.as_ref(), Some(&self.fact)];
        for ((place, words), shown) in places.into_iter().zip([state, facts]).zip(&mut self.words) {
            if shown != words
                && let Some(place) = place
            {
                place.set_text_content(Some(words));
                words.clone_into(shown);
            }
        }
    }

    /// The row was opened or closed.
    pub(super) fn set_open(&mut self, kit: &RowKit, is_open: bool) {
        set(&self.toggle, "aria-expanded", &is_open.to_string());
        self.show_actions(kit, is_open);
    }

    fn show_state(&self, model: &RowModel) {
        let state = model.state;
        let (class, kind) = if model.is_linking {
            ("state-badge state-badge--busy", GlyphKind::Arc)
        } else if model.ends_soon {
            ("state-badge state-badge--unsure", GlyphKind::Exclamation)
        } else {
            (badge_class(state), state.into())
        };
        self.badge.set_class_name(class);
        let glyph = self.badge.first_element_child();
        if let Some(path) = glyph.as_ref().and_then(Element::first_element_child) {
            set(&path, "d", kind.path());
        }
    }

    fn show_icon(&self, kit: &RowKit, model: &RowModel) {
        let Some((icon, image)) = model.icon.as_ref().zip(kit.image()) else {
            return show_letter(&self.icon, &model.name);
        };
        set(&image, "src", icon.as_str());
        self.icon.set_text_content(None);
        let _ = self.icon.append_child(&image);
    }

    /// The buttons stay in their order, and a button that is offered before and
    /// after a change stays the same element, so that it keeps the focus.
    fn show_actions(&mut self, kit: &RowKit, is_open: bool) {
        let Some(model) = self.shown.as_deref() else {
            return;
        };
        let mut next: Option<HtmlElement> = None;
        let mut main: Option<HtmlElement> = None;
        let mut had_focus = false;
        for (&action, button) in ProviderAction::ALL.iter().zip(&mut self.buttons).rev() {
            let offer = model.action(action);
            let is_here = match offer.place {
                Some(ActionPlace::Main) => true,
                Some(ActionPlace::Quiet) => !is_open,
                Some(ActionPlace::Panel) | None => false,
            };
            if !is_here {
                if let Some(gone) = button.take() {
                    had_focus |=
                        gone.class_name() != ICON_BUTTON && gone.matches(":focus") == Ok(true);
                    gone.remove();
                }
                continue;
            }
            let class = button_class(offer);
            let is_main = offer.place == Some(ActionPlace::Main);
            let is_new = button.is_none();
            if is_new {
                *button = kit.button(action, class);
            }
            let Some(button) = button else {
                continue;
            };
            if !is_new && button.class_name() != class {
                kit.dress(button, action, class);
            }
            describe(button, action, model, is_new);
            if is_new {
                let before = next.as_ref().map(AsRef::as_ref);
                let _ = self.actions.insert_before(button, before);
            }
            if is_main {
                main = Some(button.clone());
            }
            next = Some(button.clone());
        }
        // The layout depends on both.
        self.element
            .set_class_name(match (main.is_some(), is_open) {
                (true, true) => "provider-card provider-card--main provider-card--open",
                (true, false) => "provider-card provider-card--main",
                (false, true) => "provider-card provider-card--open",
                (false, false) => "provider-card",
            });
        // "Cancel" takes the place of the button that began to link, and the other
        // way round.
        if had_focus && let Some(main) = &main {
            let _ = main.focus();
        }
    }
}

/// The id of the panel of a provider's row.
pub(super) fn panel_id(provider: &str) -> String {
    format!("{}-panel", card_id(provider))
}

/// Shows the first letter of a name in place of an icon.
pub(super) fn show_letter(icon: &Element, name: &str) {
    icon.set_text_content(Some(&first_letter(name)));
}

/// The first letter of a name, in upper case.
pub(super) fn first_letter(name: &str) -> String {
    let letter = name_without_isolates(name).chars().next();
    upper_case(&letter.map(String::from).unwrap_or_default())
}

fn button_class(offer: ActionOffer) -> &'static str {
    match (offer.place, offer.stands_out) {
        (Some(ActionPlace::Quiet), _) => ICON_BUTTON,
        (_, true) => "button button--main",
        (_, false) => "button",
    }
}

/// Gives a button its name and its state.
fn describe(button: &HtmlElement, action: ProviderAction, model: &RowModel, is_new: bool) {
    let offer = model.action(action);
    let name = text::action_name(action, offer, &model.name);
    set(button, "aria-label", &name);
    set_flag(button, "aria-busy", offer.is_running, is_new);
    if action == ProviderAction::Install {
        let url = model.install_url.as_ref().map(ToString::to_string);
        set(button, "href", &url.unwrap_or_default());
    } else {
        // Not `disabled`, which would drop the focus.
        set_flag(button, "aria-disabled", offer.is_busy, is_new);
    }
}

fn badge_class(state: ProviderState) -> &'static str {
    match state {
        ProviderState::Linked | ProviderState::Renewing => "state-badge state-badge--good",
        ProviderState::NeedsAttention(_) | ProviderState::AppNotInstalled => {
            "state-badge state-badge--attention"
        }
        ProviderState::CouldNotCheck(_) => "state-badge state-badge--unsure",
        ProviderState::NotVerified
        | ProviderState::NotLinked
        | ProviderState::NoLongerConfigured => "state-badge",
    }
}

fn set(element: &Element, name: &str, value: &str) {
    // It throws only for a name that is none.
    let _ = element.set_attribute(name, value);
}

/// A new element has no flag that is to be removed.
fn set_flag(element: &Element, name: &str, is_set: bool, is_new: bool) {
    if is_set {
        set(element, name, "true");
    } else if !is_new {
        let _ = element.remove_attribute(name);
    }
}
