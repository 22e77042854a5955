//! The index: the page that shows all views.

use std::{fmt::Write, sync::Arc};

use axum::{extract::State, http::StatusCode, response::Response};

use super::{Gallery, PATH, view::View, views};
use crate::{
    answer, coder,
    form::{Form, Query},
    html::escape,
};

/// `GET /_stand-in/gallery`: redirects to the index.
pub(super) async fn to_folder() -> Response {
    answer::redirect(StatusCode::PERMANENT_REDIRECT, PATH)
}

/// `GET /_stand-in/gallery/views.json`: the views, for tests.
pub(super) async fn views() -> Response {
    answer::json(StatusCode::OK, &views::description())
}

/// `GET /_stand-in/gallery/gallery.js`: the program that presses the buttons, and
/// sets colours and width.
pub(super) async fn program() -> Response {
    file(
        "text/javascript; charset=utf-8",
        include_str!("../../gallery/gallery.js"),
    )
}

/// `GET /_stand-in/gallery/gallery.css`.
pub(super) async fn style() -> Response {
    file(
        "text/css; charset=utf-8",
        include_str!("../../gallery/gallery.css"),
    )
}

/// `GET /_stand-in/gallery/`: all views, each in a frame; with `?group=` only the
/// views of one group, because each frame runs a program.
pub(super) async fn show(State(gallery): State<Arc<Gallery>>, Query(query): Query) -> Response {
    let chosen = query.get("group");
    let (mut choices, mut contents) = (group_link("", "All", chosen), String::new());
    for group in views::GROUPS {
        choices.push_str(&group_link(group.title, group.title, chosen));
        if !chosen.is_empty() && chosen != group.title {
            continue;
        }
        let title = escape(group.title);
        let _ = writeln!(contents, "<section>\n<h2>{title}</h2>");
        for view in group.views {
            contents.push_str(&framed(view, group.by_hand));
        }
        contents.push_str("</section>\n");
    }
    let page = include_str!("../../gallery/index.html")
        .replace("{page}", gallery.coder.access_url())
        .replace("{groups}", &choices)
        .replace("{contents}", &contents);
    let mut response = answer::html(StatusCode::OK, page);
    coder::put_gallery_policy(&mut response);
    response
}

/// A link to the views of one group, or to all views where `group` is empty.
fn group_link(group: &str, words: &str, chosen: &str) -> String {
    let query = if group.is_empty() {
        String::new()
    } else {
        format!("?{}", Form::default().with("group", group).encode())
    };
    let current = if group == chosen {
        " aria-current=\"page\""
    } else {
        ""
    };
    format!(
        "<a href=\"{PATH}{}\"{current}>{}</a>\n",
        escape(&query),
        escape(words)
    )
}

fn framed(view: &View, by_hand: bool) -> String {
    let (name, title, path) = (view.name, escape(view.title), escape(&view.path()));
    let (pressed, hint) = if by_hand {
        let buttons = escape(&view.steps.join(", then "));
        (&[][..], format!("; press: {buttons}"))
    } else {
        (view.steps, String::new())
    };
    let steps = escape(&serde_json::to_string(pressed).unwrap_or_default());
    // A frame is loaded when it becomes visible, because it runs a program.
    format!(
        "<article id=\"{name}\" aria-labelledby=\"{name}-title\">\n\
         <h3 id=\"{name}-title\">{title}</h3>\n\
         <p><a href=\"{path}\" target=\"_blank\">Open <span class=\"visually-hidden\">{title} </span>by itself</a>{hint}</p>\n\
         <iframe src=\"{path}\" title=\"{title}\" loading=\"lazy\" data-steps=\"{steps}\"></iframe>\n\
         </article>\n"
    )
}

fn file(content_type: &'static str, text: &'static str) -> Response {
    let mut response = answer::typed(StatusCode::OK, content_type, text);
    coder::put_gallery_policy(&mut response);
    response
}
