//! Reads the sizes and the names of the functions of a WebAssembly module
//! (WebAssembly Core Specification, 5.5 "Modules" and appendix "Custom Sections").

use std::collections::BTreeMap;

/// A function with a body.
pub(super) struct Function {
    /// The name in the custom section `name`. Empty without one.
    pub(super) name: String,
    /// The size of its body.
    pub(super) bytes: u64,
}

/// What is read of a module.
#[derive(Default)]
pub(super) struct Module {
    /// The functions, in the order of their indices.
    pub(super) functions: Vec<Function>,
    /// The size of the data section.
    pub(super) data: u64,
}

const HEADER: &[u8] = b"\0asm\x01\0\0\0";
const CUSTOM: u8 = 0;
const IMPORT: u8 = 2;
const CODE: u8 = 10;
const DATA: u8 = 11;
/// The subsection of `name` with the names of functions.
const FUNCTION_NAMES: u8 = 1;

/// Reads a module. `None` when the bytes are none.
pub(super) fn read(bytes: &[u8]) -> Option<Module> {
    let mut rest = Reader(bytes.strip_prefix(HEADER)?);
    let (mut imported, mut sizes, mut data) = (0, Vec::new(), 0);
    let mut names = BTreeMap::new();
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let mut section = rest.sized()?;
        match id {
            IMPORT => imported = imported_functions(&mut section)?,
            CODE => {
                for _ in 0..section.number()? {
                    sizes.push(section.sized()?.0.len() as u64);
                }
            }
            DATA => data = section.0.len() as u64,
            CUSTOM if section.text()? == "name" => names = function_names(&mut section)?,
            _ => {}
        }
    }
    let functions = (imported..)
        .zip(sizes)
        .map(|(index, bytes)| Function {
            name: names.remove(&index).unwrap_or_default(),
            bytes,
        })
        .collect();
    Some(Module { functions, data })
}

/// How many functions the module imports. Their indices come first.
fn imported_functions(section: &mut Reader<'_>) -> Option<u64> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.text()?;
        section.text()?;
        match section.byte()? {
            0 => {
                section.number()?;
                functions += 1;
            }
            1 => {
                section.byte()?;
                section.limits()?;
            }
            2 => section.limits()?,
            3 => {
                section.byte()?;
                section.byte()?;
            }
            // A tag of an exception: its attribute and its type.
            4 => {
                section.byte()?;
                section.number()?;
            }
            _ => return None,
        }
    }
    Some(functions)
}

fn function_names(section: &mut Reader<'_>) -> Option<BTreeMap<u64, String>> {
    let mut names = BTreeMap::new();
    while !section.0.is_empty() {
        let id = section.byte()?;
        let mut subsection = section.sized()?;
        if id == FUNCTION_NAMES {
            for _ in 0..subsection.number()? {
                let index = subsection.number()?;
                names.insert(index, subsection.text()?.into_owned());
            }
        }
    }
    Some(names)
}

/// Bytes that are read from the front.
struct Reader<'bytes>(&'bytes [u8]);

impl<'bytes> Reader<'bytes> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// An unsigned number in LEB128.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// The bytes whose number stands before them.
    fn sized(&mut self) -> Option<Self> {
        let length = usize::try_from(self.number()?).ok()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(Self(bytes))
    }

    fn text(&mut self) -> Option<std::borrow::Cow<'bytes, str>> {
        Some(String::from_utf8_lossy(self.sized()?.0))
    }

    /// The limits of a table or a memory.
    fn limits(&mut self) -> Option<()> {
        let has_maximum = self.byte()? & 1 == 1;
        self.number()?;
        if has_maximum {
            self.number()?;
        }
        Some(())
    }
}

#[cfg(test)]
pub(super) mod testing {
    use super::*;

    fn number(mut number: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        loop {
            let low = u8::try_from(number & 0x7f).unwrap_or_default();
            number >>= 7;
            if number == 0 {
                bytes.push(low);
                return bytes;
            }
            bytes.push(low | 0x80);
        }
    }

    fn sized(bytes: &[u8]) -> Vec<u8> {
        [number(bytes.len()), bytes.to_vec()].concat()
    }

    fn section(id: u8, content: &[u8]) -> Vec<u8> {
        [vec![id], sized(content)].concat()
    }

    /// A module that imports a memory, a table and a function, and has functions of
    /// these names and sizes, and data.
    pub(crate) fn module(functions: &[(&str, usize)], data: usize) -> Vec<u8> {
        let import = |kind: &[u8]| [sized(b"env"), sized(b"x"), kind.to_vec()].concat();
        let imports = [
            number(3),
            import(&[2, 1, 1, 9]),
            import(&[1, 0x70, 0, 1]),
            import(&[0, 0]),
        ]
        .concat();
        let bodies = functions.iter().map(|(_, bytes)| sized(&vec![0; *bytes]));
        let code = [number(functions.len()), bodies.flatten().collect()].concat();
        let entries = functions
            .iter()
            .zip(1..)
            .map(|((name, _), index)| [number(index), sized(name.as_bytes())].concat());
        let names = [number(functions.len()), entries.flatten().collect()].concat();
        [
            HEADER.to_vec(),
            section(IMPORT, &imports),
            section(CODE, &code),
            section(DATA, &vec![0; data]),
            section(CUSTOM, &[sized(b"producers"), vec![1, 2, 3]].concat()),
            section(
                CUSTOM,
                &[sized(b"name"), section(FUNCTION_NAMES, &names)].concat(),
            ),
        ]
        .concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_have_their_names_and_sizes() {
        let Some(module) = read(&testing::module(&[("first", 5), ("second", 300)], 70)) else {
            panic!("not read");
        };
        let functions: Vec<_> = module
            .functions
            .iter()
            .map(|function| (function.name.as_str(), function.bytes))
            .collect();
        assert_eq!(functions, [("first", 5), ("second", 300)]);
        assert_eq!(module.data, 70);
    }

    #[test]
    fn anything_else_is_no_module() {
        assert!(read(b"").is_none());
        assert!(read(b"\0asm\x02\0\0\0").is_none());
        let module = testing::module(&[("first", 5)], 70);
        assert!(read(&module[..module.len() - 3]).is_none());
    }
}
