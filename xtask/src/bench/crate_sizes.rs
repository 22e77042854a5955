//! How much of a WebAssembly module's code comes from which crate.

use std::collections::BTreeMap;

use super::wasm::{self, Function};

/// The sizes of a module's code and data, in bytes, uncompressed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct CrateSizes {
    /// The crates with their code, the largest first.
    pub(crate) crates: Vec<(String, u64)>,
    /// Constants and texts.
    pub(crate) data: u64,
    /// The largest functions, by their names.
    pub(crate) functions: Vec<(String, u64)>,
}

/// How many functions are named.
const FUNCTIONS: usize = 20;
/// Crates with less than this share of the code are added up.
const LEAST_SHARE: u64 = 100;
/// What is written for them, and for functions without a name.
const OTHERS: &str = "others";

/// Reads the sizes of a module that has names. `None` when it is no module.
pub(super) fn of(module: &[u8]) -> Option<CrateSizes> {
    let module = wasm::read(module)?;
    let mut crates: BTreeMap<String, u64> = BTreeMap::new();
    for Function { name, bytes } in &module.functions {
        *crates.entry(crate_of(name)).or_default() += bytes;
    }
    let total: u64 = crates.values().sum();
    let mut others = 0;
    crates.retain(|name, bytes| {
        let stays = name != OTHERS && *bytes * LEAST_SHARE >= total;
        if !stays {
            others += *bytes;
        }
        stays
    });
    let mut crates: Vec<(String, u64)> = crates.into_iter().collect();
    crates.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    if others > 0 {
        crates.push((OTHERS.to_owned(), others));
    }
    let mut functions: Vec<(String, u64)> = module
        .functions
        .iter()
        .map(|function| (readable(&function.name), function.bytes))
        .collect();
    functions.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    functions.truncate(FUNCTIONS);
    Some(CrateSizes {
        crates,
        data: module.data,
        functions,
    })
}

/// A function's name without its mangling and its hash. wasm-opt numbers the
/// functions that have the name of another one.
fn readable(name: &str) -> String {
    let mangled = name
        .rsplit_once("E_")
        .filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or_else(|| name.to_owned(), |(before, _)| format!("{before}E"));
    format!("{:#}", rustc_demangle::demangle(&mangled))
}

/// The crate that a function's code was written in.
///
/// An implementation of a trait counts for the crate of its type, and for that of
/// the trait where the type belongs to no crate or to the standard library.
fn crate_of(name: &str) -> String {
    const STANDARD: [&str; 3] = ["core", "alloc", "std"];
    let name = readable(name);
    let found = match name.strip_prefix('<') {
        None => first_segment(&name),
        Some(implementation) => {
            let (of, of_trait) = implementation
                .split_once(" as ")
                .unwrap_or((implementation, ""));
            first_segment(of)
                .filter(|found| !STANDARD.contains(found))
                .or_else(|| first_segment(of_trait))
                .or_else(|| first_segment(of))
        }
    };
    found.unwrap_or(OTHERS).to_owned()
}

/// The first segment of a path, without the signs before it. `None` when that is
/// no path, as for `(A, B)`, `T` or `memcpy`.
fn first_segment(path: &str) -> Option<&str> {
    let path = path.trim_start_matches(['<', '&', '[', '(', '*']);
    let path = ["mut ", "const ", "dyn "]
        .iter()
        .fold(path, |path, word| path.strip_prefix(word).unwrap_or(path));
    let (segment, _) = path.split_once("::")?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (!segment.is_empty() && segment.bytes().all(is_name)).then_some(segment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_belongs_to_the_crate_of_its_path() {
        for (name, found) in [
            (
                "_ZN12wasm_bindgen7convert8closures1_6invoke17h0001093ef81c4c3cE",
                "wasm_bindgen",
            ),
            (
                "_ZN12wasm_bindgen7convert8closures1_6invoke17h0001093ef81c4c3cE_11",
                "wasm_bindgen",
            ),
            ("_RNvCs1234_7mycrate3foo", "mycrate"),
            ("core::ptr::drop_in_place<tachys::view::Any>", "core"),
            ("<leptos::Show as tachys::view::Render>::build", "leptos"),
            (
                "<alloc::vec::Vec<T> as tachys::view::Render>::build",
                "tachys",
            ),
            ("<(A,B) as tachys::view::Render>::build", "tachys"),
            ("<&mut app::Card as core::fmt::Debug>::fmt", "app"),
            (
                "<alloc::string::String as core::fmt::Write>::write_str",
                "core",
            ),
            ("<dyn app::View>::draw", "app"),
            ("memcpy", "others"),
            ("", "others"),
        ] {
            assert_eq!(crate_of(name), found, "{name}");
        }
    }

    #[test]
    fn small_crates_are_added_up() {
        let module = wasm::testing::module(
            &[
                ("big::f", 300),
                ("small::g", 2),
                ("big::h", 100),
                ("memcpy", 4),
            ],
            50,
        );
        let Some(sizes) = of(&module) else {
            panic!("not read");
        };
        assert_eq!(
            sizes.crates,
            [("big".to_owned(), 400), ("others".to_owned(), 6)]
        );
        assert_eq!(sizes.functions[1], ("big::h".to_owned(), 100));
        assert!(sizes.data >= 50);
    }
}
