use axum::{extract::Path, http::StatusCode, response::Response};

use super::pages;
use crate::answer;

/// `GET /icon/{file}`: drawings of our own, one for each kind of provider.
pub(crate) async fn icon(Path(file): Path<String>) -> Response {
    let svg = match file.as_str() {
        "azure-devops.svg" => include_str!("../../icons/azure-devops.svg"),
        "bitbucket.svg" => include_str!("../../icons/bitbucket.svg"),
        "codeberg.svg" => include_str!("../../icons/codeberg.svg"),
        "git.svg" => include_str!("../../icons/git.svg"),
        "gitea.svg" => include_str!("../../icons/gitea.svg"),
        "github.svg" => include_str!("../../icons/github.svg"),
        "gitlab.svg" => include_str!("../../icons/gitlab.svg"),
        "jfrog.svg" => include_str!("../../icons/jfrog.svg"),
        "slack.svg" => include_str!("../../icons/slack.svg"),
        _ => return pages::not_found_page("There is no such icon."),
    };
    answer::typed(StatusCode::OK, "image/svg+xml", svg)
}
