use crate::{WindowPhase, WindowView};

/// What a click on "Link" does for a provider that is linked in a window.
/// Only one redirect flow runs at a time, because a deployment has one state
/// cookie for all its providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowRequest {
    /// A window opens.
    Open,
    /// The window of the same provider seems to be closed. A new one opens and
    /// replaces the old one, which may still be open.
    Replace,
    /// The window of the same provider is brought to the front.
    BringToFront,
    /// Another provider is being linked. The person chooses.
    Conflict,
}

impl WindowRequest {
    /// What a click for the provider `wanted` does while `running` runs.
    #[must_use]
    pub fn of(running: Option<&WindowView>, wanted: &str) -> Self {
        match running {
            None => Self::Open,
            Some(running) if *running.provider != *wanted => Self::Conflict,
            Some(running) if running.phase == (WindowPhase::Waiting { seems_closed: true }) => {
                Self::Replace
            }
            Some(_) => Self::BringToFront,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WindowRequest;
    use crate::{WindowPhase, WindowView};

    #[test]
    fn one_redirect_flow_runs_at_a_time() {
        let waiting = |seems_closed| Some(WindowPhase::Waiting { seems_closed });
        for (running, wanted, request) in [
            (None, "gitlab", WindowRequest::Open),
            (waiting(false), "gitlab", WindowRequest::BringToFront),
            (waiting(true), "gitlab", WindowRequest::Replace),
            (
                Some(WindowPhase::Blocked),
                "gitlab",
                WindowRequest::BringToFront,
            ),
            (
                Some(WindowPhase::StillWaiting),
                "gitlab",
                WindowRequest::BringToFront,
            ),
            (waiting(false), "gitea", WindowRequest::Conflict),
            (waiting(true), "gitea", WindowRequest::Conflict),
            (Some(WindowPhase::Blocked), "gitea", WindowRequest::Conflict),
            (
                Some(WindowPhase::StillWaiting),
                "gitea",
                WindowRequest::Conflict,
            ),
        ] {
            let view = running.map(|phase| WindowView {
                provider: "gitlab".into(),
                phase,
                elsewhere: None,
            });
            let found = WindowRequest::of(view.as_ref(), wanted);
            assert_eq!(found, request, "{running:?} {wanted}");
        }
    }
}
