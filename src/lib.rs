//! A frontend for Coder's external authentication API: the accounts that a
//! person links to GitHub, GitLab and others.
//!
//! Data flows one way:
//!
//! ```text
//! wire JSON ─► api ─► store (signals + commands) ─► components ─► DOM
//!                       ▲   asks core's decisions       │
//!                       └────────── user events ◄───────┘
//! ```
//!
//! | module | what it does |
//! | --- | --- |
//! | [`api`] | talks HTTP; knows no rule |
//! | [`platform`] | the browser behind small types |
//! | [`store`] | what is on the page now, and the commands that change it |
//! | [`linking`] | links a provider |
//! | [`components`] | draws |
//! | [`pages`] | puts components on a page |
//! | [`elements`] | puts them into custom elements |
//! | [`text`] | every sentence that a person reads |
//!
//! The decisions are in the crate `coder-external-auth-core`.

pub mod api;
pub mod components;
mod config;
pub mod elements;
pub mod linking;
pub mod pages;
pub mod platform;
pub mod reactive;
mod secret;
pub mod session;
pub mod text;
pub mod unlinking;
pub mod view;

pub use config::{Config, Embedding};
pub use secret::Secret;
