//! Draws what happens while the page loads.

use serde_json::Value;

use super::drawing::{Drawing, NAMES, NUMBERS, ROW, WIDTH};
use super::words::Unit;

/// A load to draw, below its title.
pub(super) struct Load<'load> {
    /// The name of the build.
    pub(super) title: &'load str,
    /// The load, as it was measured.
    pub(super) load: &'load Value,
}

/// How many requests are drawn at most. After the rows come many that are alike.
const REQUESTS: usize = 16;

/// Draws loads one below the other, on one scale.
pub(super) fn draw(title: &str, loads: &[Load<'_>]) -> String {
    let mut drawing = Drawing::new();
    let end = loads.iter().map(|load| end(load.load)).fold(1.0, f64::max);
    let scale = (WIDTH - NAMES - NUMBERS) / end;
    for load in loads {
        draw_load(&mut drawing, load, scale);
    }
    draw_axis(&mut drawing, end, scale);
    drawing.finish(title)
}

/// One request.
struct Request {
    name: String,
    kind: &'static str,
    start: f64,
    end: f64,
    bytes: f64,
}

fn draw_load(drawing: &mut Drawing, Load { title, load }: &Load<'_>, scale: f64) {
    let x = |time: f64| NAMES + time * scale;
    drawing.height += ROW;
    drawing.text(0.0, drawing.height, "title", title);
    drawing.height += ROW / 2.0;
    let top = drawing.height;
    for request in requests(load) {
        let y = drawing.height;
        drawing.text(0.0, y + ROW - 6.0, "", &request.name);
        let width = (request.end - request.start) * scale;
        drawing.bar(x(request.start), y + 3.0, width, request.kind);
        let size = format!("{} KB", Unit::Kilobytes.write(request.bytes));
        drawing.text(x(request.end) + 4.0, y + ROW - 6.0, "quiet", &size);
        drawing.height += ROW;
    }
    let y = drawing.height;
    drawing.text(0.0, y + ROW - 6.0, "", "tasks of over 50 ms");
    for (start, duration) in tasks(load) {
        drawing.bar(x(start), y + 3.0, duration * scale, "task");
    }
    drawing.height += ROW;
    for (figure, class, name) in [
        ("firstPaint", "paint", "first paint"),
        ("rows", "rows", "rows"),
    ] {
        let time = figure_of(load, figure);
        drawing.line(x(time), top, drawing.height + 4.0, class);
        let text = format!("{name} {} s", Unit::Seconds.write(time));
        drawing.text(x(time) + 4.0, drawing.height + ROW - 4.0, "", &text);
    }
    drawing.height += 1.5 * ROW;
}

/// A line for each second, or for each fifth of one.
fn draw_axis(drawing: &mut Drawing, end: f64, scale: f64) {
    let step = if end > 2_000.0 { 1_000.0 } else { 200.0 };
    let (top, bottom) = (drawing.height, drawing.height + 6.0);
    drawing.height += ROW + 4.0;
    let mut time = 0.0;
    while time <= end {
        let x = NAMES + time * scale;
        drawing.line(x, top, bottom, "axis");
        let text = format!("{:.1} s", time / 1_000.0);
        drawing.text(x, drawing.height, "quiet", &text);
        time += step;
    }
}

/// When the load is over: the rows are there, and no task or drawn request goes on.
fn end(load: &Value) -> f64 {
    let requests = requests(load).into_iter().map(|request| request.end);
    let tasks = tasks(load)
        .into_iter()
        .map(|(start, duration)| start + duration);
    requests
        .chain(tasks)
        .fold(figure_of(load, "rows"), f64::max)
}

fn figure_of(load: &Value, figure: &str) -> f64 {
    load["figures"][figure].as_f64().unwrap_or_default()
}

fn tasks(load: &Value) -> Vec<(f64, f64)> {
    let tasks = load["recording"]["longTasks"].as_array();
    tasks
        .into_iter()
        .flatten()
        .filter_map(|task| Some((task["start"].as_f64()?, task["duration"].as_f64()?)))
        .collect()
}

/// The requests but those for images, which no row waits for.
fn requests(load: &Value) -> Vec<Request> {
    let requests = load["recording"]["requests"].as_array();
    requests
        .into_iter()
        .flatten()
        .filter_map(|request| {
            let url = request["url"].as_str()?;
            let kind = kind_of(url, request["initiator"].as_str()?)?;
            Some(Request {
                name: name_of(url),
                kind,
                start: request["start"].as_f64()?,
                end: request["end"].as_f64()?,
                bytes: request["bytes"].as_f64()?,
            })
        })
        .take(REQUESTS)
        .collect()
}

/// The class of a request. `None` for an image.
fn kind_of(url: &str, initiator: &str) -> Option<&'static str> {
    let ends = |ending: &str| url.ends_with(ending);
    if initiator == "img"
        || url.starts_with("data:")
        || [".svg", ".png"].iter().any(|end| ends(end))
    {
        None
    } else if initiator == "navigation" {
        Some("html")
    } else if url.contains("/api/v2/") {
        Some("api")
    } else if ends(".css") {
        Some("css")
    } else if ends(".js") {
        Some("js")
    } else if ends(".wasm") {
        Some("wasm")
    } else {
        Some("other")
    }
}

/// What is written beside a request: the path of the API, or the file's name
/// without the hash of its content.
fn name_of(url: &str) -> String {
    if let Some((_, path)) = url.split_once("/api/v2/") {
        return path.to_owned();
    }
    match url.rsplit('/').next().unwrap_or_default() {
        "" => "the page".to_owned(),
        name => without_hash(name),
    }
}

/// A file's name without the hash that begins with a hyphen.
fn without_hash(name: &str) -> String {
    const DIGITS: usize = 16;
    let hash = name.match_indices('-').find_map(|(at, _)| {
        let digits = name.get(at + 1..at + 1 + DIGITS)?;
        let is_hash = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash.then_some(at..at + 1 + DIGITS)
    });
    let mut name = name.to_owned();
    if let Some(hash) = hash {
        name.replace_range(hash, "");
    }
    name
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn request(url: &str, initiator: &str, start: u32) -> Value {
        json!({ "url": url, "initiator": initiator, "start": start, "end": start + 100, "bytes": 1_500 })
    }

    fn load() -> Value {
        json!({
            "figures": { "firstPaint": 400, "rows": 900 },
            "recording": {
                "requests": [
                    request("http://h/accounts/", "navigation", 0),
                    request("http://h/accounts/app_bg.wasm", "link", 120),
                    request("http://h/icon/a.svg", "img", 950),
                    request("http://h/api/v2/external-auth", "fetch", 500),
                ],
                "longTasks": [{ "start": 700, "duration": 500 }],
            },
        })
    }

    #[test]
    fn a_load_has_a_bar_for_each_request_and_task_and_a_line_for_each_paint() {
        let load = load();
        let loads = [Load {
            title: "this",
            load: &load,
        }];
        let svg = draw("The load", &loads);
        assert_eq!(svg.matches("<rect").count(), 3 + 1);
        for text in [
            "the page",
            "app_bg.wasm",
            ">external-auth<",
            "first paint 0.40 s",
            "rows 0.90 s",
            "1.5 KB",
        ] {
            assert!(svg.contains(text), "{text}: {svg}");
        }
        assert!(!svg.contains("a.svg"), "{svg}");
    }

    #[test]
    fn a_name_is_written_without_its_hash() {
        for (name, plain) in [
            ("app-0123456789abcdef_bg.wasm", "app_bg.wasm"),
            (
                "app_elements-later-0123456789abcdef.wasm",
                "app_elements-later.wasm",
            ),
            ("early-requests.js", "early-requests.js"),
            ("a-0123.js", "a-0123.js"),
        ] {
            assert_eq!(without_hash(name), plain);
        }
    }

    #[test]
    fn the_drawing_ends_with_the_last_task() {
        assert!((end(&load()) - 1_200.0).abs() < 1e-9);
    }

    #[test]
    fn two_loads_have_one_scale() {
        let (one, mut other) = (load(), load());
        other["recording"]["longTasks"] = json!([{ "start": 0, "duration": 6_000 }]);
        let loads = [
            Load {
                title: "this",
                load: &one,
            },
            Load {
                title: "that",
                load: &other,
            },
        ];
        let svg = draw("The loads", &loads);
        // Two paints of each load, and the seconds from 0 to 6.
        assert_eq!(svg.matches("<line").count(), 2 * 2 + 7);
        assert!(svg.contains(">6.0 s<"), "{svg}");
    }
}
