//! The parts of `cargo xtask test`.

/// A part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// Formatting, lints, documentation, and the checks of JS, HTML and CSS.
    Lint,
    /// The tests that run on the host.
    Unit,
    /// The page's components in headless Chromium.
    Browser,
    /// The page's components in headless Firefox, and journeys through the whole
    /// program.
    Firefox,
    /// The whole program in headless Chromium.
    E2e,
    /// What the release costs, against `budgets.json`.
    Budgets,
    /// The release, built again in another folder.
    Rebuild,
}

impl Part {
    /// All parts, the quickest to fail first.
    pub(crate) const ALL: [Self; 7] = [
        Self::Lint,
        Self::Unit,
        Self::Browser,
        Self::Firefox,
        Self::E2e,
        Self::Budgets,
        Self::Rebuild,
    ];

    /// Its name on the command line and in the summary.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Unit => "unit",
            Self::Browser => "browser",
            Self::Firefox => "firefox",
            Self::E2e => "e2e",
            Self::Budgets => "budgets",
            Self::Rebuild => "rebuild",
        }
    }
}
