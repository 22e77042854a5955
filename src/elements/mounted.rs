use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::Node;

use super::element_part::{ELEMENTS, ElementPart};
use crate::chunk::Chunk;
use crate::platform::log_panics;

/// Fetches the code for elements. Await this once before [`mount`].
///
/// # Errors
///
/// When the code cannot be fetched. The next call tries again.
#[wasm_bindgen]
pub fn prepare() -> Promise {
    log_panics();
    Promise::new(&mut |resolve, reject| {
        Chunk::run(&ELEMENTS, move |elements| {
            // Settling a promise cannot throw.
            let _ = match elements {
                Ok(_) => resolve.call0(&JsValue::UNDEFINED),
                Err(_) => reject.call1(
                    &JsValue::UNDEFINED,
                    &JsError::new("a part of the program could not be fetched").into(),
                ),
            };
        });
    })
}

/// Draws an element into its shadow root, and shows it until the returned
/// value is freed. `kind` is `list`, `provider` or `button`. `options` are
/// the attributes and properties. `emit(name, detail)` is called for each
/// event. `early` has the requests that were sent before the program ran. The
/// first session that they fit takes them over.
///
/// # Errors
///
/// When `root` accepts no children, or before [`prepare`] has ended.
#[wasm_bindgen]
pub fn mount(
    kind: &str,
    root: &Node,
    options: &JsValue,
    emit: Function,
    early: &JsValue,
) -> Result<Mounted, JsValue> {
    let elements = Chunk::get(&ELEMENTS).ok_or(JsValue::UNDEFINED)?;
    Ok(Mounted(elements.mount(kind, root, options, emit, early)?))
}

/// What an element draws and runs. Freeing it removes and ends all of that.
#[wasm_bindgen]
pub struct Mounted(Box<dyn ElementPart>);

#[wasm_bindgen]
impl Mounted {
    /// Applies changed attributes and properties.
    pub fn set(&mut self, options: &JsValue) {
        self.0.set(options);
    }

    /// Loads the list again. Resolves when the list is loaded or has failed.
    pub fn refresh(&self) -> Promise {
        self.0.refresh()
    }

    /// Starts to link a provider, as its button does. Call this in a click,
    /// because the browser blocks other windows. Resolves when the link is
    /// over, to whether the account was linked.
    pub fn link(&self, provider: &str) -> Promise {
        self.0.link(provider)
    }

    /// Asks the person whether to remove a link, as its button does. Resolves
    /// when that is over, to whether the link was removed.
    pub fn unlink(&self, provider: &str) -> Promise {
        self.0.unlink(provider)
    }
}
