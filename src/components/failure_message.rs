use crate::session::FailedCommand;
use crate::text;

/// What an embedding page is told about a command that failed.
pub(super) fn failure_message(failure: &FailedCommand) -> String {
    match failure {
        FailedCommand::Request(error) => text::api_error(error),
        FailedCommand::Link { name } => text::link_failed(name),
        FailedCommand::AnotherPerson(notice) => text::person_notice(notice),
        FailedCommand::AnotherCookie { name, mismatch } => text::another_cookie(name, mismatch),
    }
}
