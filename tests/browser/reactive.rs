//! Why `src/reactive` unsubscribes its readers when their owner is cleaned up.

use coder_external_auth::reactive::memo;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

const READERS: usize = 40_000;

/// How many bytes the WebAssembly memory grows while `READERS` readers of one
/// signal are created and cleaned up, one after another.
fn growth(read: impl Fn(RwSignal<u8>) -> Memo<u8>) -> f64 {
    let outer = Owner::new();
    let signal = outer.with(|| RwSignal::new(0_u8));
    let make = || {
        let owner = Owner::new();
        owner.with(|| read(signal).get_untracked());
        owner.cleanup();
    };
    // The first readers allocate memory that the allocator and the reactive
    // graph keep for reuse.
    for _ in 0..1_000 {
        make();
    }
    let taken = take_free_memory();
    let before = memory_size();
    for _ in 0..READERS {
        make();
    }
    let after = memory_size();
    drop(taken);
    outer.cleanup();
    after - before
}

/// Takes what other tests have left free, so that what is allocated next needs
/// more memory.
fn take_free_memory() -> Vec<Vec<u8>> {
    let mut taken = Vec::new();
    for size in [65_536, 4_096, 256] {
        let before = memory_size();
        while memory_size() <= before {
            taken.push(Vec::with_capacity(size));
        }
    }
    taken
}

fn memory_size() -> f64 {
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let buffer: js_sys::ArrayBuffer = memory.buffer().unchecked_into();
    f64::from(buffer.byte_length())
}

/// If this fails because nothing grows, the reactive graph unsubscribes itself
/// now, and `unsubscribe_on_cleanup` can be removed.
#[wasm_bindgen_test]
fn a_signal_keeps_the_memory_of_a_cleaned_up_reader() {
    let grown = growth(|signal| {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the behavior that src/reactive works around"
        )]
        Memo::new(move |_| signal.get())
    });
    assert!(grown > 1_000_000.0, "it grew by {grown} bytes");
}

#[wasm_bindgen_test]
fn our_memo_releases_its_memory_when_its_owner_is_cleaned_up() {
    let grown = growth(|signal| memo(move || signal.get()));
    assert!(grown < 300_000.0, "it grew by {grown} bytes");
}
