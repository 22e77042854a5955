//! The client reads each answer of the server, field by field.
//!
//! The answers in `answers/` are written by hand after the API's published
//! reference; no type generates them. The stand-in is tested with the same
//! files (`crates/stand-in/tests/suite/literal_answers`), so that client and
//! stand-in cannot have the same fault in a field.
#![allow(clippy::panic, reason = "a panic fails the test")]

use external_auth_core::wire::{
    Account, ApiMessage, DeviceAuthorization, Expiry, ExternalAuth, ExternalAuthList, Installation,
    Link, Provider, Read, UnlinkResponse, User, decode,
};
use external_auth_core::{Timestamp, is_about_csrf};

macro_rules! literal {
    ($name:literal) => {
        include_str!(concat!("answers/", $name))
    };
}

fn read<T: Read>(body: &str) -> T {
    decode(body).unwrap_or_else(|error| panic!("{error}: {body}"))
}

fn instant(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap_or_else(|| panic!("{text}"))
}

#[test]
fn the_list() {
    assert_eq!(
        read::<ExternalAuthList>(literal!("list.json")),
        ExternalAuthList {
            providers: vec![
                Provider {
                    id: "github".into(),
                    kind: "github".into(),
                    device: false,
                    display_name: "GitHub".into(),
                    display_icon: "/icon/github.svg".into(),
                    allow_refresh: false,
                    allow_validate: true,
                    supports_revocation: true,
                    code_challenge_methods_supported: vec![],
                },
                Provider {
                    id: "gitlab-device".into(),
                    kind: "gitlab".into(),
                    device: true,
                    display_name: "GitLab".into(),
                    display_icon: "/icon/gitlab.svg".into(),
                    allow_refresh: true,
                    allow_validate: true,
                    supports_revocation: false,
                    code_challenge_methods_supported: vec!["S256".into(), "plain".into()],
                },
                Provider {
                    id: "artifacts".into(),
                    kind: "jfrog".into(),
                    device: false,
                    display_name: "jfrog".into(),
                    display_icon: "/emojis/1f511.png".into(),
                    allow_refresh: true,
                    allow_validate: false,
                    supports_revocation: true,
                    code_challenge_methods_supported: vec!["none".into()],
                },
            ],
            links: vec![
                Link {
                    provider_id: "github".into(),
                    created_at: Some(instant("2026-01-05T08:09:10.123Z")),
                    updated_at: Some(instant("2026-02-06T11:12:13Z")),
                    has_refresh_token: false,
                    expires: Expiry::Never,
                    authenticated: true,
                    validate_error: String::new(),
                },
                Link {
                    provider_id: "gitlab-device".into(),
                    created_at: Some(instant("2026-03-07T14:15:16Z")),
                    updated_at: Some(instant("2026-03-07T14:15:17Z")),
                    has_refresh_token: true,
                    expires: Expiry::At(instant("2099-12-31T23:59:59.500Z")),
                    authenticated: true,
                    validate_error: String::new(),
                },
            ],
        }
    );
}

#[test]
fn an_empty_list() {
    assert_eq!(
        read::<ExternalAuthList>(literal!("list-empty.json")),
        ExternalAuthList::default()
    );
}

#[test]
fn a_list_with_an_orphan_and_broken_links() {
    let list: ExternalAuthList = read(literal!("list-with-broken-links.json"));
    let ids: Vec<_> = list.providers.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["azure-devops", "gitea", "slack"]);
    let broken = |provider_id: &str, expires, validate_error: &str| Link {
        provider_id: provider_id.into(),
        expires,
        authenticated: false,
        validate_error: validate_error.into(),
        ..Link::default()
    };
    assert_eq!(
        list.links,
        [
            Link {
                created_at: Some(instant("2026-01-05T08:09:10Z")),
                updated_at: Some(instant("2026-02-06T11:12:13Z")),
                ..broken(
                    "azure-devops",
                    Expiry::At(instant("2026-02-06T12:12:13Z")),
                    "token expired and refreshing failed 2 hours ago with: \
                     oauth2: \"invalid_grant\" \"The refresh token has expired.\"",
                )
            },
            Link {
                created_at: Some(instant("2026-03-07T14:15:16Z")),
                updated_at: Some(instant("2026-03-07T14:15:17Z")),
                ..broken("gitea", Expiry::Never, "token failed to validate")
            },
            Link {
                created_at: Some(instant("2024-04-08T17:18:19Z")),
                updated_at: Some(instant("2024-04-08T17:18:19Z")),
                has_refresh_token: true,
                ..broken(
                    "old-gitlab",
                    Expiry::At(instant("2024-04-08T19:18:19Z")),
                    "",
                )
            },
            Link {
                created_at: Some(instant("2026-05-09T20:21:22Z")),
                updated_at: Some(instant("2026-05-09T20:21:22Z")),
                ..broken(
                    "slack",
                    Expiry::At(instant("2026-05-09T21:21:22Z")),
                    "token expired, refreshing is either disabled or refreshing failed \
                     and will not be retried",
                )
            },
        ]
    );
}

#[test]
fn a_live_check() {
    let github = ExternalAuth {
        authenticated: true,
        device: false,
        display_name: "GitHub".into(),
        supports_revocation: false,
        user: Some(Account {
            id: 1815,
            login: "ada".into(),
            name: "Ada Lovelace".into(),
            avatar_url: "https://avatars.provider.test/u/1815".into(),
            profile_url: "https://provider.test/ada".into(),
        }),
        app_installable: true,
        installations: vec![Installation {
            id: 71,
            account: Some(Account {
                id: 1843,
                login: "analytical-engine".into(),
                name: "Analytical Engine Society".into(),
                avatar_url: "https://avatars.provider.test/u/1843".into(),
                profile_url: "https://provider.test/analytical-engine".into(),
            }),
            configure_url: "https://provider.test/settings/installations/71".into(),
        }],
        app_install_url: "https://provider.test/apps/coder/installations/new".into(),
    };
    assert_eq!(
        read::<ExternalAuth>(literal!("by-id-not-linked.json")),
        ExternalAuth {
            authenticated: false,
            user: None,
            app_installable: false,
            installations: vec![],
            ..github.clone()
        }
    );
    assert_eq!(read::<ExternalAuth>(literal!("by-id-github.json")), github);
    assert_eq!(
        read::<ExternalAuth>(literal!("by-id-other.json")),
        ExternalAuth {
            authenticated: true,
            device: true,
            display_name: "GitLab".into(),
            ..ExternalAuth::default()
        }
    );
}

#[test]
fn an_unlink() {
    for (body, token_revoked, token_revocation_error) in [
        (literal!("unlink-revoked.json"), true, ""),
        (literal!("unlink-not-revoked.json"), false, ""),
        (
            literal!("unlink-revocation-failed.json"),
            false,
            "failed to revoke token: 503 Down until noon.",
        ),
    ] {
        let token_revocation_error = token_revocation_error.to_owned();
        assert_eq!(
            read::<UnlinkResponse>(body),
            UnlinkResponse {
                token_revoked,
                token_revocation_error
            }
        );
    }
}

#[test]
fn a_device_code() {
    assert_eq!(
        read::<DeviceAuthorization>(literal!("device-begin.json")),
        DeviceAuthorization {
            device_code: "0123456789abcdef0123456789abcdef".into(),
            user_code: "WDJB-MJHT".into(),
            verification_uri: "https://provider.test/gitlab-device/device".into(),
            expires_in: 900,
            interval: 7,
        }
    );
    // An answer without a code must not be read as a code.
    if let Ok(code) = decode::<DeviceAuthorization>(literal!("device-begin-without-code.json")) {
        assert_eq!(code, DeviceAuthorization::default());
    }
}

#[test]
fn errors_of_a_device_exchange() {
    for (body, detail) in [
        (
            literal!("device-exchange-authorization-pending.json"),
            "authorization_pending",
        ),
        (literal!("device-exchange-slow-down.json"), "slow_down"),
        (
            literal!("device-exchange-access-denied.json"),
            "access_denied",
        ),
        (
            literal!("device-exchange-expired-token.json"),
            "expired_token",
        ),
    ] {
        assert_message(
            body,
            "The device code could not be exchanged for a token.",
            detail,
        );
    }
    let wrapped: ApiMessage = read(literal!("device-exchange-wrapped.json"));
    assert!(
        wrapped
            .detail
            .starts_with("POST https://provider.test/gitlab-device/token?client_id=")
    );
    assert!(wrapped.detail.contains(
        "unexpected status code 400: {\"error\":\"authorization_pending\",\"error_description\":"
    ));
}

#[test]
fn the_current_user() {
    let user: User = read(literal!("users-me.json"));
    assert_eq!(user.id, "7f4d2c10-0000-4000-8000-000000000001");
}

#[test]
fn errors() {
    assert_message(
        literal!("error.json"),
        "Failed to validate token.",
        "status 503: body: Down until noon.",
    );
    assert_message(
        literal!("device-not-supported.json"),
        "device flow not supported",
        "",
    );
    assert_message(
        literal!("unauthorized.json"),
        "You are signed out. Sign in to go on.",
        "The session has ended.",
    );
    assert_message(
        literal!("not-found.json"),
        "There is nothing here under this name.",
        "No provider of this id is configured, or it is not linked.",
    );
    assert_message(
        literal!("rate-limited.json"),
        "You have asked too often. Wait, then try again.",
        "512 requests a minute are allowed for each path.",
    );
    // The only answer that is not JSON.
    assert!(decode::<ApiMessage>(literal!("csrf.txt")).is_err());
    assert!(is_about_csrf(400, literal!("csrf.txt")));
}

fn assert_message(body: &str, message: &str, detail: &str) {
    let expected = ApiMessage {
        message: message.into(),
        detail: detail.into(),
        validations: vec![],
    };
    assert_eq!(read::<ApiMessage>(body), expected);
}
