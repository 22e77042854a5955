//! Files compressed before they are served, beside those that they are made of.

use std::path::Path;

use crate::failure::{Failure, Result};
use crate::{process, say};

/// Node.js is there for wasm-opt anyway; a crate that compresses would be
/// compiled by everybody, `serve` included. Whatever does not get smaller is
/// left alone.
const COMPRESS: &str = r#"
const { readdirSync, readFileSync, statSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { brotliCompressSync, gzipSync } = require("node:zlib");
const folder = process.argv[1];
for (const name of readdirSync(folder, { recursive: true })) {
  const path = join(folder, name);
  if (!statSync(path).isFile() || /\.(br|gz)$/.test(name)) continue;
  const bytes = readFileSync(path);
  for (const [ending, small] of [["br", brotliCompressSync(bytes)], ["gz", gzipSync(bytes, { level: 9 })]]) {
    if (small.length < bytes.length) writeFileSync(`${path}.${ending}`, small);
  }
}
"#;

/// Writes a `.br` and a `.gz` beside each file in a folder.
pub(crate) fn write(folder: &Path) -> Result {
    process::answer(process::program("node").args(["-e", COMPRESS]).arg(folder))
        .map(drop)
        .ok_or_else(|| Failure::new(format!("could not compress {}", say::path(folder))))
}

/// Whether a file is one of those.
pub(crate) fn is_one(name: &str) -> bool {
    let ending = Path::new(name).extension();
    ending.is_some_and(|ending| ending == "br" || ending == "gz")
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
    fn they_are_told_by_their_ending() {
        assert!(is_one("index.html.br") && is_one("app_bg.wasm.gz"));
        assert!(!is_one("index.html") && !is_one("gz"));
    }
}
