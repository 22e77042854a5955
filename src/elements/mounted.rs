use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use external_auth_core::ProviderState;
use js_sys::{Function, Promise};
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, Node};

use super::element_kind::ElementKind;
use super::element_options::ElementOptions;
use super::element_view::element_view;
use super::emit::{emit_events, emit_states};
use super::shared_store::SharedStore;
use crate::Config;
use crate::platform::{PageTheme, PageThemeWatch, call_on_panic};
use crate::store::{ExternalAuthStore, ProviderEntry, StoreEvent};

/// Draws an element into its shadow root, and shows it until what is returned
/// is freed. `kind` is `list`, `provider` or `button`; `options` are its
/// attributes and properties; `emit(name, detail)` is called for each event.
///
/// # Errors
///
/// When `root` takes no children.
#[wasm_bindgen]
pub fn mount(
    kind: &str,
    root: &Node,
    options: &JsValue,
    emit: Function,
) -> Result<Mounted, JsValue> {
    let place: HtmlElement = document().create_element("div")?.unchecked_into();
    take_theme(&place);
    root.append_child(&place)?;
    let theme = PageThemeWatch::new({
        let place = place.clone();
        move || take_theme(&place)
    });
    let mut mounted = Mounted {
        kind: ElementKind::parse(kind),
        options: ElementOptions::read(options),
        view: None,
        place,
        emit,
        _theme: theme,
    };
    mounted.show();
    Ok(mounted)
}

/// Calls `callback` with what happened when the program has stopped for good.
#[wasm_bindgen]
pub fn on_panic(callback: Function) {
    call_on_panic(callback);
}

/// What an element has on the page. Freeing it takes that away, and ends all
/// that runs for it.
#[wasm_bindgen]
pub struct Mounted {
    kind: ElementKind,
    options: ElementOptions,
    view: Option<View>,
    place: HtmlElement,
    emit: Function,
    _theme: Option<PageThemeWatch>,
}

/// A view of a store, drawn. The fields are dropped in their order.
struct View {
    waiting: Rc<RefCell<Vec<Waiting>>>,
    store: ExternalAuthStore,
    disabled: RwSignal<bool>,
    owner: Owner,
    _drawn: Box<dyn Any>,
    _place: ViewOfStore,
    _shared: Rc<SharedStore>,
}

/// Tells the store when the view, dropped before this, is gone.
struct ViewOfStore(ExternalAuthStore);

impl Drop for ViewOfStore {
    fn drop(&mut self) {
        self.0.forget_view();
    }
}

/// A promise that was given for a provider.
struct Waiting {
    provider: String,
    begun: Begun,
    done: bool,
    resolve: Function,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Begun {
    Link,
    Unlink,
}

#[wasm_bindgen]
impl Mounted {
    /// Takes attributes and properties that have changed.
    pub fn set(&mut self, options: &JsValue) {
        let options = ElementOptions::read(options);
        if options == self.options {
            return;
        }
        let config = &self.options.config;
        let locale = |config: &Config| config.embedding.as_ref()?.locale.clone();
        // Words of time are drawn anew in another language.
        let same_view =
            options.config.is_same_session(config) && locale(&options.config) == locale(config);
        self.options = options;
        match &self.view {
            Some(view) if same_view => {
                view.store.set_config(&self.options.config);
                if view.store.only.get_untracked() != self.options.providers {
                    // What was said was about another one.
                    view.store.announcement.set(String::new());
                    view.store.only.set(self.options.providers.clone());
                }
                view.disabled.set(self.options.disabled);
            }
            _ => self.show(),
        }
    }

    /// Loads the list again; resolves when that is over.
    pub fn refresh(&self) -> Promise {
        let store = self.view.as_ref().map(|view| view.store);
        promise(move |resolve| {
            spawn_local(async move {
                if let Some(store) = store {
                    store.load().await;
                }
                settle(&resolve, &JsValue::UNDEFINED);
            });
        })
    }

    /// Begins to link a provider, as its button does; must be called in a
    /// click, or the browser blocks the window. Resolves when that is over, to
    /// whether it was linked.
    pub fn link(&self, provider: &str) -> Promise {
        self.begin(provider, Begun::Link)
    }

    /// Asks the person whether to remove a link, as its button does. Resolves
    /// when that is over, to whether it was removed.
    pub fn unlink(&self, provider: &str) -> Promise {
        self.begin(provider, Begun::Unlink)
    }

    fn begin(&self, provider: &str, begun: Begun) -> Promise {
        let Some(View { store, waiting, .. }) = &self.view else {
            return Promise::resolve(&JsValue::FALSE);
        };
        let (store, waiting) = (*store, Rc::clone(waiting));
        if self.options.disabled {
            return Promise::resolve(&JsValue::FALSE);
        }
        let provider = provider.to_owned();
        promise(move |resolve| {
            let start = move |entry: &ProviderEntry, resolve| {
                if begun == Begun::Unlink && entry.state.get_untracked() == ProviderState::NotLinked
                {
                    settle(&resolve, &JsValue::FALSE);
                    return;
                }
                waiting.borrow_mut().push(Waiting {
                    provider: entry.id.to_string(),
                    begun,
                    done: false,
                    resolve,
                });
                match begun {
                    Begun::Link => {
                        store.link(entry);
                    }
                    Begun::Unlink => {
                        // A question takes the place of one that is not answered.
                        let before = store.unlink_candidate.get_untracked();
                        store.unlink_candidate.set(Some(entry.clone()));
                        if let Some(before) = before.filter(|before| before != entry) {
                            store.emit_settled(&before.id);
                        }
                    }
                }
            };
            let entry = move || {
                let rows = untrack(|| store.rows());
                rows.into_iter().find(|entry| *entry.id == *provider)
            };
            // In the click, where the list is there already.
            if let Some(entry) = entry() {
                start(&entry, resolve);
                return;
            }
            spawn_local(async move {
                store.load().await;
                match entry() {
                    Some(entry) => start(&entry, resolve),
                    None => settle(&resolve, &JsValue::FALSE),
                }
            });
        })
    }

    fn show(&mut self) {
        // The old one first: it may be the last that has its store.
        self.view = None;
        let shared = SharedStore::of(&self.options.config);
        let base = shared.store();
        let config = self.options.config.clone();
        let kind = self.kind;
        let providers = self.options.providers.clone();
        let is_disabled = self.options.disabled;
        let emit = self.emit.clone();
        let waiting: Rc<RefCell<Vec<Waiting>>> = Rc::default();
        let made = Rc::new(RefCell::new(None));
        let draw = {
            let (made, waiting) = (Rc::clone(&made), Rc::clone(&waiting));
            move || {
                let store = base.view(&config);
                let disabled = RwSignal::new(is_disabled);
                made.replace(Some((store, disabled)));
                store.only.set(providers);
                emit_events(store, emit.clone());
                emit_states(store, emit);
                settle_promises(store, waiting);
                element_view(kind, store, disabled)
            }
        };
        let owner = Owner::new();
        let drawn = owner.with(|| mount_to(self.place.clone(), draw));
        base.start_embedded();
        self.view = made.take().map(|(store, disabled)| View {
            waiting,
            store,
            disabled,
            owner,
            _drawn: Box::new(drawn),
            _place: ViewOfStore(store),
            _shared: shared,
        });
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.view = None;
        self.place.remove();
    }
}

impl Drop for View {
    fn drop(&mut self) {
        for waiting in self.waiting.take() {
            settle(&waiting.resolve, &waiting.done.into());
        }
        // While what is drawn is still there to be forgotten by the store.
        self.owner.cleanup();
    }
}

/// The style sheet takes the colours of the page around from the class.
fn take_theme(place: &HtmlElement) {
    place.set_class_name(match PageTheme::now() {
        None => "element-root",
        Some(PageTheme::Dark) => "element-root element-root--dark",
        Some(PageTheme::Light) => "element-root element-root--light",
    });
}

/// Settles the promises that were given for what the person does.
fn settle_promises(store: ExternalAuthStore, waiting: Rc<RefCell<Vec<Waiting>>>) {
    let mark = move |waiting: &Rc<RefCell<Vec<Waiting>>>, provider: &str, begun: Begun| {
        for waiting in waiting.borrow_mut().iter_mut() {
            waiting.done |= waiting.provider == provider && waiting.begun == begun;
        }
    };
    store.observe(move |event| match event {
        StoreEvent::Linked { provider, .. } => mark(&waiting, provider, Begun::Link),
        StoreEvent::Unlinked { provider, .. } => mark(&waiting, provider, Begun::Unlink),
        StoreEvent::Settled { provider } => {
            let all = waiting.take();
            let (over, others): (Vec<_>, Vec<_>) =
                (all.into_iter()).partition(|waiting| waiting.provider == *provider);
            waiting.replace(others);
            for waiting in over {
                settle(&waiting.resolve, &waiting.done.into());
            }
        }
        _ => {}
    });
}

fn promise(begin: impl FnOnce(Function)) -> Promise {
    let mut begin = Some(begin);
    Promise::new(&mut |resolve, _reject| {
        if let Some(begin) = begin.take() {
            begin(resolve);
        }
    })
}

fn settle(resolve: &Function, value: &JsValue) {
    // It cannot throw: it settles a promise.
    let _ = resolve.call1(&JsValue::UNDEFINED, value);
}
