use axum::{extract::Path, http::StatusCode, response::Response};

use super::pages;
use crate::answer;

/// `GET /icon/{file}`: one icon for each type of provider, under Coder's names.
///
/// As in Coder, some are white, for the dark theme: `github.svg`, `okta.svg`,
/// `coder.svg` and the letters of `aws.svg`. `apple-black.svg` is black. The hint
/// for the dashboard's colour filter in the query (`?monochrome`,
/// `?blackWithColor`, `?whiteWithColor`) changes nothing here.
pub(crate) async fn icon(Path(file): Path<String>) -> Response {
    let svg = match file.as_str() {
        "apple-black.svg" => include_str!("../../icons/apple-black.svg"),
        "aws.svg" => include_str!("../../icons/aws.svg"),
        "azure-devops.svg" => include_str!("../../icons/azure-devops.svg"),
        "bitbucket.svg" => include_str!("../../icons/bitbucket.svg"),
        "codeberg.svg" => include_str!("../../icons/codeberg.svg"),
        "coder.svg" => include_str!("../../icons/coder.svg"),
        "git.svg" => include_str!("../../icons/git.svg"),
        "gitea.svg" => include_str!("../../icons/gitea.svg"),
        "github.svg" => include_str!("../../icons/github.svg"),
        "gitlab.svg" => include_str!("../../icons/gitlab.svg"),
        "jfrog.svg" => include_str!("../../icons/jfrog.svg"),
        "okta.svg" => include_str!("../../icons/okta.svg"),
        "slack.svg" => include_str!("../../icons/slack.svg"),
        _ => return pages::not_found_page("There is no such icon."),
    };
    answer::typed(StatusCode::OK, "image/svg+xml", svg)
}

/// The icon of a provider without a configured one: a key.
pub(crate) const DEFAULT_ICON: &str = "/emojis/1f511.png";

/// `GET /emojis/{file}`: the default icon.
pub(super) async fn emoji(Path(file): Path<String>) -> Response {
    if file != "1f511.png" {
        return pages::not_found_page("There is no such picture.");
    }
    let png: &[u8] = include_bytes!("../../icons/1f511.png");
    answer::typed(StatusCode::OK, "image/png", png)
}
