use std::cell::{RefCell, RefMut};
use std::rc::Rc;

use leptos::prelude::document;

use super::part::Part;
use super::settle::HOST_CLASS;

/// The class of the elements that views of a test are mounted in.
pub const PLACE_CLASS: &str = "place-of-a-test";

thread_local! {
    /// What tests have mounted, also where the test has removed it since.
    static MOUNTED: RefCell<Vec<Rc<dyn Remove>>> = RefCell::default();
}

/// A mounted view that is removed when this is dropped, or when the next test
/// begins. A panic in WebAssembly does not unwind, so a test that fails drops
/// nothing. Its view would load lists and draw during the tests after it, and
/// these would fail too.
pub struct Removable<T: 'static>(Rc<RefCell<Option<T>>>);

trait Remove {
    fn remove(&self);
}

impl<T> Remove for RefCell<Option<T>> {
    fn remove(&self) {
        drop(self.take());
    }
}

impl<T> Removable<T> {
    pub fn new(value: T) -> Self {
        let value = Rc::new(RefCell::new(Some(value)));
        MOUNTED.with_borrow_mut(|all| all.push(Rc::clone(&value) as Rc<dyn Remove>));
        Self(value)
    }

    /// The view, which must still be mounted.
    #[track_caller]
    pub fn get(&self) -> RefMut<'_, T> {
        RefMut::map(self.0.borrow_mut(), |value| {
            value.as_mut().expect("a mounted view")
        })
    }
}

impl<T> Drop for Removable<T> {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// Removes what a failed test has left.
pub fn remove_leftover() {
    for view in MOUNTED.take() {
        view.remove();
    }
    let body = Part(document().body().expect("a body").into());
    for place in body.select(&format!(".{PLACE_CLASS}, .{HOST_CLASS}")) {
        place.0.remove();
    }
}
