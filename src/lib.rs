//! A frontend for Coder's external authentication API: the accounts that a
//! person links to GitHub, GitLab and others.
//!
//! Data flows one way:
//!
//! ```text
//! wire JSON ─► api ─► session ─► core: RowModel ─► view ─► components ─► DOM
//!                       ▲  what is known, and commands    │
//!                       └── command ─► outcome ◄── event ─┘
//! ```
//!
//! | module | what it does |
//! | --- | --- |
//! | [`chunk`] | parts of the program that are fetched later |
//! | [`api`] | HTTP to the deployment; knows no rule |
//! | [`platform`] | the browser behind small types |
//! | [`reactive`] | effects, memos and derived values that unsubscribe with their owner |
//! | [`session`] | what is known of one deployment for one person |
//! | [`linking`], [`unlinking`] | the commands that make and remove a link, and their outcomes |
//! | [`text`] | every sentence that a person reads |
//! | [`view`] | one picture of a session: search, dialogs, notices, focus |
//! | [`components`] | draw |
//! | [`pages`], [`elements`] | put components on a page, and into custom elements |
//!
//! `docs/architecture.md` has the drawing, two walks and the glossary.
//! The decisions are in the crate `coder-external-auth-core`.

pub mod api;
pub mod chunk;
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
