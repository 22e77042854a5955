//! `cargo xtask stack`: names the functions in the stack of a failed release.
//!
//! A release contains no names. The list of names beside it has them for each part.

use std::fs;
use std::io::Read;
use std::path::PathBuf;

use serde_json::Value;

use crate::args::StackOptions;
use crate::failure::{Explain, Failure, Result};
use crate::{page, say};

/// How browsers write a function without a name: `wasm-function[123]`.
const FUNCTION: &str = "wasm-function[";

/// Prints the stack with names.
pub(crate) fn run(options: &StackOptions) -> Result {
    let file = options.names.clone().map_or_else(names_of_dist, Ok)?;
    let list = fs::read_to_string(&file).explain(|| format!("read {}", say::path(&file)))?;
    let list: Value =
        serde_json::from_str(&list).explain(|| format!("understand {}", say::path(&file)))?;
    let stack = if options.file.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map(|_| text)
            .explain(|| "read standard input".to_owned())
    } else {
        fs::read_to_string(&options.file).explain(|| format!("read {}", say::path(&options.file)))
    }?;
    if let Some(release) = other_release(&stack, &list) {
        say::progress(
            "stack",
            &format!("it is of another release: the names are of {release}, and may be wrong"),
        );
    }
    print!("{}", named(&stack, &list));
    Ok(())
}

/// The list of names in `dist/`.
fn names_of_dist() -> Result<PathBuf> {
    let folder = page::release_folder();
    fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.to_string_lossy().ends_with(".names.json"))
        .ok_or_else(|| {
            Failure::new(format!(
                "{} has no list of names: give the release's with `--names FILE`",
                say::path(&folder)
            ))
        })
}

/// The release of the list, when the stack does not name it.
fn other_release<'list>(stack: &str, list: &'list Value) -> Option<&'list str> {
    let release = list["release"].as_str()?;
    (!stack.contains(release)).then_some(release)
}

/// The stack, with the name of each function at the end of its line.
fn named(stack: &str, list: &Value) -> String {
    let mut text = String::new();
    for line in stack.lines() {
        text.push_str(line);
        if let Some(name) = name_in(line, list) {
            text.push_str("  ");
            text.push_str(name);
        }
        text.push('\n');
    }
    text
}

/// The name of the function in a line of a stack.
fn name_in<'list>(line: &str, list: &'list Value) -> Option<&'list str> {
    let (before, after) = line.split_once(FUNCTION)?;
    let (index, _) = after.split_once(']')?;
    // Not all browsers name the file. Most of the program is in the first part.
    let part = part_in(before, list).unwrap_or("bg");
    list["modules"][part][index].as_str()
}

/// The part whose file a text names, such as `https://coder.example/app_later-0123.wasm:`.
fn part_in<'list>(text: &str, list: &'list Value) -> Option<&'list str> {
    list["modules"]
        .as_object()?
        .keys()
        .filter(|part| {
            // After it comes the ending, or a hash, also of a bundler.
            ['.', '-']
                .iter()
                .any(|end| text.contains(&format!("_{part}{end}")))
        })
        .max_by_key(|part| part.len())
        .map(String::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn list() -> Value {
        json!({
            "release": "0.1.0+0123456789abcdef",
            "modules": {
                "bg": { "7": "app::start", "12": "app::list" },
                "later": { "7": "app::unlink" },
                "later-pages": { "7": "app::dialog" },
            },
        })
    }

    #[test]
    fn names_the_function_of_each_part() {
        for (line, name) in [
            // Chromium, Firefox and Safari; the page's report; a bundler's name.
            (
                "    at https://a.example/app-01ab_bg.wasm:wasm-function[7]:0x4f2a",
                "app::start",
            ),
            (
                "@https://a.example/app-01ab_bg.wasm:wasm-function[12]:0x4f2a",
                "app::list",
            ),
            ("<?>.wasm-function[12]@[wasm code]", "app::list"),
            ("app_later-01ab.wasm:wasm-function[7]:0x4f2a", "app::unlink"),
            (
                "app_later-pages-01ab.wasm:wasm-function[7]:0x1",
                "app::dialog",
            ),
            ("program_later.wasm:wasm-function[7]:0x1", "app::unlink"),
            (
                "at http://a.example/assets/program_later-pages-Cx1_2.wasm:wasm-function[7]:0x1",
                "app::dialog",
            ),
        ] {
            assert_eq!(name_in(line, &list()), Some(name), "{line}");
        }
    }

    #[test]
    fn leaves_other_lines_as_they_are() {
        let stack = "RuntimeError: unreachable\n  app_bg.wasm:wasm-function[7]:0x1\n  wasm-function[99]\n  at app.js:1\n";
        assert_eq!(
            named(stack, &list()),
            "RuntimeError: unreachable\n  app_bg.wasm:wasm-function[7]:0x1  app::start\n  wasm-function[99]\n  at app.js:1\n"
        );
    }

    #[test]
    fn says_when_the_stack_is_of_another_release() {
        let release = "0.1.0+0123456789abcdef";
        assert_eq!(other_release("release 0.1.0+ffff", &list()), Some(release));
        assert_eq!(other_release(&format!("release {release}"), &list()), None);
    }
}
