//! Reads the sizes of the functions of a WebAssembly module (WebAssembly Core
//! Specification, 5.5 "Modules").

/// What is read of a module.
#[derive(Default)]
pub(super) struct Module {
    /// The index and the size of each function with a body.
    pub(super) functions: Vec<(u64, u64)>,
    /// The size of the data section.
    pub(super) data: u64,
}

const HEADER: &[u8] = b"\0asm\x01\0\0\0";
const IMPORT: u8 = 2;
const CODE: u8 = 10;
const DATA: u8 = 11;

/// Reads a module. `None` when the bytes are none.
pub(super) fn read(bytes: &[u8]) -> Option<Module> {
    let mut rest = Reader(bytes.strip_prefix(HEADER)?);
    let (mut imported, mut sizes, mut data) = (0, Vec::new(), 0);
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
            _ => {}
        }
    }
    let functions = (imported..).zip(sizes).collect();
    Some(Module { functions, data })
}

/// How many functions the module imports. Their indices come first.
fn imported_functions(section: &mut Reader<'_>) -> Option<u64> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        // Its two names.
        section.sized()?;
        section.sized()?;
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

/// Bytes that are read from the front.
struct Reader<'bytes>(&'bytes [u8]);

impl Reader<'_> {
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
    /// these sizes, and data.
    pub(crate) fn module(functions: &[usize], data: usize) -> Vec<u8> {
        let import = |kind: &[u8]| [sized(b"env"), sized(b"x"), kind.to_vec()].concat();
        let imports = [
            number(3),
            import(&[2, 1, 1, 9]),
            import(&[1, 0x70, 0, 1]),
            import(&[0, 0]),
        ]
        .concat();
        let bodies = functions.iter().map(|bytes| sized(&vec![0; *bytes]));
        let code = [number(functions.len()), bodies.flatten().collect()].concat();
        [
            HEADER.to_vec(),
            section(IMPORT, &imports),
            section(CODE, &code),
            section(DATA, &vec![0; data]),
            section(0, &[sized(b"producers"), vec![1, 2, 3]].concat()),
        ]
        .concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_have_their_indices_and_sizes() {
        let Some(module) = read(&testing::module(&[5, 300], 70)) else {
            panic!("not read");
        };
        assert_eq!(module.functions, [(1, 5), (2, 300)]);
        assert_eq!(module.data, 70);
    }

    #[test]
    fn anything_else_is_no_module() {
        assert!(read(b"").is_none());
        assert!(read(b"\0asm\x02\0\0\0").is_none());
        let module = testing::module(&[5], 70);
        assert!(read(&module[..module.len() - 3]).is_none());
    }
}
