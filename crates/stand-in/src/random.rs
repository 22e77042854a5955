use std::{
    fmt::Write,
    hash::{BuildHasher, Hasher, RandomState},
};

/// A random number.
///
/// Tokens and codes may differ between two starts, other than what a scenario
/// seeds. The hash keys of the standard library are random enough on loopback.
pub(crate) fn number() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// Random hexadecimal digits, 16 for each of `words`.
pub(crate) fn hex(words: usize) -> String {
    let mut digits = String::with_capacity(words * 16);
    for _ in 0..words {
        let _ = write!(digits, "{:016x}", number());
    }
    digits
}
