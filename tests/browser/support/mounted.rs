use std::any::Any;
use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use coder_external_auth::Config;
use coder_external_auth::components::ExternalAuthList;
use coder_external_auth::pages::SettingsPage;
use coder_external_auth::session::ProviderRow;
use coder_external_auth::view::View;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::part::Part;
use super::removable::{PLACE_CLASS, Removable};
use super::settle::settle;

/// A view that is mounted on the test's page until this is dropped.
pub struct Mounted {
    place: Part,
    handle: Option<Removable<Box<dyn Any>>>,
}

impl Mounted {
    /// Removes the view from the page.
    pub async fn unmount(mut self) {
        drop(self.handle.take());
        settle().await;
    }
}

impl Deref for Mounted {
    type Target = Part;

    fn deref(&self) -> &Part {
        &self.place
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        drop(self.handle.take());
        self.place.0.remove();
    }
}

/// Mounts a view.
pub fn mount<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Mounted {
    let place = document().create_element("div").expect("an element");
    place.set_class_name(PLACE_CLASS);
    let body = document().body().expect("a body");
    body.append_child(&place).expect("a place on the page");
    let element: HtmlElement = place.clone().unchecked_into();
    Mounted {
        place: Part(place),
        handle: Some(Removable::new(Box::new(mount_to(element, view)))),
    }
}

/// Mounts the whole page, which loads the list automatically.
pub async fn open_page() -> Mounted {
    open_page_with(Config::default()).await
}

/// Mounts the whole page with the operator's configuration.
pub async fn open_page_with(config: Config) -> Mounted {
    let page = mount(move || view! { <SettingsPage config /> });
    settle().await;
    page
}

/// A view whose owner is on the page, with or without something drawn.
pub struct OpenView {
    pub view: View,
    pub page: Mounted,
}

impl OpenView {
    /// Loads the list, which must have an answer.
    pub async fn load(&self) {
        self.view.reload();
        settle().await;
    }

    /// The row of a provider.
    #[track_caller]
    pub fn row(&self, id: &str) -> ProviderRow {
        let rows = self.view.session.rows.get_untracked();
        let found = rows.iter().find(|row| *row.id == *id).cloned();
        found.unwrap_or_else(|| panic!("no row {id}"))
    }
}

/// A view with the list drawn. Nothing is asked for yet.
pub fn open_list() -> OpenView {
    open(|view| view! { <ExternalAuthList view /> }.into_any())
}

/// A view without anything drawn. Nothing is asked for yet.
pub fn open_view() -> OpenView {
    open(|_| ().into_any())
}

fn open(draw: impl FnOnce(View) -> AnyView + 'static) -> OpenView {
    let made = Rc::new(RefCell::new(None));
    let page = mount({
        let made = Rc::clone(&made);
        move || {
            let view = View::new(&Config::default());
            made.replace(Some(view));
            draw(view)
        }
    });
    let view = made.take().expect("a view");
    OpenView { view, page }
}
