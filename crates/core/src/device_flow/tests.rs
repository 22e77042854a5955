use proptest::prelude::*;

use super::*;
use crate::wire::DeviceAuthorization;
use crate::{PollingHealth, Timestamp};

/// A flow, its clocks, and what a provider would receive.
struct Bench {
    flow: DeviceFlow,
    now: Moment,
}

impl Bench {
    /// With a code that is valid for 900 s and has this interval in seconds.
    fn waiting(interval: u64) -> Self {
        let mut bench = Self {
            flow: DeviceFlow::start().0,
            now: Moment {
                wall: Timestamp::from_unix_ms(1_780_000_000_000),
                monotonic: Duration::from_secs(100),
            },
        };
        bench.handle(DeviceEvent::Lock(LockNews::Granted));
        bench.handle(DeviceEvent::CodeReceived(authorization(interval)));
        bench
    }

    /// A flow after this event of the polling lock.
    fn after(news: &[LockNews]) -> Self {
        let mut bench = Self::waiting(5);
        bench.flow = DeviceFlow::start().0;
        for news in news {
            bench.handle(DeviceEvent::Lock(*news));
        }
        bench
    }

    /// Starts again if the end allows it, and receives the polling lock.
    fn renew(&mut self) -> Option<DeviceEffect> {
        self.handle(DeviceEvent::Renew)?;
        self.handle(DeviceEvent::Lock(LockNews::Granted))
    }

    fn handle(&mut self, event: DeviceEvent) -> Option<DeviceEffect> {
        self.flow.handle(event, self.now)
    }

    /// Both clocks advance, without a tick.
    fn pass(&mut self, span: Duration) {
        self.now.monotonic += span;
        self.now.wall = self
            .now
            .wall
            .plus_ms(i64::try_from(span.as_millis()).unwrap());
    }

    /// Ticks every 100 ms until there is an effect. Returns how long that took.
    fn until_effect(&mut self) -> (Duration, DeviceEffect) {
        let start = self.now.monotonic;
        for _ in 0..20_000 {
            if let Some(effect) = self.handle(DeviceEvent::Tick) {
                return (self.now.monotonic.saturating_sub(start), effect);
            }
            self.pass(Duration::from_millis(100));
        }
        panic!("nothing happened: {:?}", self.flow);
    }

    /// The wait until the next poll.
    fn until_poll(&mut self) -> Duration {
        let (wait, effect) = self.until_effect();
        assert!(matches!(effect, DeviceEffect::Poll { .. }), "{effect:?}");
        wait
    }

    fn answer(&mut self, answer: DeviceAnswer) -> Option<DeviceEffect> {
        self.handle(DeviceEvent::PollAnswered(answer))
    }

    fn end(&self) -> Option<DeviceEnd> {
        match self.flow.view() {
            DeviceView::Ended(end) => Some(end),
            _ => None,
        }
    }
}

fn authorization(interval: u64) -> DeviceAuthorization {
    DeviceAuthorization {
        device_code: "secret".into(),
        user_code: "ABCD-1234".into(),
        verification_uri: "https://git.example/device".into(),
        expires_in: 900,
        interval,
    }
}

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

#[test]
fn numbers_without_end_keep_the_flow_neither_from_polling_nor_from_ending() {
    let mut bench = Bench::after(&[LockNews::Granted]);
    bench.handle(DeviceEvent::CodeReceived(DeviceAuthorization {
        expires_in: u64::MAX,
        ..authorization(u64::MAX)
    }));
    assert_eq!(bench.until_poll(), ms(300_500));
    bench.answer(DeviceAnswer::AuthorizationPending);
    bench.pass(Duration::from_hours(24));
    bench.handle(DeviceEvent::Tick);
    assert!(
        bench
            .flow
            .time_left(bench.now)
            .is_none_or(|left| left.is_zero())
    );
}

#[test]
fn an_answer_without_a_code_ends_the_flow_and_can_be_tried_again() {
    for no_code in [
        DeviceAuthorization::default(),
        DeviceAuthorization {
            user_code: String::new(),
            ..authorization(5)
        },
        DeviceAuthorization {
            device_code: String::new(),
            ..authorization(5)
        },
    ] {
        let mut bench = Bench::waiting(5);
        bench.flow = Bench::after(&[LockNews::Granted]).flow;
        let effect = bench.handle(DeviceEvent::CodeReceived(no_code));
        assert_eq!(effect, Some(DeviceEffect::ReleaseLock));
        assert_eq!(bench.end(), Some(DeviceEnd::NoCode));
        let again = bench.renew();
        assert_eq!(again, Some(DeviceEffect::RequestCode));
    }
}

#[test]
fn the_first_poll_waits_for_one_interval() {
    assert_eq!(Bench::waiting(7).until_poll(), ms(7_500));
    assert_eq!(
        Bench::waiting(0).until_poll(),
        ms(5_500),
        "RFC 8628 §3.2: five seconds"
    );
}

#[test]
fn the_wait_counts_from_the_answer() {
    let mut bench = Bench::waiting(5);
    bench.until_poll();
    bench.pass(ms(9_000));
    bench.answer(DeviceAnswer::AuthorizationPending);
    assert_eq!(bench.until_poll(), ms(5_500));
}

#[test]
fn slow_down_adds_five_seconds_permanently() {
    let mut bench = Bench::waiting(5);
    for (answer, wait) in [
        (DeviceAnswer::SlowDown, 10_500),
        (DeviceAnswer::AuthorizationPending, 10_500),
        (DeviceAnswer::SlowDown, 15_500),
        (DeviceAnswer::AuthorizationPending, 15_500),
    ] {
        bench.until_poll();
        bench.answer(answer);
        let mut next = Bench {
            flow: bench.flow.clone(),
            now: bench.now,
        };
        assert_eq!(next.until_poll(), ms(wait));
    }
    assert!(matches!(
        bench.flow.view(),
        DeviceView::Waiting {
            health: PollingHealth::SlowedDown,
            ..
        }
    ));
}

#[test]
fn failures_double_the_wait_up_to_a_minute_and_do_not_end_the_flow() {
    let mut bench = Bench::waiting(5);
    bench.until_poll();
    for wait in [10_500, 20_500, 40_500, 60_500, 60_500] {
        bench.answer(DeviceAnswer::Transient(None));
        assert_eq!(bench.until_poll(), ms(wait));
    }
    bench.answer(DeviceAnswer::AuthorizationPending);
    assert_eq!(bench.until_poll(), ms(5_500), "an answer ends the backoff");
}

#[test]
fn retry_after_is_obeyed_beyond_the_backoff() {
    let mut bench = Bench::waiting(5);
    bench.until_poll();
    bench.answer(DeviceAnswer::Transient(Some(Duration::from_mins(2))));
    assert_eq!(bench.until_poll(), ms(120_500));
}

#[test]
fn polls_never_overlap() {
    let mut bench = Bench::waiting(5);
    bench.until_poll();
    bench.pass(ms(60_000));
    assert_eq!(bench.handle(DeviceEvent::Tick), None);
}

#[test]
fn a_code_expires_during_sleep_by_the_wall_clock() {
    let mut bench = Bench::waiting(5);
    bench.now.wall = bench.now.wall.plus_ms(901_000);
    assert_eq!(
        bench.handle(DeviceEvent::Tick),
        Some(DeviceEffect::Confirm(LinkEvidence::Refused))
    );
    bench.handle(DeviceEvent::Confirmed(LinkVerdict::NotLinked));
    assert_eq!(bench.end(), Some(DeviceEnd::Expired));
}

#[test]
fn setting_the_wall_clock_back_neither_extends_the_code_nor_stops_polling() {
    let mut bench = Bench::waiting(5);
    bench.now.wall = bench.now.wall.plus_ms(-86_400_000);
    assert_eq!(bench.until_poll(), ms(5_500));
    bench.answer(DeviceAnswer::AuthorizationPending);
    bench.pass(Duration::from_secs(895));
    assert_eq!(
        bench.handle(DeviceEvent::Tick),
        Some(DeviceEffect::Confirm(LinkEvidence::Refused))
    );
}

#[test]
fn a_lost_answer_to_the_exchange_that_succeeded_is_not_an_error() {
    for (answer, evidence) in [
        (DeviceAnswer::ExpiredToken, LinkEvidence::Refused),
        (DeviceAnswer::AccessDenied, LinkEvidence::Refused),
        (
            DeviceAnswer::Refused("bad_verification_code".into()),
            LinkEvidence::None,
        ),
    ] {
        let mut bench = Bench::waiting(5);
        bench.until_poll();
        let effect = bench.answer(answer);
        assert_eq!(effect, Some(DeviceEffect::Confirm(evidence)));
        assert_eq!(bench.flow.view(), DeviceView::Confirming);
        bench.handle(DeviceEvent::Confirmed(LinkVerdict::Linked));
        assert_eq!(bench.end(), Some(DeviceEnd::Linked));
    }
}

#[test]
fn a_link_that_works_after_an_unknown_code_is_neither_failed_nor_linked() {
    for (answer, expected) in [
        (
            DeviceAnswer::Refused("invalid_grant".into()),
            DeviceEnd::Unconfirmed("invalid_grant".into()),
        ),
        (DeviceAnswer::AccessDenied, DeviceEnd::Denied),
        (DeviceAnswer::ExpiredToken, DeviceEnd::Expired),
    ] {
        let mut bench = Bench::waiting(5);
        bench.until_poll();
        bench.answer(answer);
        bench.handle(DeviceEvent::Confirmed(LinkVerdict::Works));
        assert_eq!(bench.end(), Some(expected));
    }
}

#[test]
fn a_new_code_starts_with_its_own_interval() {
    let mut bench = Bench::waiting(5);
    bench.until_poll();
    bench.answer(DeviceAnswer::SlowDown);
    bench.until_poll();
    bench.answer(DeviceAnswer::ExpiredToken);
    bench.handle(DeviceEvent::Confirmed(LinkVerdict::NotLinked));
    assert_eq!(bench.end(), Some(DeviceEnd::Expired));
    assert_eq!(bench.renew(), Some(DeviceEffect::RequestCode));
    bench.handle(DeviceEvent::CodeReceived(authorization(5)));
    assert_eq!(bench.until_poll(), ms(5_500));
}

#[test]
fn the_polling_lock_decides_which_tab_requests_a_code() {
    use LockNews::{Free, Granted, HeldElsewhere};
    let steal = Some(DeviceEffect::AcquireLock(Acquire::Steal));
    let acquire = Some(DeviceEffect::AcquireLock(Acquire::IfFree));
    // The news of the lock, what is shown, and what a new code and "Link here
    // instead" do then.
    for (news, view, renew, take_over) in [
        (&[][..], DeviceView::Requesting, None, None),
        (&[Granted][..], DeviceView::Requesting, None, None),
        (
            &[HeldElsewhere][..],
            DeviceView::InAnotherTab,
            None,
            steal.clone(),
        ),
        // Another tab has taken it.
        (
            &[Granted, HeldElsewhere][..],
            DeviceView::InAnotherTab,
            None,
            steal,
        ),
        (
            &[HeldElsewhere, Free][..],
            DeviceView::OtherTabStopped,
            acquire,
            None,
        ),
    ] {
        let mut bench = Bench::after(news);
        assert_eq!(bench.flow.view(), view, "{news:?}");
        assert_eq!(bench.flow.time_left(bench.now), None, "{news:?}");
        let mut other = Bench::after(news);
        assert_eq!(other.handle(DeviceEvent::Renew), renew, "{news:?}");
        assert_eq!(bench.handle(DeviceEvent::TakeOver), take_over, "{news:?}");
    }
    let (_, first) = DeviceFlow::start();
    assert_eq!(first, DeviceEffect::AcquireLock(Acquire::IfFree));
    let granted = Bench::after(&[]).handle(DeviceEvent::Lock(Granted));
    assert_eq!(granted, Some(DeviceEffect::RequestCode));
}

#[test]
fn after_a_hint_of_another_tab_every_flow_reads_and_a_link_ends_it() {
    use LockNews::{Free, Granted, HeldElsewhere};
    let works = Some(DeviceEnd::Unconfirmed(String::new()));
    let linked = Some(DeviceEnd::Linked);
    for (news, verdict, end) in [
        (&[][..], LinkVerdict::Linked, linked.clone()),
        (&[][..], LinkVerdict::Works, None),
        (&[Granted][..], LinkVerdict::Linked, linked.clone()),
        (&[Granted][..], LinkVerdict::Works, None),
        (&[HeldElsewhere][..], LinkVerdict::Linked, linked.clone()),
        (&[HeldElsewhere][..], LinkVerdict::Works, works.clone()),
        (&[HeldElsewhere][..], LinkVerdict::NotLinked, None),
        (&[HeldElsewhere][..], LinkVerdict::NotKnown, None),
        (&[HeldElsewhere, Free][..], LinkVerdict::Linked, linked),
        (&[HeldElsewhere, Free][..], LinkVerdict::Works, works),
    ] {
        let mut bench = Bench::after(news);
        let evidence = LinkEvidence::ReturnPage;
        let effect = bench.handle(DeviceEvent::Hinted(evidence));
        assert_eq!(effect, Some(DeviceEffect::ReadAfterHint(evidence)));
        let effect = bench.handle(DeviceEvent::HintRead(verdict));
        let expected = match &end {
            Some(DeviceEnd::Linked) => Some(DeviceEffect::Finish { exchanged: false }),
            Some(_) => Some(DeviceEffect::ReleaseLock),
            None => None,
        };
        assert_eq!(effect, expected, "{news:?} {verdict:?}");
        assert_eq!(bench.end(), end, "{news:?} {verdict:?}");
    }
}

#[test]
fn an_unconfirmed_end_becomes_linked_when_a_link_of_another_tab_is_read() {
    for (verdict, end) in [
        (LinkVerdict::Linked, DeviceEnd::Linked),
        (LinkVerdict::Works, DeviceEnd::Unconfirmed("gone".into())),
        (LinkVerdict::NotKnown, DeviceEnd::Unconfirmed("gone".into())),
    ] {
        let mut bench = Bench::waiting(5);
        bench.until_poll();
        bench.answer(DeviceAnswer::Refused("gone".into()));
        bench.handle(DeviceEvent::Confirmed(LinkVerdict::Works));
        let evidence = LinkEvidence::ReturnPage;
        let effect = bench.handle(DeviceEvent::Hinted(evidence));
        assert_eq!(effect, Some(DeviceEffect::ReadAfterHint(evidence)));

        let effect = bench.handle(DeviceEvent::HintRead(verdict));

        let is_linked = end == DeviceEnd::Linked;
        let finish = is_linked.then_some(DeviceEffect::Finish { exchanged: false });
        assert_eq!(effect, finish, "{verdict:?}");
        assert_eq!(bench.end(), Some(end), "{verdict:?}");
    }
}

#[test]
fn an_answer_to_an_earlier_attempt_counts_only_if_the_account_is_linked() {
    for (answer, end) in [
        (DeviceAnswer::AccessDenied, None),
        (DeviceAnswer::ExpiredToken, None),
        (DeviceAnswer::Unauthorized, None),
        (DeviceAnswer::Linked, Some(DeviceEnd::Linked)),
    ] {
        let mut bench = Bench::waiting(5);
        bench.until_poll();
        let attempt = bench.flow.attempt();
        bench.handle(DeviceEvent::Lock(LockNews::HeldElsewhere));
        assert_ne!(bench.flow.attempt(), attempt);
        let answer = DeviceEvent::PollAnswered(answer);
        let effect = bench.flow.answer(attempt, answer, bench.now);
        assert_eq!(bench.end(), end);
        let finish = end.map(|_| DeviceEffect::Finish { exchanged: true });
        assert_eq!(effect, finish);
    }
}

#[test]
fn a_closed_dialog_requests_nothing_and_its_running_exchange_may_still_link() {
    let mut bench = Bench::waiting(5);
    bench.until_poll();
    let attempt = bench.flow.attempt();
    let effect = bench.handle(DeviceEvent::Close);
    assert_eq!(effect, Some(DeviceEffect::ReleaseLock));
    for event in [
        DeviceEvent::Tick,
        DeviceEvent::Hinted(LinkEvidence::None),
        DeviceEvent::Lock(LockNews::Granted),
        DeviceEvent::Renew,
        DeviceEvent::Close,
    ] {
        assert_eq!(bench.handle(event), None);
    }
    for (answer, effect) in [
        (DeviceAnswer::AuthorizationPending, None),
        (DeviceAnswer::Unauthorized, None),
        (DeviceAnswer::Linked, Some(DeviceEffect::FinishLate)),
    ] {
        let answer = DeviceEvent::PollAnswered(answer);
        assert_eq!(bench.flow.answer(attempt, answer, bench.now), effect);
    }
}

fn answer() -> impl Strategy<Value = DeviceAnswer> {
    prop_oneof![
        8 => Just(DeviceAnswer::AuthorizationPending),
        3 => Just(DeviceAnswer::SlowDown),
        4 => prop::option::of(0..200_u64)
            .prop_map(|wait| DeviceAnswer::Transient(wait.map(Duration::from_secs))),
        1 => Just(DeviceAnswer::Linked),
        1 => Just(DeviceAnswer::AccessDenied),
        1 => Just(DeviceAnswer::ExpiredToken),
        1 => Just(DeviceAnswer::Unauthorized),
        1 => Just(DeviceAnswer::Refused("no".into())),
    ]
}

fn verdict() -> impl Strategy<Value = LinkVerdict> {
    prop_oneof![
        Just(LinkVerdict::Linked),
        Just(LinkVerdict::Unusable),
        Just(LinkVerdict::Works),
        Just(LinkVerdict::NotLinked),
        Just(LinkVerdict::NotKnown),
    ]
}

/// What happens outside: time passes awake or asleep, the clock is set, the
/// page becomes visible, an answer arrives, the person acts.
#[derive(Debug, Clone)]
enum World {
    Pass(u64),
    Sleep(u64),
    SetClock(i64),
    Tick,
    Answer(DeviceAnswer),
    Confirm(LinkVerdict),
    Renew,
}

fn world() -> impl Strategy<Value = World> {
    prop_oneof![
        10 => (0..9_000_u64).prop_map(World::Pass),
        1 => (0..2_000_000_u64).prop_map(World::Sleep),
        1 => (-7_200_000..7_200_000_i64).prop_map(World::SetClock),
        10 => Just(World::Tick),
        10 => answer().prop_map(World::Answer),
        2 => verdict().prop_map(World::Confirm),
        1 => Just(World::Renew),
    ]
}

/// What a provider allows by RFC 8628: its interval, and its last answer.
struct Provider {
    interval: Duration,
    last: Duration,
    not_before: Duration,
}

proptest! {
    #[test]
    fn no_poll_is_early_or_after_the_end_and_every_flow_ends(
        interval in 0..20_u64,
        events in prop::collection::vec(world(), 0..200),
    ) {
        let mut bench = Bench::waiting(interval);
        let effective = if interval == 0 { 5 } else { interval };
        let allowed = |now: Moment| Provider {
            interval: Duration::from_secs(effective),
            last: now.monotonic,
            not_before: Duration::ZERO,
        };
        let mut provider = allowed(bench.now);
        let mut in_flight = false;

        for event in events {
            let ended_before = bench.end();
            let effect = match event {
                World::Pass(span) => {
                    bench.pass(ms(span));
                    None
                }
                // The monotonic clock of some browsers stops during sleep.
                World::Sleep(span) => {
                    bench.now.wall = bench.now.wall.plus_ms(i64::try_from(span).unwrap());
                    bench.handle(DeviceEvent::Tick)
                }
                World::SetClock(by) => {
                    bench.now.wall = bench.now.wall.plus_ms(by);
                    bench.handle(DeviceEvent::Tick)
                }
                World::Tick => bench.handle(DeviceEvent::Tick),
                World::Answer(answer) if in_flight => {
                    in_flight = false;
                    provider.last = bench.now.monotonic;
                    match &answer {
                        DeviceAnswer::SlowDown => provider.interval += Duration::from_secs(5),
                        DeviceAnswer::Transient(Some(wait)) => {
                            provider.not_before = bench.now.monotonic + *wait;
                        }
                        _ => {}
                    }
                    bench.answer(answer)
                }
                World::Answer(_) => None,
                World::Confirm(verdict) => bench.handle(DeviceEvent::Confirmed(verdict)),
                World::Renew => {
                    let effect = bench.renew();
                    if effect == Some(DeviceEffect::RequestCode) {
                        bench.handle(DeviceEvent::CodeReceived(authorization(interval)));
                        provider = allowed(bench.now);
                        in_flight = false;
                    }
                    None
                }
            };
            if let Some(DeviceEffect::Poll { .. }) = effect {
                prop_assert!(ended_before.is_none(), "a poll after the end");
                prop_assert!(!in_flight, "two polls at once");
                prop_assert!(bench.now.monotonic >= provider.last + provider.interval, "an early poll");
                prop_assert!(bench.now.monotonic >= provider.not_before, "a poll before Retry-After");
                in_flight = true;
            }
        }

        // Without further events, and with a server that answers, the flow ends
        // where a person can act.
        for _ in 0..2_000 {
            if bench.end().is_some() {
                break;
            }
            bench.answer(DeviceAnswer::AuthorizationPending);
            bench.handle(DeviceEvent::Confirmed(LinkVerdict::NotLinked));
            bench.pass(ms(1_000));
            bench.handle(DeviceEvent::Tick);
        }
        prop_assert!(bench.end().is_some(), "{:?}", bench.flow);
    }
}
