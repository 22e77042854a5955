//! The sizes of files as a server sends them, and compressed copies of files.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::failure::{Explain, Failure, Result};
use crate::{process, say};

/// The sizes of a file, in bytes.
pub(crate) struct Size {
    /// The path in its folder.
    pub(crate) name: String,
    /// Uncompressed.
    pub(crate) raw: u64,
    /// With `gzip -9`.
    pub(crate) gzip: u64,
    /// With `brotli -11`.
    pub(crate) brotli: u64,
}

/// Compresses with Node.js, which wasm-opt needs anyway: everybody would compile a
/// crate for it, also for `serve`. It skips the results of an earlier run, and the
/// names of functions, which no page loads. It keeps no result that is not smaller.
const COMPRESS: &str = r#"
const { readdirSync, readFileSync, statSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { brotliCompressSync, gzipSync } = require("node:zlib");
const [, folder, keeps] = process.argv;
const files = readdirSync(folder, { recursive: true })
  .filter((name) => statSync(join(folder, name)).isFile() && !/\.(br|gz|names\.json)$/.test(name))
  .sort()
  .map((name) => {
    const path = join(folder, name);
    const bytes = readFileSync(path);
    const small = { br: brotliCompressSync(bytes), gz: gzipSync(bytes, { level: 9 }) };
    for (const [ending, { length }] of keeps ? Object.entries(small) : []) {
      if (length < bytes.length) writeFileSync(`${path}.${ending}`, small[ending]);
    }
    return { name, raw: bytes.length, gzip: small.gz.length, brotli: small.br.length };
  });
console.log(JSON.stringify(files));
"#;

/// Measures the files in a folder.
pub(crate) fn measure(folder: &Path) -> Result<Vec<Size>> {
    compress(
        process::program("node").args(["-e", COMPRESS]).arg(folder),
        folder,
    )
}

/// Writes a `.br` and a `.gz` beside each file in a folder, and measures them.
pub(crate) fn write(folder: &Path) -> Result<Vec<Size>> {
    let mut node = process::program("node");
    compress(node.args(["-e", COMPRESS]).arg(folder).arg("keep"), folder)
}

fn compress(node: &mut Command, folder: &Path) -> Result<Vec<Size>> {
    let answer = process::answer(node)
        .ok_or_else(|| Failure::new(format!("could not compress {}", say::path(folder))))?;
    let files: Value =
        serde_json::from_str(&answer).explain(|| "read the measured sizes".to_owned())?;
    Ok(files
        .as_array()
        .into_iter()
        .flatten()
        .map(|file| Size {
            name: file["name"].as_str().unwrap_or_default().to_owned(),
            raw: file["raw"].as_u64().unwrap_or_default(),
            gzip: file["gzip"].as_u64().unwrap_or_default(),
            brotli: file["brotli"].as_u64().unwrap_or_default(),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_gets_smaller_has_both_beside_it_and_again_the_same() {
        let folder = std::env::temp_dir().join(format!("precompressed-{}", std::process::id()));
        fs::create_dir_all(folder.join("icon")).unwrap();
        let long = "the same again and again\n".repeat(100);
        fs::write(folder.join("page.html"), &long).unwrap();
        fs::write(folder.join("icon/github.svg"), &long).unwrap();
        fs::write(folder.join("short.txt"), "a").unwrap();

        write(&folder).unwrap();
        write(&folder).unwrap();

        let size = |name: &str| fs::metadata(folder.join(name)).map(|file| file.len()).ok();
        for name in ["page.html", "icon/github.svg"] {
            for ending in ["br", "gz"] {
                let size = size(&format!("{name}.{ending}")).unwrap();
                assert!(size < 100, "{name}.{ending} has {size} bytes");
                assert_eq!(fs::read_dir(&folder).unwrap().count(), 5);
            }
        }
        assert_eq!(size("short.txt.br"), None);
        let unpacked = process::answer(
            process::program("node")
                .args([
                    "-p",
                    "const { brotliDecompressSync, gunzipSync } = require('node:zlib'); \
                     const bytes = (name) => require('node:fs').readFileSync(process.argv[1] + '/page.html.' + name); \
                     JSON.stringify([brotliDecompressSync(bytes('br')), gunzipSync(bytes('gz'))].map(String))",
                ])
                .arg(&folder),
        );
        let unpacked: Vec<String> = serde_json::from_str(&unpacked.unwrap()).unwrap();
        assert_eq!(unpacked, [long.clone(), long]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_is_compressed_is_not_measured_as_a_file() {
        let folder = std::env::temp_dir().join(format!("measured-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("page.html"), "the same again\n".repeat(100)).unwrap();

        let names = |sizes: Vec<Size>| sizes.into_iter().map(|size| size.name).collect::<Vec<_>>();
        assert_eq!(names(measure(&folder).unwrap()), ["page.html"]);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        assert_eq!(names(write(&folder).unwrap()), ["page.html"]);
        assert_eq!(names(measure(&folder).unwrap()), ["page.html"]);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 3);
        fs::remove_dir_all(folder).unwrap();
    }
}
