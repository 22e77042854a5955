//! The wire types read what servers send, and what they write themselves.
#![allow(clippy::panic, reason = "a panic fails the test")]

use external_auth_core::Timestamp;
use external_auth_core::wire::{
    Account, ApiMessage, DeviceAuthorization, DeviceExchange, Expiry, ExternalAuth,
    ExternalAuthList, Installation, Link, Provider, Read, UnlinkResponse, ValidationError, decode,
};
use proptest::prelude::*;
use serde::Serialize;

fn read<T: Read>(body: &str) -> T {
    decode(body).unwrap_or_else(|error| panic!("{error}: {body}"))
}

fn github_link() -> Link {
    Link {
        provider_id: "github".into(),
        ..Link::default()
    }
}

#[test]
fn the_list_comes_in_three_shapes() {
    let object: ExternalAuthList =
        read(r#"{"providers":[{"id":"github"}],"links":[{"provider_id":"github"}]}"#);
    assert_eq!(object.providers.len(), 1);
    assert_eq!(object.links, [github_link()]);

    for body in [
        r#"{"provider_id":"github"}"#,
        r#"[{"provider_id":"github"}]"#,
    ] {
        let list: ExternalAuthList = read(body);
        assert_eq!(list.links, [github_link()], "{body}");
        assert_eq!(
            list.providers.len(),
            1,
            "a link alone brings its provider: {body}"
        );
        assert_eq!(list.providers[0].id, "github");
    }
}

#[test]
fn null_and_missing_lists_are_empty() {
    for body in [
        r#"{"providers":null,"links":null}"#,
        r#"{"links":[]}"#,
        "{}",
        "[]",
    ] {
        assert_eq!(
            read::<ExternalAuthList>(body),
            ExternalAuthList::default(),
            "{body}"
        );
    }
}

#[test]
fn another_answer_is_never_read_as_an_empty_list() {
    for body in [
        r#"{"message":"no"}"#,
        "null",
        "5",
        "\"OK\"",
        "",
        "<html>",
        r#"{"providers":[{"id""#,
        r#"{"providers":7,"links":7}"#,
        r#"{"providers":[{"id":null},{"id":7}],"links":[]}"#,
        r#"{"providers":[{"id":"a"}],"links":[{"provider_id":{}}]}"#,
    ] {
        assert!(decode::<ExternalAuthList>(body).is_err(), "{body}");
    }
}

#[test]
fn an_item_that_cannot_be_read_is_skipped() {
    let list: ExternalAuthList = read(
        r#"{"providers":[5,null,{"display_name":"no id"},{"id":""},{"id":7},{"id":"ok","device":"yes","display_name":[],"new":1}],
            "links":[{},{"provider_id":"ok","expires":17,"authenticated":null}]}"#,
    );
    assert_eq!(
        list.providers,
        [Provider {
            id: "ok".into(),
            ..Provider::default()
        }]
    );
    assert_eq!(
        list.links,
        [Link {
            provider_id: "ok".into(),
            ..Link::default()
        }]
    );
}

#[test]
fn the_first_item_of_a_repeated_id_counts() {
    let list: ExternalAuthList =
        read(r#"{"providers":[{"id":"a","type":"x"},{"id":"a","type":"y"}],"links":[]}"#);
    assert_eq!(list.providers.len(), 1);
    assert_eq!(list.providers[0].kind, "x");
}

#[test]
fn the_zero_time_means_never() {
    let expiry =
        |time: &str| read::<Link>(&format!(r#"{{"provider_id":"a","expires":{time}}}"#)).expires;
    assert_eq!(expiry(r#""0001-01-01T00:00:00Z""#), Expiry::Never);
    assert_eq!(expiry(r#""0001-01-01T00:00:00+01:00""#), Expiry::Never);
    assert_eq!(
        expiry(r#""2026-06-01T12:30:45.123456789Z""#),
        Expiry::At(Timestamp::from_unix_ms(1_780_317_045_123))
    );
    for unreadable in ["null", "\"\"", "\"soon\"", "0", "{}"] {
        assert_eq!(expiry(unreadable), Expiry::Unknown, "{unreadable}");
    }
    assert_eq!(
        read::<Link>(r#"{"provider_id":"a"}"#).expires,
        Expiry::Unknown
    );
}

#[test]
fn numbers_of_any_size_are_read() {
    for (number, seconds) in [
        ("900", 900),
        ("-1", 0),
        ("1.9", 1),
        ("1e30", u64::MAX),
        ("99999999999999999999999", u64::MAX),
        ("null", 0),
        ("\"900\"", 0),
    ] {
        let body = format!(r#"{{"device_code":"x","expires_in":{number}}}"#);
        assert_eq!(
            read::<DeviceAuthorization>(&body).expires_in,
            seconds,
            "{number}"
        );
    }
}

#[test]
fn a_live_answer_may_omit_user_and_installations() {
    let answer: ExternalAuth =
        read(r#"{"authenticated":true,"user":null,"installations":null,"app_install_url":null}"#);
    assert_eq!(
        answer,
        ExternalAuth {
            authenticated: true,
            ..ExternalAuth::default()
        }
    );

    let answer: ExternalAuth = read(
        r#"{"authenticated":false,"user":{"login":"ada","id":1e9},"installations":[{"id":-4,"account":null},{"account":{"login":"org"}},7]}"#,
    );
    assert_eq!(
        answer.user.map(|user| (user.login, user.id)),
        Some(("ada".into(), 1_000_000_000))
    );
    assert_eq!(answer.installations.len(), 2);
}

#[test]
fn another_answer_is_never_read_as_not_linked() {
    for body in [
        "{}",
        "[1,\"two\",null]",
        r#"{"message":"Welcome."}"#,
        r#"{"authenticated":"yes"}"#,
    ] {
        assert!(decode::<ExternalAuth>(body).is_err(), "{body}");
    }
}

#[test]
fn an_unlink_answer_differs_from_the_ok_of_older_servers() {
    assert!(decode::<UnlinkResponse>("\"OK\"").is_err());
    assert!(decode::<UnlinkResponse>("OK").is_err());
    assert!(decode::<UnlinkResponse>("{}").is_err());
    assert!(read::<UnlinkResponse>(r#"{"token_revoked":true}"#).token_revoked);
}

#[test]
fn an_answer_without_a_device_code_is_read_and_has_no_code() {
    for (body, has_code) in [
        ("{}", false),
        (r#"{"error":"invalid_client"}"#, false),
        (
            r#"{"device_code":"","user_code":"","verification_uri":"","expires_in":0,"interval":0}"#,
            false,
        ),
        (r#"{"device_code":"s3cret"}"#, false),
        (r#"{"user_code":"AB-CD"}"#, false),
        (r#"{"device_code":"s3cret","user_code":"AB-CD"}"#, true),
    ] {
        assert_eq!(
            read::<DeviceAuthorization>(body).has_code(),
            has_code,
            "{body}"
        );
    }
}

#[test]
fn names_are_short_and_cannot_act() {
    let long = "x".repeat(5_000_000);
    let body = serde_json::json!({
        "providers": [{ "id": "a", "type": "\u{1b}", "display_name": "A\u{202e}" }],
    });
    let list: ExternalAuthList = read(&body.to_string());
    assert_eq!(list.providers[0].kind, "\\u{1b}");
    assert_eq!(list.providers[0].display_name, "A\\u{202e}");
    let live: ExternalAuth = read(
        &serde_json::json!({ "authenticated": true, "user": { "login": long, "name": "A\nB" } })
            .to_string(),
    );
    let account = live.user.unwrap_or_default();
    assert_eq!(account.login.chars().count(), 101);
    assert_eq!(account.name, "A B");
}

#[test]
fn repeated_ids_of_a_long_list_are_removed() {
    let providers: Vec<_> = (0..50_000)
        .map(|number| serde_json::json!({ "id": format!("p{}", number % 40_000), "type": format!("t{number}") }))
        .collect();
    let list: ExternalAuthList = read(&serde_json::json!({ "providers": providers }).to_string());
    assert_eq!(list.providers.len(), 40_000);
    assert_eq!(list.providers[7].kind, "t7");
}

#[test]
fn the_device_code_is_not_printed() {
    let authorization: DeviceAuthorization =
        read(r#"{"device_code":"s3cret","user_code":"AB-CD"}"#);
    let exchange = DeviceExchange {
        device_code: authorization.device_code.clone(),
    };
    let printed = format!("{authorization:?} {exchange:?}");
    assert!(!printed.contains("s3cret"), "{printed}");
    assert!(printed.contains("AB-CD"));
}

fn text() -> impl Strategy<Value = String> {
    "\\PC{0,20}"
}

/// A name that is shown as it is.
fn name() -> impl Strategy<Value = String> {
    "[!-~é日👩]{0,20}( [!-~]{1,9})?".prop_map(|name| name.trim().to_owned())
}

prop_compose! {
    fn timestamp()(unix_ms in -62_104_000_000_000_i64..253_402_300_799_999) -> Timestamp {
        Timestamp::from_unix_ms(unix_ms)
    }
}

fn expiry() -> impl Strategy<Value = Expiry> {
    prop_oneof![
        Just(Expiry::Unknown),
        Just(Expiry::Never),
        timestamp().prop_map(Expiry::At)
    ]
}

prop_compose! {
    fn provider()(
        id in "\\PC{1,20}", kind in name(), display_name in name(), display_icon in text(),
        flags in any::<[bool; 4]>(), methods in prop::collection::vec(text(), 0..3),
    ) -> Provider {
        let [device, allow_refresh, allow_validate, supports_revocation] = flags;
        Provider {
            id, kind, device, display_name, display_icon, allow_refresh, allow_validate,
            supports_revocation, code_challenge_methods_supported: methods,
        }
    }
}

prop_compose! {
    fn link()(
        provider_id in "\\PC{1,20}", created_at in prop::option::of(timestamp()),
        updated_at in prop::option::of(timestamp()), expires in expiry(),
        has_refresh_token in any::<bool>(), authenticated in any::<bool>(), validate_error in text(),
    ) -> Link {
        Link { provider_id, created_at, updated_at, has_refresh_token, expires, authenticated, validate_error }
    }
}

prop_compose! {
    fn account()(
        id in any::<u64>(), login in name(), name in name(), avatar_url in text(), profile_url in text(),
    ) -> Account {
        Account { id, login, name, avatar_url, profile_url }
    }
}

prop_compose! {
    fn external_auth()(
        flags in any::<[bool; 4]>(), display_name in name(), user in prop::option::of(account()),
        installations in prop::collection::vec(
            (any::<u64>(), prop::option::of(account()), text())
                .prop_map(|(id, account, configure_url)| Installation { id, account, configure_url }),
            0..3,
        ),
        app_install_url in text(),
    ) -> ExternalAuth {
        let [authenticated, device, supports_revocation, app_installable] = flags;
        ExternalAuth {
            authenticated, device, display_name, supports_revocation, user, app_installable,
            installations, app_install_url,
        }
    }
}

fn round_trip<T: Serialize + Read + PartialEq + std::fmt::Debug>(
    value: &T,
) -> Result<(), TestCaseError> {
    let body =
        serde_json::to_string(value).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(
        &decode::<T>(&body).map_err(|error| TestCaseError::fail(error.to_string()))?,
        value
    );
    Ok(())
}

/// Any JSON, with the names of this API among the keys.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        text().prop_map(Into::into),
        Just("0001-01-01T00:00:00Z".into()),
    ];
    let key = prop::sample::select(vec![
        "providers",
        "links",
        "id",
        "provider_id",
        "type",
        "expires",
        "user",
        "installations",
        "account",
        "authenticated",
        "token_revoked",
        "message",
        "device_code",
        "interval",
        "other",
    ]);
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::vec((key.clone(), inner), 0..6).prop_map(|entries| {
                serde_json::Value::Object(
                    entries
                        .into_iter()
                        .map(|(key, value)| (key.to_owned(), value))
                        .collect(),
                )
            }),
        ]
    })
}

proptest! {
    #[test]
    fn written_lists_are_read_again(
        provider in provider(), link in link(), live in external_auth(), texts in any::<(bool, u64, u64)>(),
        words in prop::collection::vec("\\PC{1,20}", 3), user_code in name(),
    ) {
        round_trip(&provider)?;
        round_trip(&link)?;
        round_trip(&live)?;
        round_trip(&ExternalAuthList { providers: vec![provider], links: vec![link] })?;
        let [first, second, third] = [words[0].clone(), words[1].clone(), words[2].clone()];
        round_trip(&UnlinkResponse { token_revoked: texts.0, token_revocation_error: first.clone() })?;
        prop_assert_eq!(
            serde_json::to_value(DeviceExchange { device_code: first.clone() }).unwrap_or_default(),
            serde_json::json!({ "device_code": first })
        );
        round_trip(&DeviceAuthorization {
            device_code: first.clone(), user_code, verification_uri: third.clone(),
            expires_in: texts.1, interval: texts.2,
        })?;
        round_trip(&ApiMessage {
            message: first, detail: second.clone(),
            validations: vec![ValidationError { field: second, detail: third }],
        })?;
    }

    #[test]
    fn any_json_is_read_or_refused_without_a_panic(value in json()) {
        let body = value.to_string();
        let _ = decode::<ExternalAuth>(&body);
        let _ = decode::<UnlinkResponse>(&body);
        let _ = decode::<DeviceAuthorization>(&body);
        let _ = decode::<ApiMessage>(&body);
        if let Ok(list) = decode::<ExternalAuthList>(&body) {
            prop_assert!(list.providers.iter().all(|provider| !provider.id.is_empty()));
            prop_assert!(list.links.iter().all(|link| !link.provider_id.is_empty()));
        }
    }

    #[test]
    fn any_text_is_read_or_refused_without_a_panic(body in "\\PC*") {
        let _ = decode::<ExternalAuthList>(&body);
    }
}
