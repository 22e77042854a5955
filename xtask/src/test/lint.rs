//! Formatting, lints, documentation, and the checks of our JavaScript, HTML and
//! CSS. A warning is a failure. Each check counts as one test.

use std::process::Command;
use std::time::Duration;

use super::report::Report;
use super::unit::{FUZZ, PAGE};
use crate::failure::Result;
use crate::setup::{Item, Tools, wasm_target};
use crate::{process, workspace};

/// Runs all checks.
pub(super) fn run(tools: &Tools) -> Result<Report> {
    let mut report = Report::default();
    for (name, command) in checks(tools)? {
        report.add(check(name, command)?);
    }
    report.add(advisories(tools)?);
    Ok(report)
}

fn check(name: &str, command: Command) -> Result<Report> {
    super::heading(&format!("lint: {name}"));
    let passed = process::shown(command, |_| ())?.success();
    println!("{name}: {}", if passed { "ok" } else { "FAILED" });
    Ok(if passed {
        Report::passed()
    } else {
        Report::failed(name)
    })
}

/// How long the database of advisories may take to arrive.
const FETCH_LIMIT: Duration = Duration::from_mins(1);

/// Whether an advisory concerns a crate of `Cargo.lock`. Machines without that
/// database do not check it.
fn advisories(tools: &Tools) -> Result<Report> {
    let mut fetch = cargo_deny(tools)?;
    fetch.args(["fetch", "db"]);
    let fetched = process::follow(fetch, Some(FETCH_LIMIT), |_| ());
    if !fetched.is_ok_and(|status| status.success()) {
        println!("advisories: not checked, because their database cannot be had here");
        return Ok(Report::default());
    }
    let mut command = cargo_deny(tools)?;
    command.args(["--workspace", "check", "--disable-fetch", "advisories"]);
    check("advisories (cargo-deny)", command)
}

fn cargo_deny(tools: &Tools) -> Result<Command> {
    let mut command = process::program(tools.compiled(Item::CargoDeny, "cargo-deny")?);
    command.args(["--color", super::colour()]);
    Ok(command)
}

/// The checks, the quickest first.
///
/// The page is checked with the toolchain that compiles it and for its target,
/// because parts of it exist for no other target. The other packages are checked
/// with the host's toolchain.
fn checks(tools: &Tools) -> Result<Vec<(&'static str, Command)>> {
    let deny_in_docs = ("RUSTDOCFLAGS", "-D warnings");

    let mut fmt = process::program("cargo");
    fmt.args(["fmt", "--all", "--check"]);

    let mut deny = cargo_deny(tools)?;
    deny.args(["--workspace", "check", "licenses", "sources", "bans"]);

    let mut clippy = process::program("cargo");
    clippy
        .args([
            "clippy",
            "--workspace",
            "--exclude",
            PAGE,
            "--exclude",
            FUZZ,
        ])
        .arg("--all-targets")
        .args(["--color", super::colour()])
        .args(["--", "-D", "warnings"]);

    // Without libFuzzer, which needs a C++ compiler.
    let mut clippy_fuzz = process::program("cargo");
    clippy_fuzz
        .args(["clippy", "--package", FUZZ, "--no-default-features"])
        .args(["--color", super::colour()])
        .args(["--", "-D", "warnings"]);

    let mut clippy_page = tools.wasm_clippy()?;
    clippy_page
        .args(["--package", PAGE, "--all-targets"])
        .args(["--target", wasm_target::TARGET])
        .args(["--color", super::colour()])
        .args(["--", "-D", "warnings"]);

    let mut doc = process::program("cargo");
    doc.args(["doc", "--workspace", "--exclude", PAGE, "--exclude", FUZZ])
        .args(["--no-deps", "--document-private-items"])
        .args(["--color", super::colour()])
        .env(deny_in_docs.0, deny_in_docs.1);

    let mut doc_page = tools.wasm_program("cargo")?;
    doc_page
        .args(["doc", "--package", PAGE])
        .args(["--no-deps", "--document-private-items"])
        .args(["--target", wasm_target::TARGET])
        .args(["--color", super::colour()])
        .env(deny_in_docs.0, deny_in_docs.1);

    let npm = |name: &str, arguments: &[&str]| {
        let mut command = process::program(workspace::npm_program(name));
        command.args(arguments);
        if super::colour() == "always" {
            command.env("FORCE_COLOR", "1");
        }
        command
    };
    Ok(vec![
        ("rustfmt", fmt),
        ("licences and duplicates of crates (cargo-deny)", deny),
        ("JavaScript types (tsc)", npm("tsc", &["--project", "."])),
        (
            "HTML (html-validate)",
            npm(
                "html-validate",
                &[
                    "--max-warnings",
                    "0",
                    "index.html",
                    "{public,e2e,npm,docs,crates}/**/*.html",
                    "examples/*/*.html",
                ],
            ),
        ),
        (
            "CSS (stylelint)",
            npm(
                "stylelint",
                &[
                    "--max-warnings",
                    "0",
                    "{style,public,e2e,crates}/**/*.css",
                    "examples/*/src/*.css",
                ],
            ),
        ),
        ("clippy: core, stand-in, xtask", clippy),
        ("clippy: fuzz targets", clippy_fuzz),
        ("clippy: the page", clippy_page),
        ("rustdoc: core, stand-in, xtask", doc),
        ("rustdoc: the page", doc_page),
    ])
}
