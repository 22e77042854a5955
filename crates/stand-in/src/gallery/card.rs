use external_auth_core::Timestamp;
use serde_json::Value;

use super::reply::Reply;
use crate::{
    avatar::avatar,
    wire::{Account, Expiry, ExternalAuth, Installation, Link, Provider, Time},
};

pub(super) const MINUTE_MS: i64 = 60_000;
pub(super) const HOUR_MS: i64 = 60 * MINUTE_MS;
pub(super) const DAY_MS: i64 = 24 * HOUR_MS;

/// A provider of a view, with its link and its live answer.
#[derive(Debug, Clone)]
pub(super) struct Card {
    pub(super) provider: Provider,
    /// Whether the deployment no longer configures it.
    pub(super) is_orphan: bool,
    pub(super) link: Option<Link>,
    /// The live answer; when none, it follows from provider and link.
    pub(super) live: Option<Reply>,
}

impl Card {
    /// A provider that is refreshed and validated, and not linked.
    pub(super) fn new(id: &str, kind: &str, name: &str) -> Self {
        let icon = match kind {
            "github" | "gitlab" | "gitea" | "slack" | "jfrog" | "azure-devops" => kind,
            "bitbucket-cloud" | "bitbucket-server" => "bitbucket",
            _ => "git",
        };
        Self {
            provider: Provider {
                id: id.to_owned(),
                kind: kind.to_owned(),
                display_name: name.to_owned(),
                display_icon: format!("/icon/{icon}.svg"),
                allow_refresh: true,
                allow_validate: true,
                ..Provider::default()
            },
            is_orphan: false,
            link: None,
            live: None,
        }
    }

    /// Changes the provider.
    pub(super) fn with(mut self, change: impl FnOnce(&mut Provider)) -> Self {
        change(&mut self.provider);
        self
    }

    /// Is linked by the device flow.
    pub(super) fn by_device(self) -> Self {
        self.with(|provider| provider.device = true)
    }

    /// Supports revocation.
    pub(super) fn revocable(self) -> Self {
        self.with(|provider| provider.supports_revocation = true)
    }

    /// Was linked some days ago, with a token that does not expire.
    pub(super) fn linked(mut self, now: Timestamp, days: i64) -> Self {
        self.link = Some(Link {
            provider_id: self.provider.id.clone(),
            created_at: Time(now.plus_ms(-days * DAY_MS)),
            updated_at: Time(now.plus_ms(-days * DAY_MS)),
            has_refresh_token: false,
            expires: Expiry::Never,
            authenticated: true,
            validate_error: String::new(),
        });
        self
    }

    /// The token expires at this time from now, which may be past.
    pub(super) fn expires_in(self, now: Timestamp, in_ms: i64) -> Self {
        self.expiry(Expiry::At(now.plus_ms(in_ms)))
    }

    /// Sets the expiry of the token.
    pub(super) fn expiry(mut self, expires: Expiry) -> Self {
        if let Some(link) = &mut self.link {
            link.expires = expires;
        }
        self
    }

    /// Has a refresh token.
    pub(super) fn renewable(mut self) -> Self {
        if let Some(link) = &mut self.link {
            link.has_refresh_token = true;
        }
        self
    }

    /// The list reports the token as not valid, with this error.
    pub(super) fn broken(mut self, validate_error: &str) -> Self {
        if let Some(link) = &mut self.link {
            link.authenticated = false;
            validate_error.clone_into(&mut link.validate_error);
        }
        self
    }

    /// The provider is no longer configured.
    pub(super) fn orphan(mut self) -> Self {
        self.is_orphan = true;
        if let Some(link) = &mut self.link {
            link.authenticated = false;
        }
        self
    }

    /// Sets the live answer.
    pub(super) fn live(mut self, reply: Reply) -> Self {
        self.live = Some(reply);
        self
    }

    /// The live answer has the user and the installations.
    pub(super) fn installed(self, user: Account, installations: Vec<Installation>) -> Self {
        let found = ExternalAuth {
            user: Some(user),
            app_installable: true,
            app_install_url: "https://github.example/apps/coder/installations/new".to_owned(),
            installations,
            ..self.live_by_default()
        };
        self.live(Reply::ok(&found))
    }

    /// The live answer has the user and no installation. The app can be
    /// installed at this address.
    pub(super) fn installed_nowhere(self, user: Account, app_install_url: &str) -> Self {
        let found = ExternalAuth {
            user: Some(user),
            app_installable: true,
            app_install_url: app_install_url.to_owned(),
            installations: Vec::new(),
            ..self.live_by_default()
        };
        self.live(Reply::ok(&found))
    }

    /// The live answer.
    pub(super) fn live_reply(&self) -> Reply {
        match &self.live {
            Some(reply) => reply.clone(),
            None if self.is_orphan => Reply::unknown(),
            None => Reply::ok(&self.live_by_default()),
        }
    }

    fn live_by_default(&self) -> ExternalAuth {
        ExternalAuth {
            authenticated: self.link.as_ref().is_some_and(|link| link.authenticated),
            device: self.provider.device,
            display_name: self.provider.display_name.clone(),
            ..ExternalAuth::default()
        }
    }
}

/// An account.
pub(super) fn account(id: u64, login: &str, name: &str) -> Account {
    Account {
        id,
        login: login.to_owned(),
        name: name.to_owned(),
        avatar_url: avatar(login),
        profile_url: format!("https://github.example/{login}"),
    }
}

/// The account of the signed-in user.
pub(super) fn ada() -> Account {
    account(1815, "ada", "Ada Lovelace")
}

/// Installations of the app; the first is in the user's account.
pub(super) fn installations(count: u64) -> Vec<Installation> {
    (1..=count)
        .map(|id| Installation {
            id,
            account: Some(if id == 1 {
                ada()
            } else {
                account(5000 + id, &format!("team-{id}"), &format!("Team {id}"))
            }),
            configure_url: format!("https://github.example/settings/installations/{id}"),
        })
        .collect()
}

/// The deployment's answer with a device code. Both times are in seconds.
pub(super) fn device_code(expires_in: u64, interval: u64) -> Reply {
    let body: Value = serde_json::json!({
        "device_code": "0123456789abcdef",
        "user_code": "WDJB-MJHT",
        "verification_uri": "https://git.example/device",
        "expires_in": expires_in,
        "interval": interval,
    });
    Reply::ok(&body)
}

/// The deployment's answer when the provider answers with an error that has no
/// description: a device code whose fields are empty.
pub(super) fn empty_device_code() -> Reply {
    let body: Value = serde_json::json!({
        "device_code": "",
        "user_code": "",
        "verification_uri": "",
        "expires_in": 0,
        "interval": 0,
    });
    Reply::ok(&body)
}
