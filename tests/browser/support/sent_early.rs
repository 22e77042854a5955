use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::JsValue;

use super::answer::Answer;
use super::fake_fetch::network_failure;
use super::settle::{happened, settle};

/// Requests that were sent before the program ran, as
/// `public/early-requests.js` hands them over. They are sent now; the test
/// sends the answers.
pub struct SentEarly {
    /// What the program gets.
    pub handed_over: JsValue,
    /// The list.
    pub list: EarlyAnswer,
    /// Who is signed in.
    pub user: EarlyAnswer,
}

impl SentEarly {
    /// To the page's own origin, while the page is visible.
    pub fn new() -> Self {
        Self::with(&[])
    }

    /// With other fields of the object.
    pub fn with(fields: &[(&str, JsValue)]) -> Self {
        let (list, list_promise) = EarlyAnswer::new();
        let (user, user_promise) = EarlyAnswer::new();
        let now = window().performance().expect("a clock").now();
        let handed_over = Object::new();
        let usual = [
            ("baseUrl", "".into()),
            ("sentAt", now.into()),
            ("inSight", true.into()),
            ("list", list_promise.into()),
            ("user", user_promise.into()),
        ];
        for (name, value) in usual.iter().chain(fields) {
            Reflect::set(&handed_over, &(*name).into(), value).expect("an object");
        }
        Self {
            handed_over: handed_over.into(),
            list,
            user,
        }
    }
}

/// The answer to such a request.
pub struct EarlyAnswer {
    resolve: Function,
    reject: Function,
}

impl EarlyAnswer {
    fn new() -> (Self, Promise) {
        let functions = Rc::new(RefCell::new(None));
        let promise = Promise::new(&mut |resolve: Function, reject: Function| {
            functions.replace(Some(Self { resolve, reject }));
        });
        let answer = functions.take().expect("it is called at once");
        (answer, promise)
    }

    /// It arrives now.
    pub async fn arrives(&self, answer: Answer) {
        let arrived = Array::of2(&answer.response(), &js_sys::Date::now().into());
        self.settle(&self.resolve, &arrived).await;
    }

    /// It fails now, as without a network.
    pub async fn fails(&self) {
        self.settle(&self.reject, &network_failure()).await;
    }

    async fn settle(&self, function: &Function, value: &JsValue) {
        function.call1(&JsValue::UNDEFINED, value).expect("an end");
        happened();
        settle().await;
    }
}
