//! The program. The library documents what it does.

use std::{
    io::{self, Read, Write},
    process::ExitCode,
};

use stand_in::{Invocation, Options, Scenario, StandIn, USAGE};
use tokio::sync::oneshot;

fn main() -> ExitCode {
    let result = match Invocation::parse(std::env::args_os().skip(1)) {
        Ok(Invocation::Serve(options)) => serve(&options),
        Ok(Invocation::ListScenarios) => {
            let names: Vec<_> = Scenario::all().iter().map(Scenario::name).collect();
            print(&format!("{}\n", names.join("\n")))
        }
        Ok(Invocation::ListViews) => print(&format!("{}\n", stand_in::gallery_views())),
        Ok(Invocation::CheckScenario) => Ok(()),
        Ok(Invocation::Help) => print(USAGE),
        Err(sentence) => Err(sentence),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            let _ = writeln!(io::stderr(), "{sentence}");
            ExitCode::from(2)
        }
    }
}

fn serve(options: &Options) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("The runtime cannot start: {error}."))?;
    runtime.block_on(async {
        let stand_in = StandIn::bind(options)
            .await
            .map_err(|error| error.to_string())?;
        print(&format!("{}\n", stand_in.first_url()))?;
        let input_closed = stdin_closed(options.exit_with_stdin);
        tokio::select! {
            served = stand_in.serve() => served.map_err(|error| format!("Serving ended: {error}.")),
            () = input_closed => Ok(()),
        }
    })
}

/// Waits until the standard input is closed if that is `wanted`, else forever.
async fn stdin_closed(wanted: bool) {
    if !wanted {
        return std::future::pending().await;
    }
    let (closed, notice) = oneshot::channel::<()>();
    // In a separate thread, because a read from a terminal cannot be cancelled
    // and must not keep the program from ending.
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        let mut ignored = [0; 1024];
        loop {
            match input.read(&mut ignored) {
                Ok(1..) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Ok(0) | Err(_) => break,
            }
        }
        drop(closed);
    });
    let _ = notice.await;
}

fn print(text: &str) -> Result<(), String> {
    let mut output = io::stdout().lock();
    output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush())
        .map_err(|error| format!("The standard output cannot be written: {error}."))
}
