use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use super::replaced::Replaced;

/// Replaces `window.open` until this is dropped: it opens fake windows for
/// redirect flows, or blocks them.
pub struct Popups {
    opened: Rc<RefCell<Vec<Popup>>>,
    _replaced: Replaced,
    _function: Closure<dyn FnMut() -> JsValue>,
}

impl Popups {
    /// A browser that allows windows.
    pub fn allowed() -> Self {
        Self::install(false)
    }

    /// A browser that blocks windows.
    pub fn blocked() -> Self {
        Self::install(true)
    }

    fn install(blocked: bool) -> Self {
        let opened = Rc::new(RefCell::new(Vec::new()));
        let function = Closure::<dyn FnMut() -> JsValue>::new({
            let opened = Rc::clone(&opened);
            move || {
                if blocked {
                    return JsValue::NULL;
                }
                let popup = Popup::new();
                opened.borrow_mut().push(popup.clone());
                popup.0.into()
            }
        });
        Self {
            opened,
            _replaced: Replaced::function("open", function.as_ref()),
            _function: function,
        }
    }

    /// The number of opened windows.
    pub fn count(&self) -> usize {
        self.opened.borrow().len()
    }

    /// The window that was opened last.
    #[track_caller]
    pub fn last(&self) -> Popup {
        let opened = self.opened.borrow();
        opened.last().expect("an open window").clone()
    }
}

/// A fake window.
#[derive(Clone)]
pub struct Popup(Object);

impl Popup {
    fn new() -> Self {
        let popup = Self(Object::new());
        popup.set("closed", &false.into());
        popup.set("opener", &"this page".into());
        popup.set("fronted", &false.into());
        popup.on("close", |window| set(window, "closed", &true.into()));
        popup.on("focus", |window| set(window, "fronted", &true.into()));
        let location = Object::new();
        let replace = Closure::<dyn FnMut(JsValue)>::new({
            let location = location.clone();
            move |url: JsValue| set(&location, "href", &url)
        });
        set(&location, "replace", &replace.into_js_value());
        // That of an empty window.
        set(&location, "pathname", &"blank".into());
        popup.set("location", &location);
        popup
    }

    /// The address that it was sent to.
    pub fn url(&self) -> String {
        let location = self.get("location");
        let url = Reflect::get(&location, &"href".into()).expect("an object");
        url.as_string().expect("it was sent nowhere")
    }

    /// Whether it was sent anywhere.
    pub fn was_sent(&self) -> bool {
        let location = self.get("location");
        Reflect::has(&location, &"href".into()).expect("an object")
    }

    /// Whether its page could navigate ours.
    pub fn has_opener(&self) -> bool {
        self.get("opener").is_truthy()
    }

    /// Whether it is closed.
    pub fn is_closed(&self) -> bool {
        self.get("closed").is_truthy()
    }

    /// Whether it was brought to the front.
    pub fn is_in_front(&self) -> bool {
        self.get("fronted").is_truthy()
    }

    /// The person closes it, or its page cuts the connection to its opener,
    /// which looks the same.
    pub fn close(&self) {
        self.set("closed", &true.into());
    }

    /// It shows a page of the provider: its address and its document cannot be read.
    pub fn leave(&self) {
        refuse(&Object::from(self.get("location")), "pathname");
        refuse(&self.0, "document");
    }

    /// It returns to our origin, to this path.
    pub fn arrive(&self, path: &str) {
        let location = Object::from(self.get("location"));
        set(&location, "pathname", &path.into());
    }

    /// The deployment shows raw JSON in it.
    pub fn show_json(&self, json: &str) {
        let (document, body) = (Object::new(), Object::new());
        set(&body, "textContent", &json.into());
        set(&document, "contentType", &"application/json".into());
        set(&document, "body", &body);
        self.set("document", &document);
    }

    fn on(&self, method: &str, run: impl Fn(&Object) + 'static) {
        let window = self.0.clone();
        let function = Closure::<dyn FnMut()>::new(move || run(&window));
        self.set(method, &function.into_js_value());
    }

    fn get(&self, name: &str) -> JsValue {
        Reflect::get(&self.0, &name.into()).expect("an object")
    }

    fn set(&self, name: &str, value: &JsValue) {
        set(&self.0, name, value);
    }
}

fn set(object: &Object, name: &str, value: &JsValue) {
    Reflect::set(object, &name.into(), value).expect("an object");
}

/// Makes a property throw when it is read.
fn refuse(object: &Object, name: &str) {
    let descriptor = Object::new();
    let read = Function::new_no_args("throw new DOMException('Blocked.', 'SecurityError')");
    set(&descriptor, "get", &read);
    Object::define_property(object, &name.into(), &descriptor);
}
