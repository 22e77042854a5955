use external_auth_core::ProviderState;
use futures_util::FutureExt;
use js_sys::{Function, Promise};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::Node;

use super::element_kind::ElementKind;
use super::element_options::ElementOptions;
use super::mount_surface::MountSurface;
use super::mounted_view::MountedView;
use crate::linking::LinkOutcome;
use crate::platform::log_panics;
use crate::session::{Deferred, ProviderRow};
use crate::unlinking::UnlinkOutcome;
use crate::view::View;

/// Draws an element into its shadow root, and shows it until the returned
/// value is freed. `kind` is `list`, `provider` or `button`. `options` are
/// the attributes and properties. `emit(name, detail)` is called for each
/// event.
///
/// # Errors
///
/// When `root` accepts no children.
#[wasm_bindgen]
pub fn mount(
    kind: &str,
    root: &Node,
    options: &JsValue,
    emit: Function,
) -> Result<Mounted, JsValue> {
    log_panics();
    let mut mounted = Mounted {
        kind: ElementKind::parse(kind),
        options: ElementOptions::read(options),
        view: None,
        surface: MountSurface::new(root)?,
        emit,
    };
    mounted.draw();
    Ok(mounted)
}

/// What an element draws and runs. Freeing it removes and ends all of that.
/// The fields are dropped in their order.
#[wasm_bindgen]
pub struct Mounted {
    kind: ElementKind,
    options: ElementOptions,
    view: Option<MountedView>,
    surface: MountSurface,
    emit: Function,
}

/// A command of the embedding page.
#[derive(Clone, Copy)]
enum Command {
    Link,
    Unlink,
}

#[wasm_bindgen]
impl Mounted {
    /// Applies changed attributes and properties.
    pub fn set(&mut self, options: &JsValue) {
        let options = ElementOptions::read(options);
        if options == self.options {
            return;
        }
        // In another language, everything is drawn again.
        let same_language = options.config.locale() == self.options.config.locale();
        self.options = options;
        match &self.view {
            Some(drawn) if same_language && drawn.view.session.is_of(&self.options.config) => {
                drawn.set(&self.options);
            }
            _ => self.draw(),
        }
    }

    /// Loads the list again. Resolves when the list is loaded or has failed.
    pub fn refresh(&self) -> Promise {
        let Some(drawn) = &self.view else {
            return Promise::resolve(&JsValue::UNDEFINED);
        };
        let load = drawn.view.session.load().map(|_| JsValue::UNDEFINED);
        let promises = &drawn.promises;
        promises.promise(load.boxed_local(), JsValue::UNDEFINED)
    }

    /// Starts to link a provider, as its button does. Call this in a click,
    /// because the browser blocks other windows. Resolves when the link is
    /// over, to whether the account was linked.
    pub fn link(&self, provider: &str) -> Promise {
        self.begin(provider, Command::Link)
    }

    /// Asks the person whether to remove a link, as its button does. Resolves
    /// when that is over, to whether the link was removed.
    pub fn unlink(&self, provider: &str) -> Promise {
        self.begin(provider, Command::Unlink)
    }

    fn begin(&self, provider: &str, command: Command) -> Promise {
        let drawn = match &self.view {
            Some(drawn) if !self.options.disabled => drawn,
            _ => return Promise::resolve(&JsValue::FALSE),
        };
        let view = drawn.view;
        let provider = provider.to_owned();
        let row = move || {
            let rows = untrack(|| view.rows());
            rows.into_iter().find(|row| *row.id == *provider)
        };
        // Inside the click, if the list is already loaded.
        let begun = row().map(|row| command.begin(view, &row));
        let command = async move {
            let begun = if let Some(begun) = begun {
                begun
            } else {
                view.session.load().await;
                let row = if view.is_gone() { None } else { row() };
                row.map_or(Begun::Nothing, |row| command.begin(view, &row))
            };
            JsValue::from(begun.result().await)
        };
        drawn
            .promises
            .promise(command.boxed_local(), JsValue::FALSE)
    }

    fn draw(&mut self) {
        // The old view is dropped first, because it may be the last one of its
        // session.
        self.view = None;
        let (options, place) = (&self.options, &self.surface.place);
        self.view = MountedView::draw(self.kind, options, place, &self.emit);
    }
}

impl Command {
    /// Begins the command for a row.
    fn begin(self, view: View, row: &ProviderRow) -> Begun {
        match self {
            Self::Link => Begun::Link(view.link(row)),
            Self::Unlink if row.state_untracked() == ProviderState::NotLinked => Begun::Nothing,
            Self::Unlink => Begun::Unlink(view.ask_unlink(row)),
        }
    }
}

/// A command that has begun.
enum Begun {
    Link(Deferred<LinkOutcome>),
    Unlink(Deferred<UnlinkOutcome>),
    Nothing,
}

impl Begun {
    /// Whether the command did what it was given for.
    async fn result(self) -> bool {
        match self {
            Self::Link(outcome) => outcome.await.is_linked(),
            Self::Unlink(outcome) => outcome.await.is_removed(),
            Self::Nothing => false,
        }
    }
}
