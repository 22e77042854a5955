//! A Coder deployment and OAuth 2.0 providers on loopback, to develop and to
//! test against without a network. Strict where the real ones are strict.
//!
//! There are two origins, so that the redirect between them is a real one:
//!
//! - **the deployment**, on the port of `--port`: the external authentication
//!   API, sessions and CSRF, the redirect flow's callback, the device flow, a
//!   few pages, and the page that is being developed: below `/accounts/`, and
//!   at `/external-auth/{id}`; the custom elements, see below;
//! - **the provider**, on a free port: every provider below a path of its own,
//!   with its consent page, the page for a device's code, its token, revocation
//!   and user endpoints, and `/settings/applications`, where a grant can be
//!   ended by hand.
//!
//! The deployment's access URL is `http://127.0.0.1:PORT`. The same port answers
//! as `http://localhost:PORT` (on `127.0.0.1` and on `::1`), which is another
//! host to a browser, with cookies of its own: a deployment that is opened on
//! another host than its access URL. `GET /api/v2/buildinfo` names the access
//! URL on both.
//!
//! All state is in memory and seeded the same way at every start
//! ([`Scenario`]). Times count from the start, by one clock that can be moved.
//!
//! | scenario | what is there |
//! | --- | --- |
//! | `default` | eleven providers, one for each thing that there is to see |
//! | `device` | three with the device flow: `internal-git`, `github-device` (the app is installed once it is linked) and `gitlab-device` (linked, but revoked; `device_errors` is `wrapped`); beside them `github`, linked, and `gitlab`, not |
//! | `empty` | no provider and no link |
//! | `failing` | as `default`, but the list answers `500` until the faults are cleared |
//! | `gallery` | as `default`; begins at the gallery, see below |
//! | `many` | 250 providers, two fifths of them linked, most of these GitHub's; a few need attention, two share a name; the first has 27 installations and another 9; beside them two orphans. `many=N`: N providers, from 1 to 5000 |
//!
//! # The gallery
//!
//! `/_stand-in/gallery/`: the page in each of its states, for the eye and for
//! tests; in every scenario. A view is the page as it is built, served below
//! `/_stand-in/gallery/{view}/` with that address as its `data-base-url`, where
//! canned answers bring it into one state. They begin anew whenever the view is
//! loaded, and touch nothing of the deployment; nothing of it is logged, no
//! fault reaches it, and nobody need be signed in. Some states need a button
//! pressed; the index does that in its frames, but for those that open a window,
//! which browsers do for a person only.
//!
//! `GET /_stand-in/gallery/views.json`, and `--list-views` on the command line,
//! tell of each view:
//!
//! | field | meaning |
//! | --- | --- |
//! | `name`, `group`, `title` | which it is, and what is to be seen |
//! | `path` | where it is |
//! | `steps` | the names of the buttons to press, in order |
//! | `by_hand` | whether the index leaves them to a person |
//! | `first` | where the state comes with time: a part of the text that is there until then |
//! | `ready` | a part of the text that is there once the state is |
//!
//! To add a view, give it a place in a file of `src/gallery/views`. At most
//! four may have an answer that never comes: a browser opens six connections to
//! an origin, and in the index all views share them.
//!
//! # The custom elements
//!
//! With `--embed DIR` the files of that folder, in which `element.js` must be:
//! below `/embedded/`, under the page's own strict policy, and once more below
//! `/embedded-without-wasm/`, under a Coder's policy as it is before anything is
//! added to it: without `'wasm-unsafe-eval'`. A page among them shows what
//! becomes of the elements there.
//!
//! `/_stand-in/dashboard/` imitates the dashboard around the three elements: the
//! class of its `<html>` and its custom properties, the CSRF token in a `<meta>`,
//! the session cookie, and its policy, which allows inline styles.
//!
//! | in its query | meaning |
//! | --- | --- |
//! | `theme` | `dark` (default), `light`, or one of either for colour vision: `dark-protan-deuter`, `dark-tritan`, `light-protan-deuter`, `light-tritan` |
//! | `wasm` | `off`: the elements are those below `/embedded-without-wasm/`, and the page has that policy |
//!
//! # Who is signed in
//!
//! A first visit to `/`, to the page or to the callback signs `ada` in, on each
//! host apart. A cookie whose session has ended is left alone, and the API
//! answers `401`; `/login` helps. The header `Coder-Session-Token` does instead
//! of the cookie.
//!
//! # CSRF
//!
//! Checked before the session: a `POST` or `DELETE` with the session cookie and
//! without the CSRF token of this cookie's value is a `400` in plain text, also
//! when the session has ended. The page at `/` carries the token, for an ended
//! session too; with it the answer is the `401`. Every session has a CSRF token
//! of its own: the one that a page fetched for one session is refused in another.
//!
//! Exempt are a request without the cookie, and one whose header
//! `Coder-Session-Token` repeats it. Where cookie and header differ, the cookie
//! counts for `GET`; anything else is a `400` in plain text.
//!
//! # The redirect flow
//!
//! `GET /external-auth/{id}/callback` and its alias of older set-ups,
//! `GET /gitauth/{id}/callback`, begin a flow and end it. The `redirect_uri` is
//! always on the access URL, and the cookies are on the host where the flow
//! began, so that one begun on `localhost` ends with a `401`. What fails is shown
//! raw, as JSON:
//!
//! | status | when |
//! | --- | --- |
//! | `400` | the provider sent an `error`; no `state` in the query; PKCE is used and its cookie is missing |
//! | `401` | the cookie with the state is missing, or is another: of a flow that was begun later |
//! | `500` | the provider did not exchange the code |
//!
//! # Icons
//!
//! Below `/icon/`, drawings of our own under a Coder's names. As there, some are
//! white, made for the dark theme: `github.svg`, `okta.svg`, `coder.svg`, the
//! letters of `aws.svg`; `apple-black.svg` is black. A hint for the dashboard in
//! the query (`?monochrome`, `?blackWithColor`, `?whiteWithColor`) changes nothing
//! here. A provider without an icon has `/emojis/1f511.png`, one without a name
//! its type.
//!
//! # Where it differs from a Coder
//!
//! - The first visit signs in; signing out leaves a cookie that prevents it. A
//!   Coder would ask to sign in before a callback on another host fails.
//! - CSRF tokens are bound to the session cookie; a Coder has a cookie for them.
//! - At `/external-auth/{id}` it serves the page of `/accounts/`, with
//!   `<base href="/accounts/">` first in its head, in place of the dashboard's.
//! - There is no WebSocket, and so no `ws:` in the policy's `connect-src`.
//!
//! # Refreshing, validating, revoking
//!
//! The list refreshes a token that has expired, and then validates it. Both
//! together have ten seconds of the clock for each link.
//!
//! - **A refresh** is shared by all requests of a user for a provider, and goes
//!   on when they are aborted. Its errors have the words of Go's OAuth library,
//!   after `refresh token: `. By its code (`bad_refresh_token`, `invalid_grant`,
//!   `unauthorized_client`, `unsupported_grant_type`,
//!   `incorrect_client_credentials`, `invalid_client`) or by its status (`400`,
//!   `401`, and `200` without a token) a failure is final: the refresh token is
//!   dropped, `updated_at` moves, and from the next list on the error is `token
//!   expired and refreshing failed … ago with: ` and the reason, cut at 400
//!   bytes. The list that meets the failure still tells the values from before
//!   it. Anything else is tried again for ten seconds, after pauses of 250 ms
//!   that grow to two seconds. A refresh token that is left out of the answer is
//!   kept.
//! - **A validation** that meets a rate limit (`429`; `403` with `Retry-After` or
//!   with `X-RateLimit-Remaining: 0`) counts as a yes, in the list and in by-id.
//!   `401` and other `403` are a no. Any other status is an error: `validate
//!   external auth token: status N: body: …` in the list, a `500` in by-id. By-id
//!   asks for the first 30 installations at the same time; without a `200`, it
//!   answers `app_installable: false`.
//! - **A revocation** is judged by its status: `204` for the style `github`, `200`
//!   for the others. Else the error is `failed to revoke token: ` with the status
//!   and the body.
//!
//! # The device flow
//!
//! By the clock, and no more patient than GitHub (RFC 8628): a poll that comes
//! before `interval` has passed since the code was issued, or since a poll was
//! answered last, gets `slow_down`, whatever the person has done by then, and
//! its interval is five seconds longer for good. A code is good for one link,
//! also when the answer is lost: after it the error is `invalid_grant`, as for
//! a code that is not known. Whatever the provider answers, a Coder's answer to
//! a poll that links nothing is a `400`.
//!
//! # Control routes
//!
//! On the deployment's origin, without authentication, JSON in and out. What
//! cannot be done is a `400` with a `detail`; an unknown field too, so that a
//! typing error does not pass for a test.
//!
//! ## `POST /_stand-in/reset`
//!
//! `{"scenario"?: "default"}` seeds anew, also `many=1000`; without a name, what
//! the program was started with. Ends every session, clears faults and log, lets go of what is
//! held, and sets the clock back. The next visit signs in again.
//!
//! ## `GET /_stand-in/state`
//!
//! `now`, `scenario`, `provider_origin`, `providers` (as configured), `links`,
//! `services` (the providers' side: `tokens` and what became of them,
//! behaviour, `calls`: how often the deployment asked each endpoint),
//! `device_flows`, `sessions` (how many), `csp_violations`, `waiting` (requests
//! for each hold). No secrets.
//!
//! `device_flows` has one entry for each device code, by provider and oldest
//! first:
//!
//! | field | meaning |
//! | --- | --- |
//! | `provider`, `user_code` | |
//! | `status` | `pending`, `approved`, `denied`, `expired`, `used` |
//! | `polls`, `slow_downs` | how many, and how many of them got that answer |
//! | `shortest_gap_ms` | the least time from an answer (at first the code) to the next poll; `null` before there is one |
//! | `interval_ms` | what must go by before the next poll |
//!
//! ## `GET`, `DELETE /_stand-in/requests`
//!
//! `{"in_flight": n, "requests": […]}`: requests to `/`, `/api/v2…`,
//! `/external-auth…` and `/gitauth/…` in the order in which they came; `DELETE` forgets them.
//!
//! | field | meaning |
//! | --- | --- |
//! | `method`, `path`, `query` | what was asked |
//! | `session` | `cookie`, `header`, `both` or `none` |
//! | `user` | whose session it came with, when it came; `null` without one that is open |
//! | `csrf` | whether a CSRF token came along |
//! | `status` | a number; `"aborted"` when the client went away first; `null` while in flight |
//! | `started_at`, `ended_at` | by the clock |
//!
//! ## `POST`, `GET`, `DELETE /_stand-in/faults`
//!
//! Arms a fault; lists them; clears all and lets go of what is held. Of the
//! faults that fit a request the oldest is used.
//!
//! | field | meaning |
//! | --- | --- |
//! | `path` | must be there; `*` stands for any characters |
//! | `method` | any when left out |
//! | `origin` | `deployment` (default) or `provider`, where the deployment's own requests count too: `/gitlab/token`, `/gitlab/user`, `/gitlab/user/installations`, `/gitlab/revoke`, `/github/applications/github-client/grant`; for device flows `/internal-git/device/code` and, for polls, `/internal-git/token` |
//! | `status` | answers so, instead of the real answer |
//! | `body` | with `status`: text as it is, or any other JSON |
//! | `content_type` | with `status`; by default what the body looks like |
//! | `headers` | set on the real answer too |
//! | `times` | until cleared when left out |
//! | `hold` | waits until this name is released |
//! | `hold_at` | `before` (default) or `after` the request has its effect |
//! | `cut` | half of the answer, then the connection closes |
//!
//! ## `POST /_stand-in/release`
//!
//! `{"hold": "name"}` lets go of the requests that are held under the name, and
//! of those to come, until a fault with this name is armed again. Answers
//! `{"released": n}`.
//!
//! ## `POST /_stand-in/providers/{id}`
//!
//! Changes a provider, or adds one at the end. What the deployment has
//! configured:
//!
//! | field | meaning |
//! | --- | --- |
//! | `configured` | `false` removes it; its links become orphans |
//! | `type`, `display_name`, `display_icon`, `device`, `allow_refresh`, `allow_validate`, `supports_revocation`, `code_challenge_methods_supported` | as in the list |
//! | `revocation_style` | `rfc7009` or `github` |
//! | `app_installable`, `app_install_url` | as in by-id |
//! | `shared_refresh` | `false`: as on servers before July 2026, each list refreshes for itself, and one that is aborted loses the refresh token |
//!
//! And how the provider behaves:
//!
//! | field | meaning |
//! | --- | --- |
//! | `validate` | `ok`, `revoked`, `rate_limited`, `unavailable` (`503`, a page), `error` (with `validate_status`, `validate_body`; so also when only the status is said) |
//! | `installations_status` | 200: by the token; any other: answers so, with a page |
//! | `refresh` | `ok`; an error of OAuth: `invalid_grant`, `unauthorized_client`, `unsupported_grant_type` (with `400`), `invalid_client` (`401`), `bad_refresh_token`, `incorrect_client_credentials` (`200`), `temporarily_unavailable` (`503`), each with `refresh_status` if it is said; `no_token` (`200`, without one), `unavailable` (`503`, a page), `timeout` (ten seconds of the clock), `error` (with `refresh_status`, `refresh_body`; so also when only the status is said) |
//! | `revoke` | `ok`, `error` (with `revoke_status`, `revoke_body`), `silent` (the deployment answers neither yes nor no, as other servers may), `timeout` (ten seconds of the clock) |
//! | `consent` | `ask`, `skip`, `deny`; a device always asks |
//! | `opener_policy` | `unsafe-none`, `same-origin` |
//! | `device_code` | how a device flow begins: `ok`, `error` (with an `error_description`: the deployment answers `500` with it), `bare_error` (without one: a `200` with every field empty), `rate_limited` (`500`) |
//! | `device_errors` | how a poll is refused: `plain` (with `200`, as GitHub: `detail` is the error and nothing else) or `wrapped` (with `400`, as the RFC has it: `detail` is a long text with the whole request and the provider's answer) |
//! | `interval` | seconds between polls, as it is said; 5 counts for 0 and for `null`, which leaves it out |
//! | `expires_in` | seconds for which a device code lives; for codes to come, as `interval` |
//! | `slow_down` | how many polls that are in time get `slow_down` all the same |
//! | `requires_pkce` | by default what `code_challenge_methods_supported` says |
//! | `token_lifetime_ms` | 0: for ever |
//! | `refresh_tokens` | whether it issues them |
//! | `rotate_refresh_tokens` | `false`: a refresh token works on, and is left out of the answer to a refresh |
//! | `accounts` | a list, as `user` in by-id |
//! | `signed_in` | a login; a new one gets an account |
//! | `installations` | a list, as in by-id; of more than 30, only so many are told |
//!
//! ## `POST /_stand-in/links/{id}`
//!
//! Makes or changes a link, with a token of its own at the provider.
//!
//! | field | meaning |
//! | --- | --- |
//! | `linked` | `false` removes it |
//! | `user` | of the deployment: `ada` (default), `grace` |
//! | `login` | at the provider |
//! | `created_at`, `updated_at` | RFC 3339 |
//! | `expires` or `expires_in_ms` | RFC 3339 or `null` for never; from now |
//! | `has_refresh_token` | |
//! | `refresh_failure` | why refreshing failed for good, just now: without a refresh token from then on, and with this `updated_at`, unless these are said too; empty for not |
//! | `token` | for the provider: `active`, `revoked`, `replaced` |
//!
//! ## `POST /_stand-in/device/{id}`
//!
//! Does what a person does at `/{id}/device` on the provider's origin. Answers
//! `{"user_code"}`; a `400` when no code waits.
//!
//! | field | meaning |
//! | --- | --- |
//! | `approve` | must be there: authorise or cancel |
//! | `user_code` | which one; the newest that waits when left out |
//! | `login` | for which account; by default who is signed in; a new one gets an account |
//!
//! ## `POST /_stand-in/sessions`
//!
//! `{"user"?: "ada"}` opens a session: `{"user", "token"}`, for the header or
//! the cookie `coder_session_token`. `POST /_stand-in/sessions/end` ends all; cookies stay in browsers.
//!
//! ## `POST /_stand-in/csrf/rotate`
//!
//! Makes every CSRF token that was given out stale.
//!
//! ## `POST /_stand-in/clock`
//!
//! `{"advance_ms": n}` moves the clock on, and wakes what waits on it. Answers
//! `{"now"}`.
//!
//! ## `POST /_stand-in/csp-report`
//!
//! For browsers; shown in the state.

#![allow(
    clippy::result_large_err,
    reason = "an answer is what most things here fail with"
)]

mod answer;
mod avatar;
mod clock;
mod coder;
mod control;
mod cookies;
mod dashboard;
mod environment;
mod fault;
mod form;
mod gallery;
mod html;
mod http_date;
mod local_path;
mod lock;
mod options;
mod origins;
mod pkce;
mod provider;
mod random;
mod request_log;
mod scenario;
mod server;
mod simulation;
mod wire;

pub use gallery::gallery_views;
pub use options::{Invocation, Options, USAGE};
pub use scenario::Scenario;
pub use server::{StandIn, StartError};
