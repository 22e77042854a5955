use std::rc::Rc;

use super::*;
use crate::wire::{Expiry, ExternalAuth, Link};
use crate::{
    AccessEnd, ApiError, ApiErrorKind, KeptReason, Origins, PermanentFailure, RowPart, ServerWords,
    TransientFailure,
};

const NOW: Timestamp = Timestamp::from_unix_ms(1_780_000_000_000);
const LISTED_AT: Timestamp = NOW.plus_ms(-60_000);

fn github() -> Provider {
    Provider {
        id: "github".into(),
        kind: "github".into(),
        display_icon: "/icon/github.svg".into(),
        allow_refresh: true,
        allow_validate: true,
        ..Provider::default()
    }
}

fn works() -> Link {
    Link {
        provider_id: "github".into(),
        authenticated: true,
        created_at: Some(NOW.plus_ms(-86_400_000)),
        ..Link::default()
    }
}

fn refused() -> Link {
    Link {
        authenticated: false,
        validate_error: "token failed to validate".into(),
        ..works()
    }
}

fn installable() -> ExternalAuth {
    ExternalAuth {
        authenticated: true,
        app_installable: true,
        app_install_url: "https://git.example/apps/x".into(),
        ..ExternalAuth::default()
    }
}

fn ada() -> Account {
    Account {
        login: "ada".into(),
        name: "Ada Lovelace".into(),
        profile_url: "https://git.example/ada".into(),
        ..Account::default()
    }
}

/// A record of a list, and of a live answer after it.
fn record(provider: Provider, link: Link, live: Option<ExternalAuth>) -> ProviderRecord {
    let mut record = ProviderRecord {
        origins: Rc::new(Origins::new(
            "https://page.example",
            "https://coder.example",
        )),
        ..ProviderRecord::default()
    };
    record.apply_list(Some(provider), Some(link), 1, LISTED_AT);
    if let Some(live) = live {
        record.apply_live(live, 2, NOW);
    }
    record
}

fn row_of(record: &ProviderRecord) -> RowModel {
    row_with(record, |_| ())
}

fn row_with<'a>(record: &'a ProviderRecord, change: impl FnOnce(&mut RowInput<'a>)) -> RowModel {
    let mut input = RowInput {
        id: "github",
        name: "GitHub",
        record,
        pending: None,
        warning: None,
        is_linking: false,
        verification_uri: "",
        now: NOW,
    };
    change(&mut input);
    RowModel::of(input)
}

#[test]
fn the_same_input_makes_the_same_row() {
    let record = record(github(), works(), Some(installable()));
    assert_eq!(row_of(&record), row_of(&record.clone()));
    let later = row_with(&record, |input| input.now = NOW.plus_ms(30_000));
    assert_eq!(
        row_of(&record),
        later,
        "no instant is in it but those of facts"
    );
}

#[test]
fn name_pending_and_warning_are_those_of_the_input() {
    let warning = RevocationWarning {
        provider: "github".into(),
        name: "GitHub".into(),
        at: Some(NOW),
        reason: String::new(),
        url: String::new(),
    };
    let record = record(github(), works(), None);
    let row = row_with(&record, |input| {
        input.name = "Work";
        input.pending = Some(Pending::Checking);
        input.warning = Some(&warning);
    });
    assert_eq!(row.name, "Work");
    assert_eq!(row.pending, Some(Pending::Checking));
    assert_eq!(row.status(), (ProviderState::Linked, true));
    assert_eq!(row.warning, Some(warning));
}

#[test]
fn an_action_is_offered_by_the_state_and_by_what_is_pending() {
    let record = record(github(), works(), None);
    for pending in [None, Some(Pending::Checking), Some(Pending::Unlinking)] {
        let row = row_with(&record, |input| input.pending = pending);
        for action in ProviderAction::ALL {
            let offer = action.offer(ProviderState::Linked, false, false, pending);
            assert_eq!(row.action(action), offer, "{action:?} {pending:?}");
        }
    }
}

#[test]
fn an_icon_is_an_address_that_may_be_loaded() {
    let icon = |display_icon: &str| {
        let provider = Provider {
            display_icon: display_icon.into(),
            ..github()
        };
        let row = row_of(&record(provider, works(), None));
        row.icon.map(|icon| icon.as_str().to_owned())
    };
    let on_deployment = "https://coder.example/icon/x.svg";
    assert_eq!(icon("/icon/x.svg").as_deref(), Some(on_deployment));
    assert_eq!(icon("javascript:1"), None);
    assert_eq!(icon("http://git.example/x.svg"), None);
    assert_eq!(icon(""), None);
    let mut orphan = record(github(), works(), None);
    orphan.provider = None;
    assert_eq!(row_of(&orphan).icon, None);
}

#[test]
fn accounts_stay_and_installations_go_when_the_link_does_not_work() {
    let installed = ExternalAuth {
        user: Some(ada()),
        installations: vec![Installation::default()],
        ..installable()
    };
    let mut record = record(github(), works(), Some(installed));
    let row = row_of(&record);
    assert_eq!((row.login(), row.installations.len()), (Some("ada"), 1));
    assert_eq!(row.account, Some(ada()));
    let install_url = row.install_url.map(|url| url.to_string());
    assert_eq!(install_url.as_deref(), Some("https://git.example/apps/x"));

    record.apply_list(Some(github()), Some(refused()), 3, NOW);
    let row = row_of(&record);
    let revoked = ProviderState::NeedsAttention(PermanentFailure::Revoked);
    assert_eq!(row.state, revoked);
    assert_eq!(row.reason.words(), "token failed to validate");
    assert_eq!((row.login(), row.installations.len()), (Some("ada"), 0));

    record.forget_link(4);
    let row = row_of(&record);
    assert_eq!((row.account, row.install_url), (None, None));
}

#[test]
fn a_missing_address_to_install_the_app_is_told_beside_a_link_that_works() {
    let nowhere = ExternalAuth {
        app_install_url: "javascript:1".into(),
        ..installable()
    };
    let unverifiable = Provider {
        allow_validate: false,
        ..github()
    };
    for (provider, link, live, state, lacks) in [
        (
            github(),
            works(),
            nowhere.clone(),
            ProviderState::Linked,
            true,
        ),
        (
            unverifiable,
            works(),
            nowhere.clone(),
            ProviderState::NotVerified,
            true,
        ),
        (
            github(),
            works(),
            installable(),
            ProviderState::AppNotInstalled,
            false,
        ),
    ] {
        let row = row_of(&record(provider, link, Some(live)));
        assert_eq!((row.state, row.lacks_install_address), (state, lacks));
        assert_eq!(row.install_url.is_none(), lacks);
    }
    let mut failed = record(github(), works(), Some(nowhere));
    failed.apply_failure(ApiError::new(ApiErrorKind::TimedOut, "GET /x", "late"), 3);
    let row = row_of(&failed);
    let state = ProviderState::CouldNotCheck(TransientFailure::TimedOut);
    assert_eq!((row.state, row.lacks_install_address), (state, false));
    assert_eq!(row.reason.words(), "GET /x had no answer: late");
}

#[test]
fn the_end_of_the_access_is_told_where_it_matters() {
    let later = NOW.plus_ms(3_600_000);
    let past = NOW.plus_ms(-1);
    let expired =
        "token expired, refreshing is either disabled or refreshing failed and will not be retried";
    for (refresh_token, allow_refresh, expires, validate_error, end) in [
        (false, true, Expiry::Unknown, "", None),
        (false, true, Expiry::Never, "", Some(AccessEnd::Never)),
        (
            true,
            true,
            Expiry::At(later),
            "",
            Some(AccessEnd::Renews(later)),
        ),
        (
            true,
            true,
            Expiry::At(past),
            "",
            Some(AccessEnd::Renews(past)),
        ),
        (
            true,
            false,
            Expiry::At(later),
            "",
            Some(AccessEnd::EndsUnrenewed(later)),
        ),
        (
            false,
            true,
            Expiry::At(later),
            "",
            Some(AccessEnd::Ends(later)),
        ),
        (
            false,
            true,
            Expiry::At(NOW),
            "",
            Some(AccessEnd::Ended(NOW)),
        ),
        (
            false,
            true,
            Expiry::At(past),
            "",
            Some(AccessEnd::Ended(past)),
        ),
        (
            false,
            true,
            Expiry::At(past),
            expired,
            Some(AccessEnd::Ended(past)),
        ),
        // The end of the token is not why.
        (false, true, Expiry::At(later), expired, None),
        (
            false,
            true,
            Expiry::At(later),
            "token failed to validate",
            None,
        ),
        (false, true, Expiry::Never, "token failed to validate", None),
    ] {
        let provider = Provider {
            allow_refresh,
            ..github()
        };
        let link = Link {
            has_refresh_token: refresh_token,
            expires,
            authenticated: validate_error.is_empty(),
            validate_error: validate_error.into(),
            ..works()
        };
        let facts = row_of(&record(provider, link, None)).facts.unwrap();
        assert_eq!(
            facts.end, end,
            "{refresh_token} {allow_refresh} {expires:?}"
        );
        assert_eq!(facts.linked_since, works().created_at);
        assert_eq!(facts.checked_at, Some(LISTED_AT));
    }
}

#[test]
fn there_are_no_facts_without_a_link_of_the_list() {
    let mut record = record(github(), works(), None);
    record.provider = None;
    let facts = row_of(&record).facts.unwrap();
    assert_eq!(facts.end, None, "the end of an orphan does not matter");
    record.forget_link(2);
    assert_eq!(row_of(&record).facts, None);
    record.apply_live(installable(), 3, NOW);
    assert_eq!(row_of(&record).facts, None);
}

#[test]
fn a_grant_is_managed_where_the_address_is_known() {
    let manage = |record: &ProviderRecord, verification_uri| {
        let url = record.authorizations_url(verification_uri);
        url.map(|url| url.to_string())
    };
    let mut record = record(github(), works(), None);
    let public = "https://github.com/settings/applications";
    assert_eq!(manage(&record, "").as_deref(), Some(public));
    let device = "https://git.example/login/device";
    let own = "https://git.example/settings/applications";
    assert_eq!(manage(&record, device).as_deref(), Some(own));
    record.apply_list(None, Some(works()), 3, NOW);
    assert_eq!(manage(&record, device), None, "an orphan has no type");
}

#[test]
fn the_details_say_what_is_configured() {
    let with_pkce = Provider {
        code_challenge_methods_supported: vec!["S256".into(), "none".into(), "plain".into()],
        ..github()
    };
    let row = row_of(&record(with_pkce, works(), None));
    assert_eq!((row.id.as_str(), row.kind.as_str()), ("github", "github"));
    assert_eq!(row.pkce.as_deref(), Some("S256, plain"));
    let row = row_of(&record(github(), works(), None));
    assert_eq!(row.pkce.as_deref(), Some(""), "PKCE is not used");
    let mut orphan = record(github(), refused(), None);
    orphan.provider = None;
    let row = row_of(&orphan);
    assert_eq!((row.kind.as_str(), row.pkce), ("", None));
    assert_eq!(row.reason.words(), "token failed to validate");
}

#[test]
fn a_search_finds_what_is_on_the_row() {
    let live = ExternalAuth {
        user: Some(ada()),
        ..installable()
    };
    let row = row_with(&record(github(), works(), Some(live)), |input| {
        input.name = "Work";
    });
    for (query, found) in [
        ("", true),
        ("work", true),
        ("github", true),
        ("ada", true),
        ("lovelace work", true),
        ("gitlab", false),
    ] {
        let lower_case = |text: &str| text.to_lowercase();
        assert_eq!(row.matches(query, lower_case), found, "{query}");
    }
}

type Change = fn(&mut RowModel);

/// A field of the panel that belonged to no part would never be drawn again.
#[test]
fn a_change_of_each_field_changes_its_parts_and_no_other() {
    use RowPart::{Account, Actions, Advice, Details, Facts};
    let before = row_of(&record(github(), works(), Some(installable())));
    let table: [(Change, &[RowPart]); 13] = [
        (|row| row.id.push('x'), &[Details]),
        (|row| row.name.push('x'), &[Advice, Actions]),
        (
            |row| row.state = ProviderState::Renewing,
            &[Advice, Actions],
        ),
        (
            |row| row.reason = KeptReason::ValidateError(ServerWords::new("x")),
            &[Details],
        ),
        (|row| row.pending = Some(Pending::Checking), &[Actions]),
        (|row| row.lacks_install_address = true, &[Advice]),
        // Only the line shows it.
        (|row| row.icon = None, &[]),
        (|row| row.account = Some(ada()), &[Account, Details]),
        (
            |row| row.installations.push(Installation::default()),
            &[Account],
        ),
        (|row| row.install_url = None, &[Account, Details]),
        (|row| row.facts = None, &[Facts]),
        (|row| row.kind.push('x'), &[Details]),
        (|row| row.pkce = None, &[Details]),
    ];
    for (index, (change, parts)) in table.iter().enumerate() {
        let mut after = before.clone();
        change(&mut after);
        let changed = RowPart::ALL.into_iter();
        let changed: Vec<_> = changed
            .filter(|part| part.differs(&before, &after))
            .collect();
        assert_eq!(changed, *parts, "change {index}");
    }
}
