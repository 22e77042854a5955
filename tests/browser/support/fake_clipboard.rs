use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use super::replaced::Replaced;

/// Replaces the clipboard until this is dropped.
pub struct FakeClipboard {
    text: Rc<RefCell<Option<String>>>,
    _replaced: Replaced,
    _function: Closure<dyn FnMut(String) -> Promise>,
}

impl FakeClipboard {
    /// A browser that allows the page to copy.
    pub fn allowed() -> Self {
        Self::install(true)
    }

    /// A browser that refuses.
    pub fn refused() -> Self {
        Self::install(false)
    }

    fn install(allowed: bool) -> Self {
        let text = Rc::new(RefCell::new(None));
        let function = Closure::<dyn FnMut(String) -> Promise>::new({
            let text = Rc::clone(&text);
            move |copied| {
                if allowed {
                    text.replace(Some(copied));
                    Promise::resolve(&JsValue::UNDEFINED)
                } else {
                    let error = js_sys::Error::new("NotAllowedError");
                    Promise::reject(&error)
                }
            }
        });
        Self {
            text,
            _replaced: Replaced::function("navigator.clipboard.writeText", function.as_ref()),
            _function: function,
        }
    }

    /// The text that was copied last.
    pub fn text(&self) -> Option<String> {
        self.text.borrow().clone()
    }
}
