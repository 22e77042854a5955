//! Parts of the program that are fetched after the first rows are on the page.
//!
//! A release has several WebAssembly files. The first one has what the first
//! rows need. Each [`Chunk`] is a table of functions (a trait object) that is in
//! another file. The code that is reachable from that table, and not from the
//! first part, is in that file too.
//!
//! Other builds are one file (without `cfg(code_splitting)`): every chunk is
//! there from the start.

#[expect(
    clippy::module_inception,
    reason = "a file is named after the one item in it"
)]
mod chunk;
mod chunk_error;
mod chunk_status;

pub use chunk::{Chunk, Loading};
pub use chunk_error::ChunkError;
pub use chunk_status::ChunkStatus;

/// Declares a [`Chunk`]: its name, the name of the function at which the program
/// is split, the trait, and the value. The code is in the file `$file`.
///
/// `wasm_split` writes `unsafe` code, to call a function of another file. This is
/// the only place that may.
macro_rules! declare_chunk {
    ($(#[$about:meta])* $name:ident, $file:ident::$function:ident: $table:ty = $value:expr) => {
        thread_local! {
            $(#[$about])*
            pub(crate) static $name: $crate::chunk::Chunk<$table> =
                $crate::chunk::Chunk::new(there_already, load);
        }

        #[cfg(code_splitting)]
        fn there_already() -> Option<&'static $table> {
            None
        }

        #[cfg(code_splitting)]
        fn load() -> $crate::chunk::Loading<$table> {
            #[allow(
                unsafe_code,
                unused_qualifications,
                clippy::unnecessary_wraps,
                reason = "the macro writes this function"
            )]
            mod split {
                use super::*;

                #[leptos::wasm_split::wasm_split($file, wasm_split_path = ::leptos::wasm_split, fallible)]
                pub(super) fn $function() -> Result<&'static $table, $crate::chunk::ChunkError> {
                    Ok($value)
                }
            }
            Box::pin(split::$function())
        }

        #[cfg(not(code_splitting))]
        fn there_already() -> Option<&'static $table> {
            Some($value)
        }

        #[cfg(not(code_splitting))]
        fn load() -> $crate::chunk::Loading<$table> {
            let table: &'static $table = $value;
            Box::pin(std::future::ready(Ok(table)))
        }
    };
}
pub(crate) use declare_chunk;
