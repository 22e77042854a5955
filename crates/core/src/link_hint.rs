use crate::{LinkEvidence, ProviderRecord, WindowEvent};

/// What another tab says of a provider's link. It is a hint to read again,
/// never the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkHint {
    /// The provider's id.
    pub provider: String,
    /// Whether the return page of a redirect flow says so: the deployment sent
    /// the browser back, which it does only after it has stored the tokens.
    pub returned: bool,
}

/// Who takes a [`LinkHint`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HintTarget {
    /// The window in which the provider is being linked.
    Window(WindowEvent),
    /// The device links of the provider. Each judges what it reads with this
    /// evidence.
    Devices(LinkEvidence),
    /// Nobody links the provider here: its record is read by id.
    Record,
}

impl LinkHint {
    /// Who takes this hint: `window` is the provider that is linked in a window,
    /// `has_device_link` says whether the provider of the hint is linked by the
    /// device flow here.
    #[must_use]
    pub fn target(&self, window: Option<&str>, has_device_link: bool) -> HintTarget {
        if window == Some(&self.provider) {
            HintTarget::Window(if self.returned {
                WindowEvent::Returned
            } else {
                WindowEvent::Hinted
            })
        } else if has_device_link {
            HintTarget::Devices(if self.returned {
                LinkEvidence::ReturnPage
            } else {
                LinkEvidence::None
            })
        } else {
            HintTarget::Record
        }
    }

    /// Whether the list is read after a provider that nobody links here was read
    /// by id: by-id cannot tell a link that was removed from a broken one.
    #[must_use]
    pub fn needs_list(record: &ProviderRecord) -> bool {
        record.is_listed() && record.is_refused_live()
    }
}

#[cfg(test)]
mod tests {
    use super::{HintTarget, LinkHint};
    use crate::{LinkEvidence, WindowEvent};

    #[test]
    fn a_hint_goes_to_the_link_that_runs_for_its_provider() {
        let devices = |evidence| HintTarget::Devices(evidence);
        for (window, has_device_link, returned, target) in [
            (
                Some("gitlab"),
                false,
                true,
                HintTarget::Window(WindowEvent::Returned),
            ),
            (
                Some("gitlab"),
                false,
                false,
                HintTarget::Window(WindowEvent::Hinted),
            ),
            (
                Some("gitlab"),
                true,
                false,
                HintTarget::Window(WindowEvent::Hinted),
            ),
            (Some("gitea"), true, false, devices(LinkEvidence::None)),
            (None, true, false, devices(LinkEvidence::None)),
            (None, true, true, devices(LinkEvidence::ReturnPage)),
            (Some("gitea"), false, true, HintTarget::Record),
            (None, false, true, HintTarget::Record),
            (None, false, false, HintTarget::Record),
        ] {
            let hint = LinkHint {
                provider: "gitlab".into(),
                returned,
            };
            let found = hint.target(window, has_device_link);
            assert_eq!(found, target, "{window:?} {has_device_link} {returned}");
        }
    }
}
