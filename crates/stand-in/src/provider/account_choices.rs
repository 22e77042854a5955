use std::fmt::Write;

use super::Service;
use crate::html::escape;

/// HTML: an option for each account, with the signed-in one selected.
pub(super) fn account_choices(service: &Service) -> String {
    let mut choices = String::new();
    for account in &service.accounts {
        let selected = if account.login == service.signed_in {
            " selected"
        } else {
            ""
        };
        let login = escape(&account.login);
        let name = escape(&account.name);
        let _ = writeln!(
            choices,
            "<option value=\"{login}\"{selected}>@{login} ({name})</option>"
        );
    }
    choices
}
