//! How much of the release's code comes from which crate.
//!
//! The files of a release have no names. The list of names beside them
//! (`app-*.names.json`) has those of the functions of each part.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::wasm;
use crate::failure::{Explain, Failure, Result};
use crate::say;

/// Bytes before compression, in the first part and in the later parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bytes {
    /// In the part that the first rows need.
    pub(super) first: u64,
    /// In all other parts.
    pub(super) later: u64,
}

/// The sizes of the release's code and data.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct CrateSizes {
    /// Crates with their code, the largest in the first part first. Then small ones
    /// together, and the data: constants and texts.
    pub(super) rows: Vec<(String, Bytes)>,
    /// The largest functions of the first part.
    pub(super) functions: Vec<(String, u64)>,
}

/// The name of the first part in the list of names.
const FIRST: &str = "bg";
/// How many functions are named.
const FUNCTIONS: usize = 20;
/// Crates with less than this share of the code are added up.
const LEAST_SHARE: u64 = 100;
/// What is written for them, and for functions without a path.
const OTHERS: &str = "others";

/// Reads the sizes of the release in a folder.
pub(super) fn read(page: &Path) -> Result<CrateSizes> {
    let explain = || format!("read {}", say::path(page));
    let mut files = Vec::new();
    for entry in fs::read_dir(page).explain(explain)? {
        files.push(entry.explain(explain)?.path());
    }
    let ends = |file: &Path, end: &str| file.to_string_lossy().ends_with(end);
    let list = files.iter().find(|file| ends(file, ".names.json"));
    let list = list.ok_or_else(|| Failure::new("the release has no list of names"))?;
    let list: Value = serde_json::from_slice(&fs::read(list).explain(explain)?).explain(explain)?;

    let mut sizes = Sizes::default();
    for file in files.iter().filter(|file| ends(file, ".wasm")) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let part = part_of(&name);
        sizes
            .add(
                &fs::read(file).explain(explain)?,
                part,
                &list["modules"][part],
            )
            .ok_or_else(|| Failure::new(format!("{name} is no WebAssembly module")))?;
    }
    Ok(sizes.finish())
}

/// The part in a file's name: `later` for `app_later-0123456789abcdef.wasm`, and
/// `bg` for `app-0123456789abcdef_bg.wasm`.
fn part_of(name: &str) -> &str {
    let stem = name.strip_suffix(".wasm").unwrap_or(name);
    let part = stem.split_once('_').map_or(stem, |(_, part)| part);
    part.rsplit_once('-').map_or(part, |(part, _)| part)
}

/// The sums while the files are read.
#[derive(Default)]
struct Sizes {
    crates: BTreeMap<String, Bytes>,
    data: Bytes,
    functions: Vec<(String, u64)>,
}

impl Sizes {
    /// Adds a file. `None` when it is no module.
    fn add(&mut self, module: &[u8], part: &str, names: &Value) -> Option<()> {
        let module = wasm::read(module)?;
        let is_first = part == FIRST;
        let add = |sum: &mut Bytes, bytes: u64| {
            *(if is_first {
                &mut sum.first
            } else {
                &mut sum.later
            }) += bytes;
        };
        for (index, bytes) in module.functions {
            let name = names[index.to_string()].as_str().unwrap_or_default();
            add(self.crates.entry(crate_of(name)).or_default(), bytes);
            if is_first {
                self.functions.push((name.to_owned(), bytes));
            }
        }
        add(&mut self.data, module.data);
        Some(())
    }

    fn finish(mut self) -> CrateSizes {
        let total: u64 = self
            .crates
            .values()
            .map(|bytes| bytes.first + bytes.later)
            .sum();
        let mut others = Bytes::default();
        self.crates.retain(|name, bytes| {
            let stays = name != OTHERS && (bytes.first + bytes.later) * LEAST_SHARE >= total;
            if !stays {
                others.first += bytes.first;
                others.later += bytes.later;
            }
            stays
        });
        let mut rows: Vec<(String, Bytes)> = self.crates.into_iter().collect();
        rows.sort_by_key(|(_, bytes)| std::cmp::Reverse((bytes.first, bytes.later)));
        rows.push((OTHERS.to_owned(), others));
        rows.push(("data".to_owned(), self.data));
        self.functions
            .sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
        self.functions.truncate(FUNCTIONS);
        CrateSizes {
            rows,
            functions: self.functions,
        }
    }
}

/// The crate that a function's code was written in.
///
/// An implementation of a trait counts for the crate of its type, and for that of
/// the trait where the type belongs to no crate or to the standard library.
fn crate_of(name: &str) -> String {
    const STANDARD: [&str; 3] = ["core", "alloc", "std"];
    let found = match name.strip_prefix('<') {
        None => first_segment(name),
        Some(implementation) => {
            let (of, of_trait) = type_and_trait(implementation);
            first_segment(of)
                .filter(|found| !STANDARD.contains(found))
                .or_else(|| first_segment(of_trait))
                .or_else(|| first_segment(of))
        }
    };
    found.unwrap_or(OTHERS).to_owned()
}

/// The type and the trait of `Type as Trait>::function`. The trait is empty where
/// there is none.
fn type_and_trait(implementation: &str) -> (&str, &str) {
    let mut depth = 0_i32;
    let mut before = ' ';
    for (at, sign) in implementation.char_indices() {
        match sign {
            '<' => depth += 1,
            // Not the arrow of a function's type.
            '>' if before != '-' => depth -= 1,
            ' ' if depth == 0 => {
                if let Some(of_trait) = implementation[at..].strip_prefix(" as ") {
                    return (&implementation[..at], of_trait);
                }
            }
            _ => {}
        }
        if depth < 0 {
            break;
        }
        before = sign;
    }
    (implementation, "")
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
    use serde_json::json;

    use super::*;

    #[test]
    fn a_function_belongs_to_the_crate_of_its_path() {
        for (name, found) in [
            ("wasm_bindgen::convert::closures::invoke", "wasm_bindgen"),
            ("core::ptr::drop_in_place::<tachys::view::Any>", "core"),
            ("<app::session::Session>::new", "app"),
            ("<leptos::Show as tachys::view::Render>::build", "leptos"),
            (
                "<alloc::vec::Vec<T> as tachys::view::Render>::build",
                "tachys",
            ),
            ("<alloc::vec::Vec<<T as app::Row>::Key>>::push", "alloc"),
            (
                "<alloc::boxed::Box<dyn Fn(app::A) -> app::B> as tachys::Any>::of",
                "tachys",
            ),
            ("<(A, B) as tachys::view::Render>::build", "tachys"),
            ("<&mut app::Card as core::fmt::Debug>::fmt", "app"),
            (
                "<alloc::string::String as core::fmt::Write>::write_str",
                "core",
            ),
            ("<dyn app::View>::draw", "app"),
            ("Closure(Closure { owned: true }) -> Externref", "others"),
            ("memcpy", "others"),
            ("", "others"),
        ] {
            assert_eq!(crate_of(name), found, "{name}");
        }
    }

    #[test]
    fn a_file_has_the_name_of_its_part() {
        for (name, part) in [
            ("app-0123456789abcdef_bg.wasm", "bg"),
            ("app_later-0123456789abcdef.wasm", "later"),
            ("app_elements-later-0123456789abcdef.wasm", "elements-later"),
        ] {
            assert_eq!(part_of(name), part);
        }
    }

    #[test]
    fn code_is_counted_by_crate_and_part_and_small_crates_are_added_up() {
        let mut sizes = Sizes::default();
        let first = wasm::testing::module(&[300, 2, 100], 50);
        // The module imports one function, whose index is 0.
        let names = json!({ "1": "app::f", "2": "small::g", "3": "core::h" });
        assert_eq!(sizes.add(&first, "bg", &names), Some(()));
        let later = wasm::testing::module(&[40, 60], 0);
        let names = json!({ "1": "app::dialog", "2": "core::i" });
        assert_eq!(sizes.add(&later, "later", &names), Some(()));
        assert_eq!(sizes.add(b"no module", "later", &names), None);

        let sizes = sizes.finish();
        let (data, rows) = sizes.rows.split_last().unwrap();
        let bytes = |first, later| Bytes { first, later };
        assert_eq!(
            rows,
            [
                ("app".to_owned(), bytes(300, 40)),
                ("core".to_owned(), bytes(100, 60)),
                ("others".to_owned(), bytes(2, 0)),
            ]
        );
        assert!(data.0 == "data" && data.1.first >= 50);
        assert_eq!(sizes.functions[..1], [("app::f".to_owned(), 300)]);
        assert_eq!(sizes.functions.len(), 3);
    }
}
