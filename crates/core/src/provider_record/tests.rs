use super::*;
use crate::wire::Installation;
use crate::{ApiErrorKind, ProviderState};

const NOW: Timestamp = Timestamp::from_unix_ms(1_780_000_000_000);

fn listed(sequence: u64) -> ProviderRecord {
    let mut record = ProviderRecord::default();
    let provider = Provider {
        id: "github".into(),
        kind: "github".into(),
        ..Provider::default()
    };
    record.apply_list(Some(provider), Some(Link::default()), sequence, NOW);
    record
}

fn reason(record: &ProviderRecord) -> String {
    ProviderState::with_reason(record, NOW).1.words()
}

#[test]
fn a_list_from_before_an_unlink_does_not_bring_the_link_back() {
    let mut record = listed(1);
    record.forget_link(3);
    record.apply_list(None, Some(Link::default()), 2, NOW);
    assert!(!record.is_listed());
    record.apply_list(None, Some(Link::default()), 4, NOW);
    assert!(record.is_listed());
}

#[test]
fn a_live_answer_from_before_an_unlink_is_dropped() {
    let mut record = listed(1);
    record.forget_link(3);
    record.apply_live(ExternalAuth::default(), 2, NOW);
    assert_eq!(record.live, None);
    record.apply_live(ExternalAuth::default(), 4, NOW);
    assert!(record.live.is_some());
}

#[test]
fn another_person_leaves_what_is_configured_and_what_was_read_for_them() {
    let mut record = listed(1);
    record.apply_live(ExternalAuth::default(), 2, NOW);
    record.apply_failure(ApiError::new(ApiErrorKind::TimedOut, "GET /x", ""), 3);
    let provider = record.provider.clone();
    let mut read_before = record.clone();
    read_before.forget_person(4);
    assert_eq!((read_before.is_listed(), &read_before.live), (false, &None));
    assert_eq!(
        (&read_before.failure, read_before.checked_at),
        (&None, None)
    );
    assert_eq!(read_before.provider, provider);
    // Their list was asked for together with who they are.
    read_before.apply_list(provider.clone(), Some(Link::default()), 4, NOW);
    assert!(read_before.is_listed());

    record.apply_list(provider, Some(Link::default()), 4, NOW);
    record.forget_person(4);
    assert!(record.is_listed(), "it is theirs");
    assert_eq!(record.live, None);
}

#[test]
fn a_list_from_before_a_link_does_not_take_it_away() {
    let mut record = listed(1);
    record.forget_link(2);
    let works = ExternalAuth {
        authenticated: true,
        ..ExternalAuth::default()
    };
    record.apply_live(works, 4, NOW);
    let provider = record.provider.clone();
    record.apply_list(provider, None, 3, NOW);
    assert!(record.live.is_some());
    assert_eq!(record.checked_at, Some(NOW));
    assert!(ProviderState::of(&record, NOW).is_linked());
}

#[test]
fn a_list_without_the_link_forgets_all_that_was_known_of_it() {
    let mut record = listed(1);
    record.apply_live(ExternalAuth::default(), 2, NOW);
    record.apply_failure(ApiError::new(ApiErrorKind::TimedOut, "GET /x", ""), 3);
    let provider = record.provider.clone();
    record.apply_list(provider.clone(), None, 4, NOW);
    assert_eq!(
        record,
        ProviderRecord {
            provider,
            listed: Observation {
                sequence: 4,
                ..Observation::default()
            },
            ..ProviderRecord::default()
        }
    );
}

#[test]
fn a_complaint_is_gone_when_the_link_works_again() {
    let mut record = listed(1);
    let broken = Link {
        validate_error: "token failed to validate".into(),
        ..Link::default()
    };
    record.apply_list(record.provider.clone(), Some(broken), 2, NOW);
    assert_eq!(reason(&record), "token failed to validate");
    record.apply_failure(ApiError::new(ApiErrorKind::TimedOut, "GET /x", "late"), 3);
    assert_eq!(reason(&record), "GET /x had no answer: late");
    let works = ExternalAuth {
        authenticated: true,
        ..ExternalAuth::default()
    };
    record.apply_live(works, 4, NOW);
    assert_eq!(reason(&record), "");
}

#[test]
fn a_complaint_of_another_state_than_the_one_that_is_shown_is_not_repeated() {
    let limited = Link {
        validate_error: "status 429: body: x".into(),
        ..Link::default()
    };
    let mut record = listed(1);
    record.apply_list(record.provider.clone(), Some(limited), 2, NOW);
    assert_eq!(reason(&record), "status 429: body: x");
    record.apply_failure(ApiError::new(ApiErrorKind::TimedOut, "GET /x", "late"), 3);
    record.apply_live(ExternalAuth::default(), 4, NOW);
    assert_eq!(reason(&record), "", "revoked, and nobody says why");
    record.apply_failure(ApiError::new(ApiErrorKind::NotFound, "GET /x", "gone"), 5);
    assert_eq!(reason(&record), "", "told beside the state");
    record.forget_link(6);
    record.apply_failure(ApiError::new(ApiErrorKind::TimedOut, "GET /x", "late"), 7);
    assert_eq!(reason(&record), "", "there is no link to complain of");
}

#[test]
fn an_unknown_reason_is_there_to_be_read() {
    let mut record = listed(1);
    let unknown = Link {
        validate_error: "something new".into(),
        ..Link::default()
    };
    record.apply_list(record.provider.clone(), Some(unknown), 2, NOW);
    assert_eq!(reason(&record), "something new");
}

#[test]
fn only_an_app_that_is_missing_lacks_an_address() {
    let lacks = |change: fn(&mut Provider, &mut ExternalAuth)| {
        let mut record = listed(1);
        let mut provider = record.provider.take().unwrap();
        let mut live = ExternalAuth {
            authenticated: true,
            app_installable: true,
            ..ExternalAuth::default()
        };
        change(&mut provider, &mut live);
        record.provider = Some(provider);
        record.apply_live(live, 2, NOW);
        record.lacks_install_address()
    };
    assert!(lacks(|_, _| ()));
    assert!(lacks(|provider, _| provider.kind = "GitHub".into()));
    assert!(lacks(|_, live| live.app_install_url = "javascript:1".into()));
    assert!(!lacks(
        |_, live| live.app_install_url = "https://git.example/apps/x".into()
    ));
    assert!(!lacks(|_, live| live.app_installable = false));
    assert!(!lacks(|_, live| live.authenticated = false));
    assert!(!lacks(
        |_, live| live.installations = vec![Installation::default()]
    ));
    assert!(!lacks(|provider, _| provider.kind = "gitlab".into()));
}

#[test]
fn only_what_was_asked_counts_as_checked() {
    let list = |allow_validate, validate_error: &str| {
        let mut record = ProviderRecord::default();
        let provider = Provider {
            allow_validate,
            ..Provider::default()
        };
        let link = Link {
            validate_error: validate_error.into(),
            authenticated: validate_error.is_empty(),
            ..Link::default()
        };
        record.apply_list(Some(provider), Some(link), 1, NOW);
        record.checked_at
    };
    assert_eq!(list(true, ""), Some(NOW));
    assert_eq!(list(true, "token failed to validate"), Some(NOW));
    assert_eq!(list(true, "status 429: body: x"), None);
    assert_eq!(list(true, "something new"), None, "unknown is unknown");
    assert_eq!(list(false, ""), None);
}

#[test]
fn only_linked_github_providers_are_worth_asking_live() {
    let mut record = listed(1);
    assert!(record.says_more_live());
    let mut spelled = record.clone();
    spelled.provider = Some(Provider {
        kind: "GitHub".into(),
        ..Provider::default()
    });
    assert!(spelled.says_more_live(), "types are compared without case");
    record.forget_link(2);
    assert!(!record.says_more_live());
    let mut gitlab = listed(1);
    gitlab.provider = Some(Provider {
        kind: "gitlab".into(),
        ..Provider::default()
    });
    assert!(!gitlab.says_more_live());
}

#[test]
fn an_answer_contradicts_what_is_known_of_a_link_and_not_what_is_unknown() {
    let answer = |authenticated, login: &str| ExternalAuth {
        authenticated,
        user: (!login.is_empty()).then(|| Account {
            login: login.into(),
            ..Account::default()
        }),
        ..ExternalAuth::default()
    };
    let listed_as = |works: bool| {
        let mut record = ProviderRecord::default();
        let link = Link {
            authenticated: works,
            ..Link::default()
        };
        record.apply_list(None, Some(link), 1, NOW);
        record
    };
    let checked_as = |listed: bool, live: ExternalAuth| {
        let mut record = listed_as(listed);
        record.apply_live(live, 2, NOW);
        record
    };
    let mut not_linked = ProviderRecord::default();
    not_linked.apply_live(answer(false, ""), 1, NOW);
    for (record, answer, contradicts) in [
        (listed_as(true), answer(true, "ada"), false),
        (listed_as(true), answer(false, ""), true),
        (listed_as(false), answer(false, ""), false),
        (listed_as(false), answer(true, "ada"), true),
        (
            checked_as(true, answer(true, "ada")),
            answer(true, "ada"),
            false,
        ),
        (
            checked_as(true, answer(true, "ada")),
            answer(true, "grace"),
            true,
        ),
        (
            checked_as(true, answer(true, "ada")),
            answer(true, ""),
            false,
        ),
        (
            checked_as(true, answer(true, "")),
            answer(true, "ada"),
            false,
        ),
        (
            checked_as(true, answer(false, "")),
            answer(false, ""),
            false,
        ),
        (
            checked_as(true, answer(false, "")),
            answer(true, "ada"),
            true,
        ),
        (
            checked_as(false, answer(true, "ada")),
            answer(false, ""),
            true,
        ),
        // A new link.
        (not_linked, answer(true, "ada"), false),
        (ProviderRecord::default(), answer(false, ""), false),
    ] {
        let seen = record.is_contradicted_by(&answer);
        assert_eq!(seen, contradicts, "{answer:?} after {record:?}");
    }
}
