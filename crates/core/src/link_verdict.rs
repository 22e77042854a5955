use crate::{LinkEvidence, LinkHealth, LinkSnapshot};

/// Whether an account was linked, or linked again, since a flow started.
///
/// The server writes `updated_at` on a new link, on every refresh of a
/// token, and when a refresh fails permanently. So a newer `updated_at`
/// alone proves nothing. "Linked again" is the verdict only if nothing else
/// explains what was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkVerdict {
    /// The account was linked, or linked again.
    Linked,
    /// The account was linked, or linked again, but the provider refuses the
    /// link.
    Unusable,
    /// The link works. It is not known whether it was linked again: its token
    /// may have been refreshed, or the provider may have recovered.
    Works,
    /// The account was not linked since then: there is no link, or the link has
    /// not changed.
    NotLinked,
    /// The current state could not be read.
    NotKnown,
}

impl LinkVerdict {
    /// Whether a flow may end with this verdict. Then it must be asked who is
    /// signed in, because another person may have signed in meanwhile.
    #[must_use]
    pub fn may_end_flow(self) -> bool {
        !matches!(self, Self::NotLinked | Self::NotKnown)
    }

    /// Compares what was known `before` the flow with what is known `now`.
    /// `now` is `None` if it could not be read.
    ///
    /// The first row that matches decides:
    ///
    /// | | now | evidence | before | verdict |
    /// | --- | --- | --- | --- | --- |
    /// | 1 | not read, or unclear | exchanged | any | linked: `204` is the server's word |
    /// | 2 | not read, or unclear | any other | any | not known |
    /// | 3 | absent or broken | exchanged | any | unusable |
    /// | 4 | broken, and not known to be unchanged | return page | any | unusable |
    /// | 5 | absent or broken | any | any | not linked |
    /// | 6 | works | exchanged; or return page, and not known to be unchanged | any | linked |
    /// | 7 | works | any | absent | linked |
    /// | 8 | works, and newer | any | broken | linked: a refresh mends no link that was refused |
    /// | 9 | works | refused | worked or unclear | not linked: nothing has changed |
    /// | 10 | works, as another login | any other | any | linked |
    /// | 11 | works, and not newer | any other | worked | not linked: nothing has changed |
    /// | 12 | works | any | any | works |
    #[must_use]
    pub fn of(before: &LinkSnapshot, now: Option<&LinkSnapshot>, evidence: LinkEvidence) -> Self {
        let was_exchanged = evidence == LinkEvidence::Exchanged;
        let Some(now) = now.filter(|now| now.health != LinkHealth::Unclear) else {
            return if was_exchanged {
                Self::Linked
            } else {
                Self::NotKnown
            };
        };
        let is_newer = match (before.updated_at, now.updated_at) {
            (Some(before), Some(now)) => Some(now > before),
            _ => None,
        };
        // A flow that returns has replaced the tokens, and the server has
        // recorded that.
        let came_back = evidence == LinkEvidence::ReturnPage && is_newer != Some(false);
        if now.health != LinkHealth::Works {
            let is_unusable = was_exchanged || came_back && now.health == LinkHealth::Broken;
            return if is_unusable {
                Self::Unusable
            } else {
                Self::NotLinked
            };
        }
        let is_another_login =
            matches!((&before.login, &now.login), (Some(before), Some(now)) if before != now);
        match before.health {
            _ if was_exchanged || came_back => Self::Linked,
            LinkHealth::Absent => Self::Linked,
            LinkHealth::Broken if is_newer == Some(true) => Self::Linked,
            LinkHealth::Works | LinkHealth::Unclear if evidence == LinkEvidence::Refused => {
                Self::NotLinked
            }
            _ if is_another_login && evidence != LinkEvidence::Refused => Self::Linked,
            LinkHealth::Works if is_newer == Some(false) => Self::NotLinked,
            _ => Self::Works,
        }
    }
}
