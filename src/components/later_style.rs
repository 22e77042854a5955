use std::cell::OnceCell;

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, Element};

/// The style of what is drawn after the first rows. It is in the code that draws
/// it, so that the first load is without it.
const STYLE: &str = concat!(
    include_str!("../../style/later/attention-elsewhere.css"),
    include_str!("../../style/later/avatar.css"),
    include_str!("../../style/later/check-all.css"),
    include_str!("../../style/later/device-flow.css"),
    include_str!("../../style/later/dialog.css"),
    include_str!("../../style/later/far-rows.css"),
    include_str!("../../style/later/installation-list.css"),
    include_str!("../../style/later/no-providers.css"),
    include_str!("../../style/later/notice-tones.css"),
    include_str!("../../style/later/provider-details.css"),
    include_str!("../../style/later/resting-rows.css"),
    include_str!("../../style/later/search-keys.css"),
    include_str!("../../style/later/waiting-rows.css"),
);

thread_local! {
    static SHEET: OnceCell<Option<CssStyleSheet>> = const { OnceCell::new() };
}

/// Adds the style to the document or the shadow root that an element is in. A
/// policy for styles does not concern a constructed style sheet.
pub(super) fn add_later_style(element: &Element) {
    SHEET.with(|sheet| {
        if let Some(sheet) = sheet.get_or_init(new_sheet) {
            add(sheet, &element.get_root_node());
        }
    });
}

fn new_sheet() -> Option<CssStyleSheet> {
    let sheet = CssStyleSheet::new().ok()?;
    sheet.replace_sync(STYLE).ok()?;
    Some(sheet)
}

/// A document can refuse the sheet of another document. What is drawn can then be
/// used, but it looks plain.
fn add(sheet: &JsValue, root: &JsValue) {
    let sheets = Reflect::get(root, &"adoptedStyleSheets".into()).ok();
    if let Some(sheets) = sheets.and_then(|sheets| sheets.dyn_into::<Array>().ok())
        && !sheets.includes(sheet, 0)
    {
        let all = Array::from(&sheets);
        all.push(sheet);
        let _ = Reflect::set(root, &"adoptedStyleSheets".into(), &all);
    }
}
