//! The project's tasks: `cargo xtask setup | serve | test | dist | stack | bench | shots`.
//!
//! Each task is a module. `setup` finds or installs the tools that the other tasks
//! need, and they call it. Versions are pinned only in [`versions`], `Cargo.lock`
//! and `package-lock.json`.

mod args;
mod bench;
mod dist;
mod failure;
mod host_program;
mod licenses;
mod package;
mod page;
mod precompressed;
mod process;
mod process_group;
mod release;
mod say;
mod serve;
mod setup;
mod shots;
mod stack;
mod stand_in;
mod std_for_size;
mod test;
mod versions;
mod watch;
mod workspace;

use std::process::ExitCode;

use args::Task;
use failure::Result;

fn main() -> ExitCode {
    match args::parse(std::env::args_os().skip(1)).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.sentence.is_empty() {
                eprintln!("error: {}", failure.sentence);
            }
            ExitCode::from(failure.exit_code)
        }
    }
}

/// Runs a task.
fn run(task: Task) -> Result {
    process_group::end_children_on_signals()?;
    match task {
        Task::Help => {
            print!("{}", args::HELP);
            Ok(())
        }
        Task::Setup { check: true } => setup::check(),
        Task::Setup { check: false } => setup::provide(&setup::Item::ALL).map(drop),
        Task::Serve(options) => serve::run(&options),
        Task::Test(options) => test::run(&options),
        Task::Dist { debuggable } => dist::run(debuggable),
        Task::Stack(options) => stack::run(&options),
        Task::Bench(options) => bench::run(&options),
        Task::Shots(options) => shots::run(&options),
    }
}
