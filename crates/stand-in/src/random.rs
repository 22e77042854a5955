use std::{
    fmt::Write,
    hash::{BuildHasher, Hasher, RandomState},
};

/// A number that differs each time.
///
/// Unlike the seeds these need not be the same at every start: nobody reads
/// them. The standard library's hash keys are random enough for a loopback.
pub(crate) fn number() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// `words` times 16 hexadecimal digits that differ each time.
pub(crate) fn hex(words: usize) -> String {
    let mut digits = String::with_capacity(words * 16);
    for _ in 0..words {
        let _ = write!(digits, "{:016x}", number());
    }
    digits
}
