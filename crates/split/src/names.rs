//! The names of a module's functions: taken from the module, and listed.
//!
//! A module is a header of eight bytes and sections: a byte for the kind, the
//! length, the content. Custom sections (kind 0) begin with their name. The one
//! that is named `name` has subsections; the one of kind 1 has the functions'
//! names (WebAssembly core specification, appendix "Custom Sections").

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use serde_json::json;

use crate::Failure;

/// The length of a module's header.
const HEADER: usize = 8;

/// Writes the names of the functions to `out`: for each module, by its file name,
/// the names by index. Removes the custom sections from the modules, unless they
/// are to be kept.
pub(crate) fn list(out: &Path, modules: &[OsString], keep: bool) -> Result<(), Failure> {
    let mut all = BTreeMap::new();
    for path in modules.iter().map(Path::new) {
        let module = fs::read(path)?;
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let taken = split(&module).ok_or_else(|| format!("{file} is no WebAssembly module"))?;
        if !keep {
            fs::write(path, taken.bare)?;
        }
        all.insert(file.into_owned(), taken.names);
    }
    fs::write(out, json!(all).to_string())?;
    Ok(())
}

/// A module and the names that were in it.
#[derive(Debug, PartialEq, Eq)]
struct Taken {
    /// The module without custom sections.
    bare: Vec<u8>,
    /// The names of the functions, demangled, by index.
    names: BTreeMap<u32, String>,
}

/// Takes the custom sections from a module. `None` when it is no module.
fn split(module: &[u8]) -> Option<Taken> {
    let mut rest = Reader(module);
    let header = rest.take(HEADER)?;
    if !header.starts_with(b"\0asm") {
        return None;
    }
    let mut taken = Taken {
        bare: header.to_vec(),
        names: BTreeMap::new(),
    };
    while !rest.0.is_empty() {
        let section = rest.0;
        let kind = rest.byte()?;
        let content = rest.sized()?;
        if kind != 0 {
            let length = section.len() - rest.0.len();
            taken.bare.extend_from_slice(section.get(..length)?);
            continue;
        }
        let mut content = Reader(content);
        if content.sized()? == b"name" {
            taken.names = function_names(content)?;
        }
    }
    Some(taken)
}

/// Reads the functions' names in the content of the section `name`.
fn function_names(mut section: Reader) -> Option<BTreeMap<u32, String>> {
    let mut names = BTreeMap::new();
    while !section.0.is_empty() {
        let kind = section.byte()?;
        let mut content = Reader(section.sized()?);
        if kind != 1 {
            continue;
        }
        for _ in 0..content.number()? {
            let index = content.number()?;
            let name = String::from_utf8_lossy(content.sized()?);
            // The alternative form leaves out the hashes of crates.
            names.insert(index, format!("{:#}", rustc_demangle::demangle(&name)));
        }
    }
    Some(names)
}

/// The rest of the bytes.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// A number as LEB128: seven bits in each byte, the lowest first.
    fn number(&mut self) -> Option<u32> {
        let mut number = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A length, and as many bytes.
    fn sized(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        self.take(usize::try_from(length).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPES: [u8; 6] = [1, 4, 1, 0x60, 0, 0];

    fn module(sections: &[&[u8]]) -> Vec<u8> {
        [b"\0asm\x01\0\0\0".as_slice(), &sections.concat()].concat()
    }

    /// The section `name` with these names from index 3 on.
    fn named(names: &[&str]) -> Vec<u8> {
        let sized = |bytes: &[u8]| [&[u8::try_from(bytes.len()).unwrap()], bytes].concat();
        let count = u8::try_from(names.len()).unwrap();
        let entries = (3..)
            .zip(names)
            .flat_map(|(index, name)| [vec![index], sized(name.as_bytes())].concat());
        let functions: Vec<u8> = [count].into_iter().chain(entries).collect();
        let module_name = [vec![0], sized(b"\x03app")].concat();
        let content = [sized(b"name"), module_name, vec![1], sized(&functions)].concat();
        [vec![0], sized(&content)].concat()
    }

    #[test]
    fn takes_the_names_and_leaves_the_rest() {
        let producers = [
            0, 10, 9, b'p', b'r', b'o', b'd', b'u', b'c', b'e', b'r', b's',
        ];
        let names = named(&["main", "_RNvCs1234_7mycrate3foo"]);
        let taken = split(&module(&[&producers, &TYPES, &names])).unwrap();
        assert_eq!(taken.bare, module(&[&TYPES]));
        let expected = [(3, "main"), (4, "mycrate::foo")].map(|(n, name)| (n, name.to_owned()));
        assert_eq!(taken.names, BTreeMap::from(expected));
    }

    #[test]
    fn a_module_without_names_stays_as_it_is() {
        let module = module(&[&TYPES]);
        let taken = split(&module).unwrap();
        assert_eq!((taken.bare, taken.names), (module, BTreeMap::new()));
    }

    #[test]
    fn reads_numbers_of_several_bytes() {
        assert_eq!(Reader(&[0xe5, 0x8e, 0x26]).number(), Some(624_485));
        assert_eq!(Reader(&[0xff; 6]).number(), None);
    }

    #[test]
    fn refuses_what_is_no_module() {
        let cut = &module(&[&TYPES])[..12];
        for bytes in [b"<!doctype html>".as_slice(), b"", cut] {
            assert_eq!(split(bytes), None, "{bytes:?}");
        }
    }
}
