use external_auth_core::Timestamp;
use external_auth_core::wire::{Account, Expiry, ExternalAuth, ExternalAuthList, Link, Provider};

use super::answer::Answer;
use super::fake_clock::START;

/// A provider that can be validated and refreshed, without an icon and without
/// a revocation endpoint.
pub fn provider(id: &str, display_name: &str) -> Provider {
    Provider {
        id: id.to_owned(),
        kind: id.to_owned(),
        display_name: display_name.to_owned(),
        allow_refresh: true,
        allow_validate: true,
        ..Provider::default()
    }
}

/// GitHub, the provider with the most details: the linked account and the app.
pub fn github() -> Provider {
    Provider {
        supports_revocation: true,
        ..provider("github", "GitHub")
    }
}

/// GitLab, for which a live check adds nothing to the list.
pub fn gitlab() -> Provider {
    provider("gitlab", "GitLab")
}

/// A link that works and does not expire.
pub fn link(provider_id: &str) -> Link {
    Link {
        provider_id: provider_id.to_owned(),
        expires: Expiry::Never,
        authenticated: true,
        ..Link::default()
    }
}

/// A link that does not work, with the server's reason.
pub fn broken_link(provider_id: &str, validate_error: &str) -> Link {
    Link {
        authenticated: false,
        validate_error: validate_error.to_owned(),
        ..link(provider_id)
    }
}

/// The instant so many hours after the beginning of the test.
pub fn in_hours(hours: i64) -> Timestamp {
    START.plus_ms(hours * 3_600_000)
}

/// The answer to the question who is signed in. The user name equals the id.
pub fn user(id: &str) -> Answer {
    Answer::json(&serde_json::json!({ "id": id, "username": id }))
}

/// The answer to a list.
pub fn list(providers: &[Provider], links: &[Link]) -> Answer {
    Answer::json(&ExternalAuthList {
        providers: providers.to_vec(),
        links: links.to_vec(),
    })
}

/// The live answer for a link that works.
pub fn live() -> ExternalAuth {
    ExternalAuth {
        authenticated: true,
        user: Some(account("ada")),
        ..ExternalAuth::default()
    }
}

/// The live answer for a link that does not work.
pub fn live_refused() -> ExternalAuth {
    ExternalAuth::default()
}

/// An account without a picture.
pub fn account(login: &str) -> Account {
    Account {
        id: 1,
        login: login.to_owned(),
        ..Account::default()
    }
}

/// The answer of `GET /buildinfo` with an access URL.
pub fn build_info(dashboard_url: &str) -> Answer {
    let body = serde_json::json!({ "version": "v2.30.0", "dashboard_url": dashboard_url });
    Answer::new(200, "application/json", &body.to_string())
}

/// A link to GitLab that works, with `updated_at` at that hour.
pub fn linked_at(hours: i64) -> Link {
    Link {
        updated_at: Some(in_hours(hours)),
        ..link("gitlab")
    }
}

/// A link to GitLab that GitLab refuses, with `updated_at` at that hour.
pub fn broken_at(hours: i64) -> Link {
    Link {
        updated_at: Some(in_hours(hours)),
        ..broken_link("gitlab", "token failed to validate")
    }
}
