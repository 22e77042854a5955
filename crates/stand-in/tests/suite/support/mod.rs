//! A server for each test, and a client with a cookie jar.

mod answer;
mod browser;
mod consent;
mod server;

pub(crate) use answer::Answer;
pub(crate) use browser::Browser;
pub(crate) use consent::Consent;
pub(crate) use server::Server;
