//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

use crate::failure::{Failure, Result};
use crate::test::Part;

/// The help text, also printed without a task.
pub(crate) const HELP: &str = "\
Usage: cargo xtask <task>

  setup [--check]
      Find or install what the other tasks need: the wasm32 target, trunk,
      wasm-bindgen, wasm-opt, Chromium and Firefox with their drivers, the npm
      packages.
      --check only reports, and fails when something is missing.

  serve [--port N] [--release] [--scenario NAME]
      Set up, build, and serve the page beside a stand-in for Coder on
      127.0.0.1; build again on every change. --port 0 takes a free port;
      --scenario gallery shows every state there is, many=N a long list.

  test [--only lint|unit|browser|firefox|e2e|budgets] [-- ARGUMENT...]
      Run all tests and checks, or a part of them (`--only` may be repeated).
      With exactly one of unit, browser, firefox and e2e, the arguments after
      `--` go to its test runner, a test's name for example.

  dist [--debuggable]
      Build the release into dist/, and list the sizes of its files.
      --debuggable keeps the messages of panics and the names of functions,
      to find a failure; it is not to be deployed for long.

  stack [--names FILE] FILE|-
      Name the functions in the stack of a failed release: the text that the
      page shows, or the browser's console. The names come from dist/, or from
      the release's .names.json.

  bench [--against REVISION] [--runs N] [--quick]
      Build the release and measure it in Chromium: bytes, requests, times,
      memory and nodes, with few and many providers, unthrottled and on a slow
      phone. Writes target/bench/results.json and docs/performance.md with its
      drawings. Leave the machine idle meanwhile.
      --against builds another revision too, measures both in turn, and shows
      the ratios. --runs sets how often a short list is loaded (7). --quick
      loads lists of 3 and 250 once, and leaves docs/ as it is.

  shots [--folder FOLDER] [NAME...]
      Build the release and take pictures of each state of the page: light and
      dark, wide and narrow, zoomed, with forced colors, and of an element in a
      column of the dashboard. Writes them into target/shots, with an index.
      NAME, a part of a picture's name, leaves out the others.

The tools that setup builds are kept in ~/.cache/coder-external-auth, or in
the folder that CODER_EXTERNAL_AUTH_TOOLS names.
";

/// The default port of `serve`.
pub(crate) const DEFAULT_PORT: u16 = 8085;

/// A task.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Print the help text.
    Help,
    /// Install missing tools, or only report them.
    Setup {
        /// Only report.
        check: bool,
    },
    /// Serve the page and the stand-in.
    Serve(ServeOptions),
    /// Run the tests.
    Test(TestOptions),
    /// Build the release.
    Dist {
        /// Keep the messages of panics and the names of functions.
        debuggable: bool,
    },
    /// Name the functions in a stack.
    Stack(StackOptions),
    /// Measure the release.
    Bench(BenchOptions),
    /// Take pictures of the page.
    Shots(ShotsOptions),
}

/// The options of `serve`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ServeOptions {
    /// The port on loopback; 0 for a free one.
    pub(crate) port: u16,
    /// Serve the release build of the page instead of the development build.
    pub(crate) release: bool,
    /// The stand-in's scenario. The stand-in has a default.
    pub(crate) scenario: Option<String>,
}

/// The options of `test`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TestOptions {
    /// The parts to run, in this order. Empty for all.
    pub(crate) only: Vec<Part>,
    /// Arguments for the runner of the one part.
    pub(crate) passed_on: Vec<OsString>,
}

/// The options of `bench`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct BenchOptions {
    /// The revision to compare with.
    pub(crate) against: Option<String>,
    /// How often a short list is loaded, by each build.
    pub(crate) runs: Option<u32>,
    /// Only a first result.
    pub(crate) quick: bool,
}

/// The options of `shots`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ShotsOptions {
    /// The folder for the pictures, if it is not the default one.
    pub(crate) folder: Option<PathBuf>,
    /// Parts of the names of the pictures to take. Empty for all.
    pub(crate) names: Vec<OsString>,
}

/// The options of `stack`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct StackOptions {
    /// The file with the stack; `-` for standard input.
    pub(crate) file: PathBuf,
    /// The list of names. The one in `dist/` is the default.
    pub(crate) names: Option<PathBuf>,
}

/// Reads the command line, without the program's name.
pub(crate) fn parse<I>(arguments: I) -> Result<Task>
where
    I: IntoIterator<Item: Into<OsString>>,
{
    read(&mut Parser::from_args(arguments)).map_err(|error| {
        Failure::usage(format!("{error}; `cargo xtask --help` lists what there is"))
    })
}

/// Reads the task, then its options.
fn read(parser: &mut Parser) -> std::result::Result<Task, lexopt::Error> {
    let task = match parser.next()? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Task::Help),
        Some(Arg::Value(name)) => name.string()?,
        Some(other) => return Err(other.unexpected()),
    };
    match task.as_str() {
        "help" => Ok(Task::Help),
        "setup" => read_setup(parser),
        "serve" => read_serve(parser),
        "test" => read_test(parser),
        "bench" => read_bench(parser),
        "dist" => read_dist(parser),
        "stack" => read_stack(parser),
        "shots" => read_shots(parser),
        unknown => Err(format!("there is no task named `{unknown}`").into()),
    }
}

fn read_setup(parser: &mut Parser) -> std::result::Result<Task, lexopt::Error> {
    let mut check = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("check") => check = true,
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Task::Setup { check })
}

fn read_serve(parser: &mut Parser) -> std::result::Result<Task, lexopt::Error> {
    let mut options = ServeOptions {
        port: DEFAULT_PORT,
        release: false,
        scenario: None,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("port") => {
                let text = parser.value()?.string()?;
                options.port = text.parse().map_err(|_| {
                    format!("`{text}` is no port: give a number from 0 (any free one) to 65535")
                })?;
            }
            Arg::Long("release") => options.release = true,
            Arg::Long("scenario") => options.scenario = Some(parser.value()?.string()?),
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Task::Serve(options))
}

fn read_bench(parser: &mut Parser) -> std::result::Result<Task, lexopt::Error> {
    let mut options = BenchOptions::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("against") => options.against = Some(parser.value()?.string()?),
            Arg::Long("runs") => {
                let text = parser.value()?.string()?;
                let runs = text.parse().ok().filter(|runs| (1..=100).contains(runs));
                let wrong = || format!("`{text}` is no number of runs: give one from 1 to 100");
                options.runs = Some(runs.ok_or_else(wrong)?);
            }
            Arg::Long("quick") => options.quick = true,
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Task::Bench(options))
}

fn read_test(parser: &mut Parser) -> std::result::Result<Task, lexopt::Error> {
    let mut options = TestOptions::default();
    loop {
        // Arguments after `--` belong to the runner.
        if let Some(rest) = parser.try_raw_args()
            && rest.peek().is_some_and(|argument| argument == "--")
        {
            options.passed_on = rest.skip(1).collect();
            break;
        }
        match parser.next()? {
            None => break,
            Some(Arg::Long("only")) => {
                for name in parser.value()?.string()?.split(',') {
                    options.only.push(part(name)?);
                }
            }
            Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Task::Help),
            Some(other) => return Err(other.unexpected()),
        }
    }
    options.only.sort_unstable();
    options.only.dedup();
    if !options.passed_on.is_empty()
        && !matches!(
            options.only[..],
            [Part::Unit | Part::Browser | Part::Firefox | Part::E2e]
        )
    {
        return Err(
            "arguments after `--` need exactly one `--only unit|browser|firefox|e2e`".into(),
        );
    }
    Ok(Task::Test(options))
}

fn read_dist(parser: &mut Parser) -> std::result::Result<Task, lexopt::Error> {
    let mut debuggable = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("debuggable") => debuggable = true,
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Task::Dist { debuggable })
}

fn read_stack(parser: &mut Parser) -> std::result::Result<Task, lexopt::Error> {
    let mut names = None;
    let mut file = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("names") => names = Some(parser.value()?.into()),
            Arg::Value(name) if file.is_none() => file = Some(name.into()),
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    let file = file.ok_or("the file with the stack is missing, or `-` for standard input")?;
    Ok(Task::Stack(StackOptions { file, names }))
}

fn read_shots(parser: &mut Parser) -> std::result::Result<Task, lexopt::Error> {
    let mut options = ShotsOptions::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("folder") => options.folder = Some(parser.value()?.into()),
            Arg::Value(name) => options.names.push(name),
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Task::Shots(options))
}

fn part(name: &str) -> std::result::Result<Part, lexopt::Error> {
    Part::ALL
        .into_iter()
        .find(|part| part.name() == name)
        .ok_or_else(|| {
            format!(
                "there is no part of the tests named `{name}`: \
                 lint, unit, browser, firefox, e2e and budgets are"
            )
            .into()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> std::result::Result<Task, String> {
        parse(line.split_whitespace()).map_err(|failure| {
            assert_eq!(failure.exit_code, 2, "{line}");
            failure.sentence
        })
    }

    fn serve(port: u16, release: bool, scenario: Option<&str>) -> Task {
        Task::Serve(ServeOptions {
            port,
            release,
            scenario: scenario.map(str::to_owned),
        })
    }

    fn test(only: &[Part], passed_on: &[&str]) -> Task {
        Task::Test(TestOptions {
            only: only.to_vec(),
            passed_on: passed_on.iter().map(OsString::from).collect(),
        })
    }

    fn stack(file: &str, names: Option<&str>) -> Task {
        Task::Stack(StackOptions {
            file: file.into(),
            names: names.map(PathBuf::from),
        })
    }

    #[test]
    fn reads_every_task() {
        for (line, task) in [
            ("", Task::Help),
            ("--help", Task::Help),
            ("help", Task::Help),
            ("serve -h", Task::Help),
            ("setup", Task::Setup { check: false }),
            ("setup --check", Task::Setup { check: true }),
            ("serve", serve(DEFAULT_PORT, false, None)),
            ("serve --port 0 --release", serve(0, true, None)),
            (
                "serve --port=9000 --scenario many=1000",
                serve(9000, false, Some("many=1000")),
            ),
            ("test", test(&[], &[])),
            ("test --only unit", test(&[Part::Unit], &[])),
            (
                "test --only unit,lint --only=e2e",
                test(&[Part::Lint, Part::Unit, Part::E2e], &[]),
            ),
            (
                "test --only e2e -- --grep unlink",
                test(&[Part::E2e], &["--grep", "unlink"]),
            ),
            (
                "test --only firefox -- unlink_dialog",
                test(&[Part::Firefox], &["unlink_dialog"]),
            ),
            (
                "test --only e2e,firefox,browser",
                test(&[Part::Browser, Part::Firefox, Part::E2e], &[]),
            ),
            ("dist", Task::Dist { debuggable: false }),
            ("dist --debuggable", Task::Dist { debuggable: true }),
            ("stack -", stack("-", None)),
            ("stack report.txt", stack("report.txt", None)),
            ("stack --names a.json -", stack("-", Some("a.json"))),
            (
                "test --only budgets,e2e",
                test(&[Part::E2e, Part::Budgets], &[]),
            ),
            ("bench", Task::Bench(BenchOptions::default())),
            ("shots", Task::Shots(ShotsOptions::default())),
            (
                "shots --folder pictures list many",
                Task::Shots(ShotsOptions {
                    folder: Some("pictures".into()),
                    names: vec!["list".into(), "many".into()],
                }),
            ),
            (
                "bench --against v0.1 --runs 3 --quick",
                Task::Bench(BenchOptions {
                    against: Some("v0.1".to_owned()),
                    runs: Some(3),
                    quick: true,
                }),
            ),
        ] {
            assert_eq!(read(line), Ok(task), "{line}");
        }
    }

    #[test]
    fn says_what_it_does_not_understand() {
        for (line, part) in [
            ("deploy", "no task named `deploy`"),
            ("--fast", "--fast"),
            ("serve --port http", "`http` is no port"),
            ("serve --port 70000", "`70000` is no port"),
            ("serve --port", "--port"),
            ("serve somewhere", "somewhere"),
            ("setup --force", "--force"),
            ("test --only everything", "named `everything`"),
            ("test -- name", "exactly one"),
            ("test --only lint -- name", "exactly one"),
            ("test --only budgets -- rows", "exactly one"),
            ("dist --debug", "--debug"),
            ("dist somewhere", "somewhere"),
            ("stack", "file with the stack"),
            ("stack one two", "two"),
            ("stack --names", "--names"),
            ("bench --against", "--against"),
            ("shots --folder", "--folder"),
            ("bench --runs 0", "`0` is no number of runs"),
            ("bench page", "page"),
        ] {
            let sentence = read(line).err().unwrap_or_default();
            assert!(sentence.contains(part), "{line}: {sentence}");
        }
    }
}
