//! Whatever comes from outside is read without a panic, in time that grows with its
//! length, and with limits for each part (`src/limits.rs`).
#![allow(clippy::panic, reason = "a panic fails the test")]

#[path = "invariants/answer.rs"]
mod answer;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use answer::read_as_everything;
use external_auth_core::wire::{
    Account, ApiMessage, BuildInfo, DeviceAuthorization, ExternalAuth, ExternalAuthList, Provider,
    Read, UnlinkResponse, User, decode,
};
use external_auth_core::{ListedProvider, MAX_LIST_BYTES, MAX_PROVIDERS};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The length of each text of a value, by the path of its field. Items of a list
/// have one path.
fn lengths(value: &Value, path: &str, found: &mut BTreeMap<String, usize>) {
    match value {
        Value::String(text) => {
            found.insert(path.to_owned(), text.chars().count());
        }
        Value::Array(items) => items.iter().for_each(|item| lengths(item, path, found)),
        Value::Object(fields) => {
            for (name, value) in fields {
                lengths(value, &format!("{path}.{name}"), found);
            }
        }
        _ => {}
    }
}

/// The number of characters that are kept of each text, when each is `length` long.
fn kept<T: Read + serde::Serialize>(length: usize, body: &Value) -> Vec<(String, usize)> {
    let body = body.to_string().replace("LONG", &"x".repeat(length));
    let read: T = decode(&body).unwrap_or_else(|error| panic!("{error}"));
    let mut found = BTreeMap::new();
    lengths(&json!(read), "", &mut found);
    found.into_iter().collect()
}

fn table(rows: &[(&str, usize)]) -> Vec<(String, usize)> {
    rows.iter()
        .map(|(path, length)| ((*path).to_owned(), *length))
        .collect()
}

const LONG: usize = 1_000_000;

#[test]
fn each_text_of_a_list_has_its_limit() {
    let list = json!({
        "providers": [{
            "id": "github", "type": "LONG", "display_name": "LONG", "display_icon": "LONG",
            "code_challenge_methods_supported": ["LONG"],
        }],
        "links": [{
            "provider_id": "github", "created_at": "LONG", "updated_at": "LONG",
            "expires": "LONG", "validate_error": "LONG",
        }],
    });
    assert_eq!(
        kept::<ExternalAuthList>(LONG, &list),
        table(&[
            (".links.provider_id", 6),
            (".links.validate_error", 10_000),
            (".providers.code_challenge_methods_supported", 10_000),
            (".providers.display_icon", 0),
            // With `…`.
            (".providers.display_name", 101),
            (".providers.id", 6),
            (".providers.type", 101),
        ])
    );
    let provider: Provider = decode(
        &json!({ "id": "a", "code_challenge_methods_supported": ["x".repeat(LONG)] }).to_string(),
    )
    .expect("a provider");
    assert_eq!(provider.pkce_methods()[0].chars().count(), 101);
}

#[test]
fn each_text_of_the_other_answers_has_its_limit() {
    let account =
        json!({ "login": "LONG", "name": "LONG", "avatar_url": "LONG", "profile_url": "LONG" });
    assert_eq!(
        kept::<Account>(LONG, &account),
        table(&[
            (".avatar_url", 0),
            (".login", 101),
            (".name", 101),
            (".profile_url", 0)
        ])
    );
    let live = json!({
        "authenticated": true, "display_name": "LONG", "app_install_url": "LONG",
        "installations": [{ "configure_url": "LONG" }],
    });
    assert_eq!(
        kept::<ExternalAuth>(LONG, &live),
        table(&[
            (".app_install_url", 0),
            (".display_name", 101),
            (".installations.configure_url", 0)
        ])
    );
    let device = json!({ "device_code": "LONG", "user_code": "LONG", "verification_uri": "LONG" });
    assert_eq!(
        kept::<DeviceAuthorization>(LONG, &device),
        table(&[
            (".device_code", 0),
            (".user_code", 101),
            (".verification_uri", 0)
        ])
    );
    let error = json!({
        "message": "LONG", "detail": "LONG", "validations": [{ "field": "LONG", "detail": "LONG" }],
    });
    assert_eq!(
        kept::<ApiMessage>(LONG, &error),
        table(&[
            (".detail", 10_000),
            (".message", 10_000),
            (".validations.detail", 10_000),
            (".validations.field", 10_000),
        ])
    );
    let unlinked = json!({ "token_revoked": false, "token_revocation_error": "LONG" });
    assert_eq!(
        kept::<UnlinkResponse>(LONG, &unlinked),
        table(&[(".token_revocation_error", 10_000)])
    );
    let build_info: BuildInfo =
        decode(&json!({ "dashboard_url": "x".repeat(LONG) }).to_string()).expect("an answer");
    assert_eq!(build_info.dashboard_url, "");
    let user: User =
        decode(&json!({ "id": "a", "username": "x".repeat(LONG) }).to_string()).expect("a user");
    assert_eq!(user.username.chars().count(), 101);
}

#[test]
fn an_id_that_is_too_long_is_none() {
    let id = |length| "x".repeat(length);
    for (length, is_read) in [(1_000, true), (1_001, false)] {
        let user = json!({ "id": id(length) }).to_string();
        assert_eq!(decode::<User>(&user).is_ok(), is_read);
        let list = json!({ "providers": [{ "id": id(length) }, { "id": "a" }] }).to_string();
        let list: ExternalAuthList = decode(&list).expect("a list");
        assert_eq!(list.providers.len(), 1 + usize::from(is_read));
    }
}

#[test]
fn a_limit_does_not_cut_a_character() {
    let error = json!({ "message": format!("x{}", "é".repeat(LONG)) }).to_string();
    let error: ApiMessage = decode(&error).expect("an error");
    assert_eq!(error.message.len(), 9_999);
}

#[test]
fn long_lists_have_limits() {
    let installations = vec![json!({}); 20_000];
    let live = json!({ "authenticated": true, "installations": installations });
    let live: ExternalAuth = decode(&live.to_string()).expect("an answer");
    assert_eq!(live.installations.len(), 1_000);

    let validations = vec![json!({ "field": "a", "detail": "b" }); 20_000];
    let error = json!({ "message": "no", "validations": validations });
    let error: ApiMessage = decode(&error.to_string()).expect("an error");
    assert_eq!(error.validations.len(), 10);

    let methods = vec![json!("S256"); 20_000];
    let provider = json!({ "id": "a", "code_challenge_methods_supported": methods });
    let provider: Provider = decode(&provider.to_string()).expect("a provider");
    assert_eq!(provider.pkce_methods().len(), 10);

    let providers: Vec<_> = (0..100_000)
        .map(|id| json!({ "id": id.to_string() }))
        .collect();
    let list: ExternalAuthList =
        decode(&json!({ "providers": providers }).to_string()).expect("a list");
    let (listed, left_out) = ListedProvider::all_of(list);
    assert_eq!((listed.len(), left_out), (MAX_PROVIDERS, 95_000));
}

/// The shortest of a few runs, which other programs disturb least.
fn time_of(run: impl Fn()) -> Duration {
    let once = || {
        let begin = Instant::now();
        run();
        begin.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

/// Makes a body of so many parts.
type Make<'a> = &'a dyn Fn(usize) -> String;

#[test]
fn ten_times_the_answer_takes_about_ten_times_as_long() {
    let items = |item: &dyn Fn(usize) -> String, count: usize| -> String {
        let items: Vec<_> = (0..count).map(item).collect();
        items.join(",")
    };
    let makers: &[(&str, Make<'_>)] = &[
        ("providers with one name", &|n| {
            let providers = items(
                &|id| format!(r#"{{"id":"{id}","display_name":"GitHub"}}"#),
                n,
            );
            let links = items(&|id| format!(r#"{{"provider_id":"{id}"}}"#), n);
            format!(r#"{{"providers":[{providers}],"links":[{links}]}}"#)
        }),
        ("providers with one id", &|n| {
            format!(
                r#"{{"providers":[{}]}}"#,
                items(&|_| r#"{"id":"a"}"#.to_owned(), n)
            )
        }),
        ("orphans", &|n| {
            format!(
                r#"{{"links":[{}]}}"#,
                items(&|id| format!(r#"{{"provider_id":"{id}"}}"#), n)
            )
        }),
        ("validations", &|n| {
            let validations = items(&|_| r#"{"field":"a","detail":"b"}"#.to_owned(), n);
            format!(r#"{{"message":"no","validations":[{validations}]}}"#)
        }),
        ("repeated keys", &|n| {
            format!("{{{}}}", items(&|_| r#""id":"a""#.to_owned(), n))
        }),
        ("different keys", &|n| {
            format!("{{{}}}", items(&|key| format!(r#""{key}":0"#), n))
        }),
        ("empty lists", &|n| {
            format!("[{}]", items(&|_| "[]".to_owned(), n))
        }),
        ("digits", &|n| "1".repeat(10 * n)),
        ("white space", &|n| " \n".repeat(10 * n)),
        ("escapes", &|n| format!("\"{}\"", "\\u0061\\n".repeat(n))),
        ("tags that do not end", &|n| "<meta property=".repeat(n)),
        ("tags that end late", &|n| {
            "<meta property='".repeat(n) + ">"
        }),
        ("words of a flow", &|n| {
            format!(
                r#"{{"message":"x","detail":"{}"}}"#,
                "slow_downs ".repeat(n)
            )
        }),
        ("statuses", &|n| "status code ".repeat(n)),
        ("pairs with secrets", &|n| "access_token=[{\\\"".repeat(n)),
        ("quotes", &|n| "\\\"'".repeat(5 * n)),
    ];
    for (what, make) in makers {
        let (short, long) = (make(1_000), make(10_000));
        let short_time = time_of(|| read_as_everything(&short));
        let long_time = time_of(|| read_as_everything(&long));
        let factor = long_time.as_secs_f64() / short_time.as_secs_f64().max(1e-4);
        // A square would be a hundred times.
        assert!(factor < 40.0, "{what}: {factor} times, {long_time:?}");
    }
}

/// A body of the maximum length that would take as much memory as it can.
#[test]
fn a_body_of_brackets_is_refused_early() {
    for part in ["[],", "[[[]]],", "{\"\":[]},", "0,"] {
        let list = format!("[{}0]", part.repeat(MAX_LIST_BYTES / part.len()));
        assert!(decode::<ExternalAuthList>(&list).is_err(), "{part}");
    }
}

/// Names of fields that are read, and texts that mean something.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "providers",
            "links",
            "id",
            "provider_id",
            "type",
            "display_name",
            "display_icon",
            "expires",
            "created_at",
            "validate_error",
            "authenticated",
            "user",
            "installations",
            "account",
            "login",
            "configure_url",
            "message",
            "detail",
            "validations",
            "field",
            "token_revoked",
            "token_revocation_error",
            "device_code",
            "user_code",
            "expires_in",
            "0001-01-01T00:00:00Z",
            "2026-06-01T12:30:45Z",
            "https://git.example/",
            "none",
            "S256",
            "Bearer ",
            "access_token=",
            "status 503",
            "slow_down",
            "<meta property=\"csrf-token\"",
            "\u{202e}",
            "\0",
            "é",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,8}",
    ]
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec((word(), inner), 0..8)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_read_without_a_panic(value in any_json()) {
        read_as_everything(&value.to_string());
    }

    #[test]
    fn any_part_of_json_is_read_without_a_panic(value in any_json(), cut in any::<prop::sample::Index>()) {
        let text = value.to_string();
        read_as_everything(&text[..text.floor_char_boundary(cut.index(text.len() + 1))]);
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read_as_everything(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_words_are_read_without_a_panic(words in prop::collection::vec(word(), 0..20)) {
        read_as_everything(&words.concat());
    }
}
