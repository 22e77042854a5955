// @ts-check
// The bodies of the stand-in's control routes.

/**
 * What is to go wrong with the requests to a path.
 *
 * @typedef {object} Fault
 * @property {string} path `*` stands for any characters
 * @property {"GET" | "POST" | "DELETE"} [method]
 * @property {"deployment" | "provider"} [origin] the deployment, when left out
 * @property {number} [status]
 * @property {unknown} [body] a text as it is, anything else as JSON
 * @property {string} [content_type]
 * @property {Record<string, string>} [headers]
 * @property {number} [times] for ever, when left out
 * @property {string} [hold] the name under which the answer is held back
 * @property {"before" | "after"} [hold_at] the request's effect
 * @property {boolean} [cut] half of the answer comes
 * @property {"before" | "after"} [reset] the connection, before or after the request's effect
 */

/**
 * An error of the token endpoint. All but the last are final for a refresh.
 *
 * @typedef {"invalid_grant" | "unauthorized_client" | "unsupported_grant_type" | "invalid_client"
 *   | "bad_refresh_token" | "incorrect_client_credentials" | "temporarily_unavailable"} OAuthError
 */

/**
 * What a provider is to be, and how it is to behave.
 *
 * @typedef {object} ProviderPatch
 * @property {boolean} [configured]
 * @property {string} [type]
 * @property {string} [display_name]
 * @property {string} [display_icon]
 * @property {boolean} [device]
 * @property {boolean} [allow_refresh]
 * @property {boolean} [allow_validate]
 * @property {boolean} [supports_revocation]
 * @property {boolean} [app_installable]
 * @property {string} [app_install_url]
 * @property {string[]} [code_challenge_methods_supported]
 * @property {"rfc7009" | "github"} [revocation_style]
 * @property {boolean} [shared_refresh] false: an aborted list loses the refresh token, as on older servers
 * @property {"ok" | "revoked" | "rate_limited" | "unavailable" | "error"} [validate]
 * @property {number} [validate_status] alone: `validate` is `error`
 * @property {string} [validate_body]
 * @property {number} [installations_status] 200: by the token
 * @property {"ok" | OAuthError | "no_token" | "unavailable" | "timeout" | "error"} [refresh]
 * @property {number} [refresh_status] alone: `refresh` is `error`
 * @property {string} [refresh_body]
 * @property {number} [token_lifetime_ms] 0: for ever
 * @property {boolean} [refresh_tokens] whether it issues them
 * @property {boolean} [rotate_refresh_tokens] false: one works on, and is left out of the answer to a refresh
 * @property {"ok" | "error" | "silent" | "timeout"} [revoke]
 * @property {number} [revoke_status]
 * @property {string} [revoke_body]
 * @property {Account[]} [accounts]
 * @property {string} [signed_in]
 * @property {{ id: number, account: Account, configure_url: string }[]} [installations]
 * @property {"ask" | "skip" | "deny"} [consent]
 * @property {"unsafe-none" | "same-origin"} [opener_policy]
 * @property {"ok" | "error" | "bare_error" | "rate_limited"} [device_code] how a device flow begins
 * @property {"plain" | "wrapped"} [device_errors]
 * @property {number | null} [interval] seconds between polls
 * @property {number} [expires_in] seconds for which a device code lives
 * @property {number} [slow_down] how many polls that are in time are too early all the same
 */

/**
 * @typedef {object} Account
 * @property {number} id
 * @property {string} login
 * @property {string} name
 * @property {string} avatar_url
 * @property {string} profile_url
 */

/**
 * What a link is to be.
 *
 * @typedef {object} LinkPatch
 * @property {"ada" | "grace"} [user] ada, when left out
 * @property {boolean} [linked]
 * @property {string} [login]
 * @property {string} [created_at]
 * @property {string} [updated_at]
 * @property {string | null} [expires]
 * @property {number} [expires_in_ms]
 * @property {boolean} [has_refresh_token]
 * @property {string} [refresh_failure] also drops the refresh token and moves `updated_at`, unless these are said
 * @property {"active" | "revoked" | "replaced"} [token]
 */

/**
 * A request to the deployment, as it was logged.
 *
 * @typedef {object} LoggedRequest
 * @property {string} method
 * @property {string} path
 * @property {string} query
 * @property {"cookie" | "header" | "both" | "none"} session
 * @property {"ada" | "grace" | null} user whose session it came with; null without one that is open
 * @property {boolean} csrf
 * @property {number | "aborted" | null} status null while it is being answered
 * @property {string} started_at
 * @property {string | null} ended_at
 */

/**
 * @typedef {object} Token
 * @property {string} login
 * @property {"active" | "revoked" | "replaced"} status
 */

/**
 * A device code, and how it was polled for.
 *
 * @typedef {object} DeviceFlow
 * @property {string} provider
 * @property {string} user_code
 * @property {"pending" | "approved" | "denied" | "expired" | "used"} status
 * @property {number} polls
 * @property {number} slow_downs
 * @property {number | null} shortest_gap_ms
 * @property {number} interval_ms
 */

/**
 * All that the stand-in has issued.
 *
 * @typedef {object} Secrets
 * @property {string[]} session_tokens
 * @property {string[]} csrf_tokens
 * @property {string[]} device_codes
 */

/**
 * @typedef {object} State
 * @property {string} now
 * @property {string} provider_origin
 * @property {{ id: string, display_name: string }[]} providers
 * @property {{ user: string, provider_id: string, created_at: string, updated_at: string, has_refresh_token: boolean }[]} links
 * @property {{ id: string, tokens: Token[], calls: Record<string, number> }[]} services
 * @property {DeviceFlow[]} device_flows
 * @property {unknown[]} csp_violations
 * @property {Record<string, number>} waiting how many requests each hold keeps
 */

export {};
