use std::{ffi::OsString, path::PathBuf};

use lexopt::{Arg, ValueExt};

use crate::scenario::Scenario;

/// The help text of the command line.
pub const USAGE: &str = "\
A Coder and an OAuth 2.0 provider on loopback.

Usage: stand-in --page DIR [--embed DIR] [--port N] [--scenario NAME]
                [--exit-with-stdin]
       stand-in --list-scenarios | --list-views | --check-scenario NAME

  --page DIR             folder of the page's files, with its index.html
  --embed DIR            folder with the custom elements, with their element.js
  --port N               port of loopback; 0, the default, takes a free one
  --scenario NAME        what is there at the start (default: default); many=N
                         for N providers
  --exit-with-stdin      end when the standard input is closed
  --list-scenarios       write the names of the scenarios, and end
  --list-views           write the gallery's views as JSON, and end
  --check-scenario NAME  say whether --scenario takes this, and end
";

/// The task that the command line names.
#[derive(Debug)]
pub enum Invocation {
    /// Serve both origins.
    Serve(Options),
    /// Write the names of the scenarios.
    ListScenarios,
    /// Write the views of the gallery as JSON.
    ListViews,
    /// Nothing: the given scenario exists.
    CheckScenario,
    /// Write [`USAGE`].
    Help,
}

/// The options of the server.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port of the deployment's origin; 0 takes a free one.
    pub port: u16,
    /// The folder of the page, with its `index.html`.
    pub page: PathBuf,
    /// The folder of the custom elements, with their `element.js`.
    pub embed: Option<PathBuf>,
    /// The scenario at the start.
    pub scenario: Scenario,
    /// Whether the program ends when the standard input is closed.
    pub exit_with_stdin: bool,
}

impl Invocation {
    /// Parses the arguments, without the name of the program.
    ///
    /// # Errors
    ///
    /// A sentence about the argument that cannot be parsed.
    pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, String> {
        let mut parser = lexopt::Parser::from_args(arguments);
        let (mut port, mut page, mut embed, mut scenario, mut exit_with_stdin) =
            (0, None, None, Scenario::default(), false);
        while let Some(argument) = parser.next().map_err(sentence)? {
            match argument {
                Arg::Long("port") => {
                    let value = parser.value().map_err(sentence)?;
                    port = value.parse().map_err(|_| {
                        format!(
                            "{} is not a port: --port takes a number from 0 to 65535.",
                            value.display()
                        )
                    })?;
                }
                Arg::Long("page") => page = Some(PathBuf::from(parser.value().map_err(sentence)?)),
                Arg::Long("embed") => {
                    embed = Some(PathBuf::from(parser.value().map_err(sentence)?));
                }
                Arg::Long("scenario") => {
                    let name = parser.value().map_err(sentence)?;
                    scenario = Scenario::named(&name.to_string_lossy())?;
                }
                Arg::Long("exit-with-stdin") => exit_with_stdin = true,
                Arg::Long("check-scenario") => {
                    let name = parser.value().map_err(sentence)?;
                    return Scenario::named(&name.to_string_lossy()).map(|_| Self::CheckScenario);
                }
                Arg::Long("list-scenarios") => return Ok(Self::ListScenarios),
                Arg::Long("list-views") => return Ok(Self::ListViews),
                Arg::Long("help") | Arg::Short('h') => return Ok(Self::Help),
                other => return Err(sentence(other.unexpected())),
            }
        }
        let page = page.ok_or("The folder of the page is missing: give it with --page DIR.")?;
        Ok(Self::Serve(Options {
            port,
            page,
            embed,
            scenario,
            exit_with_stdin,
        }))
    }
}

#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
fn sentence(error: lexopt::Error) -> String {
    format!("The command line cannot be read: {error}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Invocation, String> {
        Invocation::parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn every_documented_option_is_parsed() {
        let Ok(Invocation::Serve(options)) =
            parse("--port 8080 --page dist --embed npm --scenario empty --exit-with-stdin")
        else {
            panic!("not read");
        };
        assert_eq!(options.port, 8080);
        assert_eq!(options.page, PathBuf::from("dist"));
        assert_eq!(options.embed, Some(PathBuf::from("npm")));
        assert_eq!(options.scenario.name(), "empty");
        assert!(options.exit_with_stdin);
        assert!(matches!(
            parse("--list-scenarios"),
            Ok(Invocation::ListScenarios)
        ));
        assert!(matches!(parse("--list-views"), Ok(Invocation::ListViews)));
        assert!(matches!(
            parse("--check-scenario many=1000"),
            Ok(Invocation::CheckScenario)
        ));
        assert!(matches!(parse("--help"), Ok(Invocation::Help)));
    }

    #[test]
    fn an_error_is_one_sentence() {
        for (line, part) in [
            ("", "--page DIR"),
            ("--page d --port x", "x is not a port"),
            ("--page d --port 70000", "70000 is not a port"),
            (
                "--page d --scenario none",
                "There is no scenario none; there are: default",
            ),
            ("--page d --scenario many=0", "many=N takes one from 1 to"),
            ("--check-scenario none", "There is no scenario none"),
            ("--page d --wrong", "--wrong"),
            ("--page", "--page"),
        ] {
            let error = parse(line).expect_err(line);
            assert!(
                error.contains(part) && error.ends_with('.') && !error.contains('\n'),
                "{error}"
            );
        }
    }
}
