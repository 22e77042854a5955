/// How soon a device code expires. A person is warned each time that it becomes
/// more urgent (WCAG 2.2, 2.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodeUrgency {
    /// There is time, or no code.
    Calm,
    /// At most a minute is left.
    Soon,
    /// At most twenty seconds are left.
    LastSeconds,
}

impl CodeUrgency {
    /// The urgency when this many seconds are left. None without a code.
    #[must_use]
    pub fn of(seconds_left: Option<u64>) -> Self {
        match seconds_left {
            Some(0..=20) => Self::LastSeconds,
            Some(21..=60) => Self::Soon,
            _ => Self::Calm,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CodeUrgency;

    #[test]
    fn it_rises_at_sixty_and_at_twenty_seconds() {
        use CodeUrgency::{Calm, LastSeconds, Soon};

        let table = [
            (None, Calm),
            (Some(900), Calm),
            (Some(61), Calm),
            (Some(60), Soon),
            (Some(21), Soon),
            (Some(20), LastSeconds),
            (Some(0), LastSeconds),
        ];
        for (seconds, urgency) in table {
            assert_eq!(CodeUrgency::of(seconds), urgency, "{seconds:?}");
        }
    }

    // A timer may skip seconds, as in a hidden tab.
    #[test]
    fn less_time_is_never_less_urgent() {
        let urgencies: Vec<_> = (0..=900).map(|left| CodeUrgency::of(Some(left))).collect();
        assert!(urgencies.is_sorted_by(|shorter, longer| shorter >= longer));
    }
}
