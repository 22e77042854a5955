use std::cell::{Cell, RefCell};
use std::thread::LocalKey;

use futures_util::future::LocalBoxFuture;
use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{ChunkError, ChunkStatus};
use crate::platform::next_task;

/// The fetch of a chunk.
pub type Loading<T> = LocalBoxFuture<'static, Result<&'static T, ChunkError>>;

/// What waits for the end of a fetch.
type Waiting<T> = Box<dyn FnOnce(Result<&'static T, ChunkError>)>;

/// What waits for the chunk, however often the fetch fails.
type Patient<T> = Box<dyn FnOnce(&'static T)>;

/// A table of functions in a file of the program that may not be there yet.
pub struct Chunk<T: ?Sized + 'static> {
    table: Cell<Option<&'static T>>,
    status: ArcRwSignal<ChunkStatus>,
    is_loading: Cell<bool>,
    waiting: RefCell<Vec<Waiting<T>>>,
    patient: RefCell<Vec<Patient<T>>>,
    load: fn() -> Loading<T>,
}

impl<T: ?Sized + 'static> Chunk<T> {
    /// A chunk whose table is there already, or has to be loaded.
    pub fn new(there_already: fn() -> Option<&'static T>, load: fn() -> Loading<T>) -> Self {
        let table = there_already();
        let status = if table.is_some() {
            ChunkStatus::Ready
        } else {
            ChunkStatus::Awaited
        };
        Self {
            table: Cell::new(table),
            status: ArcRwSignal::new(status),
            is_loading: Cell::new(false),
            waiting: RefCell::default(),
            patient: RefCell::default(),
            load,
        }
    }

    /// The table, if it is there.
    #[must_use]
    pub fn get(this: &'static LocalKey<Self>) -> Option<&'static T> {
        this.with(|chunk| chunk.table.get())
    }

    /// Whether the chunk is there. A reader runs again when this changes.
    #[must_use]
    pub fn status(this: &'static LocalKey<Self>) -> ChunkStatus {
        this.with(|chunk| chunk.status.get())
    }

    /// Fetches the chunk, unless it is there or on its way.
    pub fn load(this: &'static LocalKey<Self>) {
        let load = this.with(|chunk| {
            let is_needed = chunk.table.get().is_none() && !chunk.is_loading.replace(true);
            is_needed.then_some(chunk.load)
        });
        if let Some(load) = load {
            spawn_local(async move {
                let loaded = load().await;
                // What a chunk begins with may take long on a slow phone.
                next_task().await;
                this.with(|chunk| chunk.finish(loaded));
            });
        }
    }

    /// Uses the table: now, if it is there; otherwise when it is fetched, or with
    /// the error when that fails.
    pub fn run(
        this: &'static LocalKey<Self>,
        run: impl FnOnce(Result<&'static T, ChunkError>) + 'static,
    ) {
        if let Some(table) = Self::get(this) {
            return run(Ok(table));
        }
        this.with(|chunk| chunk.waiting.borrow_mut().push(Box::new(run)));
        Self::load(this);
    }

    /// The table, now or when it is fetched.
    ///
    /// # Errors
    ///
    /// When it could not be fetched.
    pub async fn fetched(this: &'static LocalKey<Self>) -> Result<&'static T, ChunkError> {
        if let Some(table) = Self::get(this) {
            return Ok(table);
        }
        let end = Promise::new(&mut |resolve, _| {
            Self::run(this, move |_| {
                // Settling a promise cannot throw.
                let _ = resolve.call0(&JsValue::UNDEFINED);
            });
        });
        let _ = JsFuture::from(end).await;
        Self::get(this).ok_or(ChunkError)
    }

    /// Uses the table as soon as it is there. Does not fetch it.
    pub fn when_ready(this: &'static LocalKey<Self>, run: impl FnOnce(&'static T) + 'static) {
        match Self::get(this) {
            Some(table) => run(table),
            None => this.with(|chunk| chunk.patient.borrow_mut().push(Box::new(run))),
        }
    }

    fn finish(&self, loaded: Result<&'static T, ChunkError>) {
        self.is_loading.set(false);
        self.table.set(loaded.ok());
        // What waits may wait again, so the lists are taken out first.
        if let Ok(table) = loaded {
            for run in self.patient.take() {
                run(table);
            }
        }
        for run in self.waiting.take() {
            run(loaded);
        }
        self.status.set(if loaded.is_ok() {
            ChunkStatus::Ready
        } else {
            ChunkStatus::Failed
        });
    }
}
