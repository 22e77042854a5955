//! When a link counts as made: the whole matrix, judged through both flows and
//! compared with the rules.

use std::time::Duration;

use external_auth_core::wire::{Account, DeviceAuthorization, ExternalAuth, Link, Provider};
use external_auth_core::{
    DeviceAnswer, DeviceEffect, DeviceEnd, DeviceEvent, DeviceFlow, DeviceView, LinkEvidence,
    LinkHealth, LinkSnapshot, LinkVerdict, LockNews, Moment, ProviderRecord, Timestamp,
    WindowEffect, WindowEnd, WindowEvent, WindowFlow, WindowFlowKind,
};

const NOW: Timestamp = Timestamp::from_unix_ms(1_780_000_000_000);
const BEFORE: [Seen; 4] = [Seen::None, Seen::Broken, Seen::Unclear, Seen::Works];
const AFTER: [Option<Seen>; 5] = [
    Some(Seen::None),
    Some(Seen::Broken),
    Some(Seen::Unclear),
    Some(Seen::Works),
    None,
];

/// What a list says of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    None,
    Broken,
    Unclear,
    Works,
}

/// How a flow goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The window reports nothing; the person looks.
    WindowSilent,
    /// Another tab sends a message.
    WindowHinted,
    /// The return page reports.
    WindowReturned,
    /// The person has not decided yet; another tab sends a message.
    DevicePending,
    DeviceDenied,
    DeviceExpired,
    /// `204`.
    DeviceExchanged,
    /// The `204` was lost: the next poll has a code that is used.
    DeviceLostAnswer,
}

/// What a person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// "is linked", and the event.
    Linked,
    /// It was linked, and does not work.
    Unusable,
    /// It works; no more than that.
    Works,
    /// The end that the provider tells of.
    Refused,
    /// The flow goes on.
    GoesOn,
}

/// One row of the matrix.
#[derive(Debug, Clone, Copy)]
struct Case {
    before: Seen,
    after: Option<Seen>,
    moved: bool,
    other_login: bool,
    validated: bool,
    way: Way,
}

impl Case {
    /// The rules of the contract, written down once more and in another way
    /// than in the code: question by question.
    fn expected(self) -> Told {
        use Way::{
            DeviceDenied, DeviceExchanged, DeviceExpired, DeviceLostAnswer, DevicePending,
            WindowHinted, WindowReturned, WindowSilent,
        };

        let works_now = self.after == Some(Seen::Works);
        let broken_now = self.after == Some(Seen::Broken);
        // A 204 is linked; only a link that is known not to work is not called so.
        if self.way == DeviceExchanged {
            return if broken_now || self.after == Some(Seen::None) {
                Told::Unusable
            } else {
                Told::Linked
            };
        }
        if self.way == WindowReturned {
            return match self.after {
                Some(Seen::Works) if self.is_written() || self.other_login => Told::Linked,
                Some(Seen::Broken) if self.is_written() => Told::Unusable,
                _ => Told::GoesOn,
            };
        }
        let not_linked = match self.way {
            DeviceDenied | DeviceExpired | DeviceLostAnswer => Told::Refused,
            _ => Told::GoesOn,
        };
        if !works_now {
            return not_linked;
        }
        if self.before == Seen::None || self.before == Seen::Broken && self.moved {
            return Told::Linked;
        }
        let was_refused = matches!(self.way, DeviceDenied | DeviceExpired);
        if self.other_login && !was_refused {
            return Told::Linked;
        }
        // From here on: there before, and works now, which may have many reasons.
        let is_as_before = self.before == Seen::Works && !self.moved;
        match self.way {
            _ if is_as_before => not_linked,
            WindowSilent | DeviceLostAnswer => Told::Works,
            WindowHinted | DevicePending => Told::GoesOn,
            _ => not_linked,
        }
    }

    /// Whether the server has written the link since.
    fn is_written(self) -> bool {
        self.moved || self.before == Seen::None
    }

    fn told(self) -> Told {
        let mut record = record(self.before, self.validated);
        let before = LinkSnapshot::of(&record, NOW);
        let after = self.after.map(|after| {
            let at = 60_000 * i64::from(self.moved);
            let listed = link(after, self.validated, at);
            record.apply_list(record.provider.clone(), listed, 3, NOW);
            if after != Seen::None {
                let login = if self.other_login { "grace" } else { "ada" };
                take_login(&mut record, login, after);
            }
            LinkSnapshot::of(&record, NOW)
        });
        let judge = |evidence| LinkVerdict::of(&before, after.as_ref(), evidence);
        match self.way {
            Way::WindowSilent => window(&before, WindowEvent::CheckNow, judge),
            Way::WindowHinted => window(&before, WindowEvent::Hinted, judge),
            Way::WindowReturned => window(&before, WindowEvent::Returned, judge),
            Way::DevicePending => device(&DeviceAnswer::AuthorizationPending, judge),
            Way::DeviceDenied => device(&DeviceAnswer::AccessDenied, judge),
            Way::DeviceExpired => device(&DeviceAnswer::ExpiredToken, judge),
            Way::DeviceExchanged => device(&DeviceAnswer::Linked, judge),
            Way::DeviceLostAnswer => device(&DeviceAnswer::Refused("invalid_grant".into()), judge),
        }
    }
}

/// A redirect flow to which one thing happens, and whose looks are answered.
fn window(
    before: &LinkSnapshot,
    event: WindowEvent,
    judge: impl Fn(LinkEvidence) -> LinkVerdict,
) -> Told {
    let kind = if before.health == LinkHealth::Absent {
        WindowFlowKind::NewLink
    } else {
        WindowFlowKind::Reauthentication
    };
    let mut flow = WindowFlow::start("gitlab".into(), kind, true, Duration::ZERO);
    let mut effect = flow.handle(event, Duration::from_secs(1));
    while let Some(WindowEffect::ReadLive(evidence) | WindowEffect::ReadList(evidence)) = effect {
        let read = WindowEvent::Read(judge(evidence));
        effect = flow.handle(read, Duration::from_secs(2));
    }
    match effect {
        Some(WindowEffect::End(WindowEnd::Linked)) => Told::Linked,
        Some(WindowEffect::End(WindowEnd::Unusable)) => Told::Unusable,
        Some(WindowEffect::End(WindowEnd::Works)) => Told::Works,
        _ => Told::GoesOn,
    }
}

/// A device flow whose first poll is answered so, and whose look is answered.
fn device(answer: &DeviceAnswer, judge: impl Fn(LinkEvidence) -> LinkVerdict) -> Told {
    let mut now = Moment {
        wall: NOW,
        monotonic: Duration::ZERO,
    };
    let (mut flow, _) = DeviceFlow::start();
    let authorization = DeviceAuthorization {
        device_code: "secret".into(),
        user_code: "ABCD-1234".into(),
        expires_in: 900,
        interval: 5,
        ..DeviceAuthorization::default()
    };
    flow.handle(DeviceEvent::Lock(LockNews::Granted), now);
    flow.handle(DeviceEvent::CodeReceived(authorization), now);
    now.monotonic = Duration::from_secs(6);
    flow.handle(DeviceEvent::Tick, now);
    let effect = flow.handle(DeviceEvent::PollAnswered(answer.clone()), now);
    if let Some(DeviceEffect::Confirm(evidence)) = effect {
        flow.handle(DeviceEvent::Confirmed(judge(evidence)), now);
    } else if *answer == DeviceAnswer::AuthorizationPending {
        // A message of another tab: only what is linked ends a flow that runs.
        if judge(LinkEvidence::None) == LinkVerdict::Linked {
            flow.handle(DeviceEvent::HintRead(LinkVerdict::Linked), now);
        }
    }
    match flow.view() {
        DeviceView::Ended(DeviceEnd::Linked) if *answer == DeviceAnswer::Linked => {
            match judge(LinkEvidence::Exchanged) {
                LinkVerdict::Unusable => Told::Unusable,
                _ => Told::Linked,
            }
        }
        DeviceView::Ended(DeviceEnd::Linked) => Told::Linked,
        DeviceView::Ended(DeviceEnd::Unconfirmed(_)) => Told::Works,
        DeviceView::Ended(_) => Told::Refused,
        _ => Told::GoesOn,
    }
}

fn record(before: Seen, validated: bool) -> ProviderRecord {
    let provider = Provider {
        id: "github".into(),
        kind: "github".into(),
        allow_validate: validated,
        ..Provider::default()
    };
    let mut record = ProviderRecord::default();
    record.apply_list(Some(provider), link(before, validated, 0), 1, NOW);
    if before != Seen::None {
        take_login(&mut record, "ada", before);
    }
    record
}

/// A live answer from before the list that tells who is linked, where that can
/// be told; it does not decide whether the link works.
fn take_login(record: &mut ProviderRecord, login: &str, link: Seen) {
    let order = record.listed.sequence;
    let live = ExternalAuth {
        authenticated: link == Seen::Works,
        user: Some(Account {
            login: login.into(),
            ..Account::default()
        }),
        ..ExternalAuth::default()
    };
    record.apply_live(live, order, NOW);
}

fn link(link: Seen, validated: bool, updated_ms: i64) -> Option<Link> {
    let validate_error = match link {
        Seen::None => return None,
        Seen::Broken if validated => "token failed to validate",
        // Where nothing is validated only a refresh can be refused.
        Seen::Broken => {
            "token expired, refreshing is either disabled or refreshing failed and will not be retried"
        }
        Seen::Unclear => "validate external auth token: unexpected status 503: body: ",
        Seen::Works => "",
    };
    Some(Link {
        provider_id: "github".into(),
        authenticated: link == Seen::Works,
        validate_error: validate_error.into(),
        updated_at: Some(NOW.plus_ms(updated_ms - 3_600_000)),
        ..Link::default()
    })
}

#[test]
fn a_link_counts_as_made_only_as_the_rules_say() {
    let ways = [
        Way::WindowSilent,
        Way::WindowHinted,
        Way::WindowReturned,
        Way::DevicePending,
        Way::DeviceDenied,
        Way::DeviceExpired,
        Way::DeviceExchanged,
        Way::DeviceLostAnswer,
    ];
    let mut wrong = Vec::new();
    let mut count = 0;
    for before in BEFORE {
        for after in AFTER {
            for bits in 0..8_u8 {
                for way in ways {
                    let case = Case {
                        before,
                        after,
                        moved: bits & 1 != 0,
                        other_login: bits & 2 != 0,
                        validated: bits & 4 != 0,
                        way,
                    };
                    count += 1;
                    let (told, expected) = (case.told(), case.expected());
                    if told != expected {
                        wrong.push(format!("{case:?}: {told:?}, not {expected:?}"));
                    }
                }
            }
        }
    }
    assert_eq!(count, 1_280);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_link_whose_time_is_not_said_is_not_called_linked_again() {
    let snapshot = |health, updated_at| LinkSnapshot {
        health,
        updated_at,
        login: None,
    };
    for (before, now) in [(None, Some(NOW)), (Some(NOW), None), (None, None)] {
        for health in [LinkHealth::Broken, LinkHealth::Works] {
            let before = snapshot(health, before);
            let now = snapshot(LinkHealth::Works, now);
            let verdict = LinkVerdict::of(&before, Some(&now), LinkEvidence::None);
            assert_eq!(verdict, LinkVerdict::Works, "{before:?}");
        }
    }
}
