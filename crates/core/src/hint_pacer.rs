use std::time::Duration;

use crate::LinkHint;

/// Between two readings because of the same hint. It doubles while hints go on.
const FIRST_WAIT: Duration = Duration::from_secs(3);
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// When hints of other tabs are acted on.
///
/// The first hint about a provider is acted on at once. Those that follow soon
/// wait, and are then acted on together: other tabs may send them in a burst,
/// or answer each other in a loop.
#[derive(Debug, Default)]
pub struct HintPacer {
    paced: Vec<Paced>,
    list: ListNeed,
}

/// Whether hints are a reason to read the list.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum ListNeed {
    #[default]
    None,
    Wanted,
    /// Wanted, after the hints that wait.
    Deferred,
}

#[derive(Debug)]
struct Paced {
    hint: LinkHint,
    /// When it was last acted on, by the monotonic clock.
    acted: Duration,
    wait: Duration,
    /// Whether it came again since.
    is_waiting: bool,
}

impl Paced {
    fn due(&self) -> Duration {
        self.acted.saturating_add(self.wait)
    }
}

impl HintPacer {
    /// Takes a hint. Returns whether to act on it now. Otherwise it waits until
    /// it is [due](Self::take_due). `now` is an instant of the monotonic clock.
    #[must_use]
    pub fn take(&mut self, hint: &LinkHint, now: Duration) -> bool {
        self.paced
            .retain(|paced| paced.is_waiting || paced.due() > now);
        let known = self.paced.iter_mut().find(|paced| paced.hint == *hint);
        if let Some(paced) = known {
            paced.is_waiting = true;
            return false;
        }
        self.paced.push(Paced {
            hint: hint.clone(),
            acted: now,
            wait: FIRST_WAIT,
            is_waiting: false,
        });
        true
    }

    /// The hints to act on now, because they have waited long enough.
    #[must_use]
    pub fn take_due(&mut self, now: Duration) -> Vec<LinkHint> {
        let is_due = |paced: &&mut Paced| paced.is_waiting && paced.due() <= now;
        (self.paced.iter_mut().filter(is_due))
            .map(|paced| {
                paced.is_waiting = false;
                paced.acted = now;
                paced.wait = paced.wait.saturating_mul(2).min(LONGEST_WAIT);
                paced.hint.clone()
            })
            .collect()
    }

    /// How long until the next hint is due. None if none waits.
    #[must_use]
    pub fn next_due(&self, now: Duration) -> Option<Duration> {
        let waiting = self.paced.iter().filter(|paced| paced.is_waiting);
        let due = waiting.map(Paced::due).min()?;
        Some(due.saturating_sub(now))
    }

    /// A provider that was read because of a hint is a reason to read the list.
    pub fn want_list(&mut self) {
        if self.list == ListNeed::None {
            self.list = ListNeed::Wanted;
        }
    }

    /// Whether to read the list now. A list is expensive for the deployment. So
    /// the hints that wait are acted on first, and one list answers all of them.
    /// But hints that go on do not put it off for ever.
    #[must_use]
    pub fn take_list(&mut self) -> bool {
        let is_waiting = self.paced.iter().any(|paced| paced.is_waiting);
        if self.list == ListNeed::Wanted && is_waiting {
            self.list = ListNeed::Deferred;
            return false;
        }
        std::mem::take(&mut self.list) != ListNeed::None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hint(provider: &str, returned: bool) -> LinkHint {
        LinkHint {
            provider: provider.into(),
            returned,
        }
    }

    const fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn a_burst_is_acted_on_at_once_and_once_more() {
        let (mut pacer, gitlab) = (HintPacer::default(), hint("gitlab", false));
        let acted = (0..1_000).filter(|ms| pacer.take(&gitlab, at(*ms))).count();
        assert_eq!(acted, 1);
        assert_eq!(pacer.next_due(at(1_000)), Some(at(2_000)));
        assert_eq!(pacer.take_due(at(2_999)), []);
        assert_eq!(pacer.take_due(at(3_000)), [gitlab]);
        assert_eq!(pacer.next_due(at(3_000)), None);
        assert_eq!(pacer.take_due(at(100_000)), []);
    }

    #[test]
    fn each_provider_and_each_kind_of_hint_waits_for_itself() {
        let mut pacer = HintPacer::default();
        assert!(pacer.take(&hint("gitlab", false), at(0)));
        assert!(pacer.take(&hint("gitea", false), at(1)));
        // The return page proves more than another tab.
        assert!(pacer.take(&hint("gitlab", true), at(2)));
        assert!(!pacer.take(&hint("gitlab", true), at(3)));
        assert_eq!(pacer.take_due(at(10_000)), [hint("gitlab", true)]);
    }

    #[test]
    fn waits_become_longer_while_hints_go_on_and_short_after_a_pause() {
        let (mut pacer, gitlab) = (HintPacer::default(), hint("gitlab", false));
        let mut acted = Vec::new();
        for second in 0..300 {
            let now = at(second * 1_000);
            if pacer.take(&gitlab, now) || !pacer.take_due(now).is_empty() {
                acted.push(second);
            }
        }
        assert_eq!(acted, [0, 3, 9, 21, 45, 93, 153, 213, 273]);
        let later = at(1_000_000);
        assert_eq!(pacer.take_due(later), std::slice::from_ref(&gitlab));
        let pause = later + LONGEST_WAIT;
        assert!(pacer.take(&gitlab, pause));
        assert!(!pacer.take(&gitlab, pause));
        assert_eq!(pacer.next_due(pause), Some(FIRST_WAIT));
    }

    #[test]
    fn one_list_answers_a_burst() {
        let (mut pacer, gitlab) = (HintPacer::default(), hint("gitlab", false));
        assert!(!pacer.take_list());
        assert!(pacer.take(&gitlab, at(0)));
        pacer.want_list();
        assert!(pacer.take_list());
        assert!(!pacer.take_list());

        assert!(!pacer.take(&gitlab, at(1)));
        pacer.want_list();
        assert!(!pacer.take_list());
        assert_eq!(pacer.take_due(at(3_000)), std::slice::from_ref(&gitlab));
        // Another burst has begun.
        assert!(!pacer.take(&gitlab, at(3_001)));
        pacer.want_list();
        assert!(pacer.take_list());
    }

    #[test]
    fn nothing_is_kept_of_hints_that_are_over() {
        let mut pacer = HintPacer::default();
        for number in 0..1_000 {
            let provider = format!("provider-{number}");
            assert!(pacer.take(&hint(&provider, false), at(number * 3_000)));
        }
        assert_eq!(pacer.paced.len(), 1);
    }

    proptest! {
        #[test]
        fn every_hint_is_acted_on_after_it_came(gaps in prop::collection::vec(0_u64..20_000, 1..60)) {
            let (mut pacer, gitlab) = (HintPacer::default(), hint("gitlab", false));
            let (mut now, mut acted, mut came) = (0, Vec::new(), 0);
            for gap in gaps {
                // The timer runs between two hints.
                if let Some(due) = pacer.next_due(at(now)).filter(|due| *due <= at(gap)) {
                    now += u64::try_from(due.as_millis()).unwrap_or_default();
                    prop_assert_eq!(pacer.take_due(at(now)).len(), 1);
                    acted.push(now);
                }
                now += gap;
                came = now;
                if pacer.take(&gitlab, at(now)) {
                    acted.push(now);
                }
            }
            if let Some(due) = pacer.next_due(at(now)) {
                now += u64::try_from(due.as_millis()).unwrap_or_default();
                prop_assert_eq!(pacer.take_due(at(now)).len(), 1);
                acted.push(now);
            }
            prop_assert!(acted.last().is_some_and(|last| *last >= came));
            let is_paced = |pair: &[u64]| pair[1] - pair[0] >= 3_000;
            prop_assert!(acted.windows(2).all(is_paced), "{:?}", acted);
        }
    }
}
