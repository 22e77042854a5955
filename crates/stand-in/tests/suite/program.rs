use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    process::{Command, Output, Stdio},
};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_stand-in"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn page() -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("program-page");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("index.html"), "page").unwrap();
    folder.to_str().unwrap().to_owned()
}

#[test]
fn it_prints_its_url_and_ends_when_its_input_is_closed() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_stand-in"))
        .args(["--port", "0", "--page", &page(), "--exit-with-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let address = lines.next().unwrap().unwrap();
    assert!(
        address.starts_with("http://127.0.0.1:") && address.ends_with("/accounts/"),
        "{address}"
    );
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    assert!(lines.next().is_none(), "one line only");
}

#[test]
fn it_lists_the_scenarios() {
    let output = run(&["--list-scenarios"]);
    assert!(output.status.success());
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "default\ndevice\nempty\nfailing\ngallery\nmany\n"
    );
}

#[test]
fn it_lists_the_views_of_the_gallery() {
    let output = run(&["--list-views"]);
    assert!(output.status.success());
    let views: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert!(views.iter().all(|view| view["ready"].is_string()));
}

#[test]
fn it_checks_the_name_of_a_scenario() {
    for (name, status) in [("many=1000", 0), ("many", 0), ("many=x", 2), ("none", 2)] {
        let output = run(&["--check-scenario", name]);
        assert_eq!(output.status.code(), Some(status), "{name}");
        assert!(output.stdout.is_empty());
        assert_eq!(output.stderr.is_empty(), status == 0, "{name}");
    }
}

#[test]
fn it_says_in_one_sentence_why_it_cannot_start() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let page = page();
    for (arguments, part) in [
        (vec!["--port", &port, "--page", &page], "is taken"),
        (
            vec!["--page", &page, "--scenario", "none"],
            "There is no scenario none",
        ),
        (
            vec!["--page", "/nowhere"],
            "There is no index.html in /nowhere",
        ),
        (
            vec!["--page", &page, "--embed", "/nowhere"],
            "There is no element.js in /nowhere",
        ),
        (vec![], "--page DIR"),
    ] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains(part) && said.trim_end().lines().count() == 1,
            "{said}"
        );
    }
}
