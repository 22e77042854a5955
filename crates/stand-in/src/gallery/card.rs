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

/// One provider of a view, with what is linked and what is answered for it.
#[derive(Debug, Clone)]
pub(super) struct Card {
    pub(super) provider: Provider,
    /// Whether the deployment does not configure it any more.
    pub(super) is_orphan: bool,
    pub(super) link: Option<Link>,
    /// The live answer, where it is not made of the others.
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

    /// Something else about the provider.
    pub(super) fn with(mut self, change: impl FnOnce(&mut Provider)) -> Self {
        change(&mut self.provider);
        self
    }

    /// Links by the device flow.
    pub(super) fn by_device(self) -> Self {
        self.with(|provider| provider.device = true)
    }

    /// Tokens can be given back.
    pub(super) fn revocable(self) -> Self {
        self.with(|provider| provider.supports_revocation = true)
    }

    /// Linked some time ago, with a token that does not expire.
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

    /// The token ends, or has ended, so long from now.
    pub(super) fn ends(self, now: Timestamp, in_ms: i64) -> Self {
        self.expiry(Expiry::At(now.plus_ms(in_ms)))
    }

    /// When the token ends.
    pub(super) fn expiry(mut self, expires: Expiry) -> Self {
        if let Some(link) = &mut self.link {
            link.expires = expires;
        }
        self
    }

    /// There is a refresh token.
    pub(super) fn renewable(mut self) -> Self {
        if let Some(link) = &mut self.link {
            link.has_refresh_token = true;
        }
        self
    }

    /// The list could not validate the token.
    pub(super) fn broken(mut self, validate_error: &str) -> Self {
        if let Some(link) = &mut self.link {
            link.authenticated = false;
            validate_error.clone_into(&mut link.validate_error);
        }
        self
    }

    /// The provider is not configured any more.
    pub(super) fn orphan(mut self) -> Self {
        self.is_orphan = true;
        if let Some(link) = &mut self.link {
            link.authenticated = false;
        }
        self
    }

    /// What is answered live.
    pub(super) fn live(mut self, reply: Reply) -> Self {
        self.live = Some(reply);
        self
    }

    /// Live, it is known who is linked and where the app is installed.
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

    /// Live, it is known who is linked, and that the app is installed nowhere; it
    /// can be installed at this address.
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

    /// What is answered live.
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

/// Someone with an account.
pub(super) fn account(id: u64, login: &str, name: &str) -> Account {
    Account {
        id,
        login: login.to_owned(),
        name: name.to_owned(),
        avatar_url: avatar(login),
        profile_url: format!("https://github.example/{login}"),
    }
}

/// Who is signed in.
pub(super) fn ada() -> Account {
    account(1815, "ada", "Ada Lovelace")
}

/// So many places where the app is installed, the person's own first.
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

/// A device code, as the deployment passes it on.
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

/// What the deployment makes of a provider's error that comes in place of a
/// code, where the provider does not describe it.
pub(super) fn no_device_code() -> Reply {
    let body: Value = serde_json::json!({
        "device_code": "",
        "user_code": "",
        "verification_uri": "",
        "expires_in": 0,
        "interval": 0,
    });
    Reply::ok(&body)
}
