use super::*;

const VISIBLE: WindowEvent = WindowEvent::Tick {
    visible: true,
    seems_closed: false,
};
const HIDDEN: WindowEvent = WindowEvent::Tick {
    visible: false,
    seems_closed: false,
};
const CLOSED: WindowEvent = WindowEvent::Tick {
    visible: true,
    seems_closed: true,
};
const NOT_LINKED: WindowEvent = WindowEvent::Read(LinkVerdict::NotLinked);
const LIVE: Option<WindowEffect> = Some(WindowEffect::ReadLive(LinkEvidence::None));
const LIST: Option<WindowEffect> = Some(WindowEffect::ReadList(LinkEvidence::None));
const LIVE_AFTER_RETURN: Option<WindowEffect> =
    Some(WindowEffect::ReadLive(LinkEvidence::ReturnPage));
const LIST_AFTER_RETURN: Option<WindowEffect> =
    Some(WindowEffect::ReadList(LinkEvidence::ReturnPage));
const ADDRESS: Option<WindowEffect> = Some(WindowEffect::ReadAccessUrl);

const FOCUSED: WindowEvent = WindowEvent::Focused {
    seems_closed: false,
};
const WAITING: Option<WindowPhase> = Some(WindowPhase::Waiting {
    seems_closed: false,
});

#[expect(clippy::unnecessary_wraps, reason = "as the flow answers")]
fn end(end: WindowEnd) -> Option<WindowEffect> {
    Some(WindowEffect::End(end))
}

/// A flow that receives events at given seconds.
struct Bench(WindowFlow);

impl Bench {
    fn new_link() -> Self {
        Self::of(WindowFlowKind::NewLink, true)
    }

    fn reauthentication() -> Self {
        Self::of(WindowFlowKind::Reauthentication, true)
    }

    fn of(kind: WindowFlowKind, has_opened: bool) -> Self {
        let provider = "gitlab".into();
        Self(WindowFlow::start(
            provider,
            kind,
            has_opened,
            Duration::ZERO,
        ))
    }

    fn at(&mut self, second: u64, event: WindowEvent) -> Option<WindowEffect> {
        self.0.handle(event, Duration::from_secs(second))
    }

    fn phase(&self) -> Option<WindowPhase> {
        self.0.view().map(|view| view.phase)
    }
}

#[test]
fn a_new_link_is_checked_every_three_seconds_while_the_page_is_visible() {
    let mut flow = Bench::new_link();
    assert_eq!(flow.at(2, VISIBLE), None);
    assert_eq!(flow.at(3, VISIBLE), LIVE);
    assert_eq!(flow.at(9, VISIBLE), None, "one check at a time");
    assert_eq!(flow.at(9, NOT_LINKED), None);
    assert_eq!(flow.at(60, HIDDEN), None);
    assert_eq!(flow.at(61, VISIBLE), LIVE);
    assert_eq!(
        flow.at(62, WindowEvent::Read(LinkVerdict::Linked)),
        end(WindowEnd::Linked)
    );
    assert_eq!(flow.phase(), None);
}

#[test]
fn after_five_minutes_the_person_chooses() {
    let mut flow = Bench::new_link();
    assert_eq!(flow.at(300, VISIBLE), ADDRESS);
    assert_eq!(flow.phase(), Some(WindowPhase::StillWaiting));
    assert_eq!(flow.at(400, VISIBLE), None, "no automatic check");
    assert_eq!(flow.at(401, WindowEvent::KeepWaiting), LIVE);
    assert_eq!(flow.phase(), WAITING);
}

#[test]
fn a_reauthentication_reads_the_list_once_on_focus_and_when_the_window_reports() {
    let mut flow = Bench::reauthentication();
    assert_eq!(flow.at(10, VISIBLE), None);
    assert_eq!(flow.at(11, FOCUSED), LIST);
    assert_eq!(flow.at(12, NOT_LINKED), None);
    assert_eq!(flow.at(20, FOCUSED), None);
    assert_eq!(
        flow.at(25, WindowEvent::Hinted),
        LIST,
        "a hint proves nothing"
    );
    assert_eq!(flow.at(26, NOT_LINKED), None);
    assert_eq!(flow.at(30, WindowEvent::Returned), LIST_AFTER_RETURN);
    assert_eq!(
        flow.at(31, WindowEvent::Read(LinkVerdict::Linked)),
        end(WindowEnd::Linked)
    );
    assert_eq!(flow.phase(), None);
}

#[test]
fn a_report_during_a_check_starts_another_check() {
    let mut flow = Bench::new_link();
    assert_eq!(flow.at(3, VISIBLE), LIVE);
    assert_eq!(flow.at(4, WindowEvent::Returned), None);
    assert_eq!(flow.at(5, NOT_LINKED), LIVE_AFTER_RETURN);
}

#[test]
fn an_answer_from_before_the_report_does_not_end_the_flow_as_unusable_or_unchanged() {
    for early in [LinkVerdict::Unusable, LinkVerdict::Works] {
        let mut flow = Bench::reauthentication();
        assert_eq!(flow.at(3, WindowEvent::CheckNow), LIST);
        assert_eq!(flow.at(4, WindowEvent::Returned), None);
        assert_eq!(flow.at(5, WindowEvent::Read(early)), LIST_AFTER_RETURN);
        assert_eq!(
            flow.at(6, WindowEvent::Read(LinkVerdict::Linked)),
            end(WindowEnd::Linked)
        );
        assert_eq!(flow.phase(), None);
    }
}

#[test]
fn a_report_is_remembered_until_the_link_can_be_read() {
    let mut flow = Bench::reauthentication();
    assert_eq!(flow.at(3, WindowEvent::Returned), LIST_AFTER_RETURN);
    assert_eq!(flow.at(4, WindowEvent::Read(LinkVerdict::NotKnown)), None);
    assert_eq!(flow.at(9, WindowEvent::CheckNow), LIST_AFTER_RETURN);
}

#[test]
fn the_list_is_read_once_if_the_answer_by_id_has_no_link_after_the_report() {
    let mut flow = Bench::new_link();
    assert_eq!(flow.at(3, WindowEvent::Returned), LIVE_AFTER_RETURN);
    assert_eq!(flow.at(4, NOT_LINKED), LIST_AFTER_RETURN);
    assert_eq!(flow.at(5, NOT_LINKED), None);
    assert_eq!(flow.at(8, VISIBLE), LIVE_AFTER_RETURN);
    assert_eq!(flow.at(9, NOT_LINKED), None, "once");
    assert_eq!(flow.phase(), WAITING);
}

#[test]
fn a_link_that_works_ends_the_flow_only_if_the_person_asks() {
    let works = WindowEvent::Read(LinkVerdict::Works);
    let mut flow = Bench::reauthentication();
    assert_eq!(flow.at(3, FOCUSED), LIST);
    assert_eq!(flow.at(4, works.clone()), None);
    assert_eq!(flow.phase(), WAITING);
    assert_eq!(flow.at(9, WindowEvent::CheckNow), LIST);
    assert_eq!(flow.at(10, works), end(WindowEnd::Works));
    assert_eq!(flow.phase(), None);
}

#[test]
fn a_link_that_is_refused_after_the_report_ends_the_flow() {
    let mut flow = Bench::reauthentication();
    assert_eq!(flow.at(3, WindowEvent::Returned), LIST_AFTER_RETURN);
    assert_eq!(
        flow.at(4, WindowEvent::Read(LinkVerdict::Unusable)),
        end(WindowEnd::Unusable)
    );
    assert_eq!(flow.phase(), None);
}

#[test]
fn a_flow_that_does_not_return_asks_once_for_the_address_of_the_deployment() {
    let mut flow = Bench::reauthentication();
    assert_eq!(flow.at(1, CLOSED), ADDRESS);
    assert_eq!(flow.at(2, CLOSED), None);
    assert_eq!(flow.at(3, WindowEvent::CheckNow), LIST);
    assert_eq!(flow.at(4, NOT_LINKED), None, "it is known by now");

    let mut flow = Bench::reauthentication();
    assert_eq!(flow.at(3, WindowEvent::CheckNow), LIST);
    assert_eq!(flow.at(4, NOT_LINKED), ADDRESS);

    let mut flow = Bench::new_link();
    assert_eq!(flow.at(3, CLOSED), LIVE, "first whether it is linked");
    assert_eq!(flow.at(4, CLOSED), ADDRESS);
}

fn at(path: &str) -> WindowEvent {
    WindowEvent::At(WindowPage {
        path: path.into(),
        json: None,
    })
}

fn shows(json: &str) -> WindowEvent {
    WindowEvent::At(WindowPage {
        path: "/external-auth/gitlab/callback".into(),
        json: Some(json.into()),
    })
}

#[test]
fn a_window_at_the_page_of_the_deployment_counts_as_a_return_once() {
    let mut flow = Bench::reauthentication();
    for elsewhere in [
        "/",
        "/external-auth/gitlab/callback",
        "/external-auth/gitea",
    ] {
        assert_eq!(flow.at(1, at(elsewhere)), None, "{elsewhere}");
    }
    assert_eq!(flow.at(2, at("/external-auth/gitlab")), LIST_AFTER_RETURN);
    assert_eq!(flow.at(3, NOT_LINKED), None);
    assert_eq!(flow.at(4, at("/external-auth/gitlab")), None, "once");
    assert_eq!(flow.phase(), WAITING);
}

#[test]
fn a_failure_that_the_deployment_shows_ends_the_flow_with_its_redacted_text() {
    let mut flow = Bench::new_link();
    for other in ["", "[]", "{", r#"{"name":"x"}"#] {
        assert_eq!(flow.at(1, shows(other)), None, "{other}");
    }
    let failure = r#"{"message":"Failed to exchange.","detail":"client_secret=s3cret"}"#;
    let Some(WindowEffect::End(WindowEnd::Failed(words))) = flow.at(2, shows(failure)) else {
        panic!("it ends");
    };
    assert!(words.contains("Failed to exchange."), "{words}");
    assert!(!words.contains("s3cret"), "{words}");
    assert_eq!(flow.phase(), None);
}

#[test]
fn the_view_shows_a_window_that_is_blocked_or_seems_closed() {
    let mut flow = Bench::of(WindowFlowKind::NewLink, false);
    assert_eq!(flow.phase(), Some(WindowPhase::Blocked));
    assert_eq!(flow.at(300, VISIBLE), ADDRESS);
    assert_eq!(flow.phase(), Some(WindowPhase::Blocked));

    let mut flow = Bench::reauthentication();
    assert_eq!(flow.phase(), WAITING);
    assert_eq!(flow.at(1, CLOSED), ADDRESS);
    let closed = Some(WindowPhase::Waiting { seems_closed: true });
    assert_eq!(flow.phase(), closed);
    assert_eq!(flow.at(2, VISIBLE), None);
    assert_eq!(flow.phase(), WAITING);
    let focused = WindowEvent::Focused { seems_closed: true };
    assert_eq!(flow.at(3, focused), LIST);
    assert_eq!(flow.phase(), closed);
}

#[test]
fn the_view_of_a_page_on_another_host_shows_where_linking_works() {
    let page = crate::Origins::default().link("https://coder.example/accounts");
    let mut flow = Bench::new_link();
    assert_eq!(flow.at(1, CLOSED), ADDRESS);
    assert_eq!(flow.at(1, WindowEvent::ReadElsewhere(page.clone())), None);
    assert_eq!(flow.0.view().unwrap().elsewhere, page);
}

#[test]
fn only_a_session_that_ended_leaves_the_window_open() {
    assert!(!WindowEnd::SignedOut.closes_window());
    for end in [
        WindowEnd::Linked,
        WindowEnd::Unusable,
        WindowEnd::Works,
        WindowEnd::Cancelled,
        WindowEnd::Failed(String::new()),
    ] {
        assert!(end.closes_window(), "{end:?}");
    }
}

#[test]
fn nothing_is_read_after_the_end() {
    for end in [WindowEvent::Cancel, WindowEvent::SessionEnded] {
        let mut flow = Bench::new_link();
        assert!(matches!(flow.at(1, end), Some(WindowEffect::End(_))));
        for event in [
            VISIBLE,
            CLOSED,
            WindowEvent::Returned,
            WindowEvent::Hinted,
            FOCUSED,
            WindowEvent::CheckNow,
        ] {
            assert_eq!(flow.at(500, event), None);
        }
    }
}
