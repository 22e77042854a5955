use proptest::prelude::*;

use super::{MAX_CHARS, redact};
use crate::at_least::at_least;

fn assert_hidden(text: &str) {
    let shown = redact(text);
    assert!(!shown.contains("s3cret"), "{text}\ngave {shown}");
    assert!(!shown.contains("Pa55"), "{text}\ngave {shown}");
}

#[test]
fn queries_of_addresses_are_removed() {
    assert_eq!(
        redact("Post \"https://git.example/login?client_id=abc&device_code=s3cret\": EOF"),
        "Post \"https://git.example/login?…\": EOF"
    );
    assert_eq!(
        redact("see https://git.example/a#access_token=s3cret now"),
        "see https://git.example/a#… now"
    );
    assert_eq!(
        redact("next=https%3A%2F%2Fgit.example%2Fa%3Fx%3Ds3cret%26y%3Db&z"),
        "next=https%3A%2F%2Fgit.example%2Fa%3F…&z"
    );
}

#[test]
fn credentials_in_addresses_are_removed() {
    for (text, shown) in [
        (
            "fatal: 'https://ada:s3cret@git.example/x.git' not found",
            "fatal: 'https://…@git.example/x.git' not found",
        ),
        ("https://s3cret@git.example/", "https://…@git.example/"),
        (
            "postgres://u:s3cret@db/coder: EOF",
            "postgres://…@db/coder: EOF",
        ),
        (
            "https://ada:s3c/r#et?x@git.example/",
            "https://…@git.example/",
        ),
        (
            "https%3A%2F%2Fada%3As3cret%40git.example%2F",
            "https%3A%2F%2F…%40git.example%2F",
        ),
        // An `@` of a path is no credential, and neither is a port.
        (
            "https://npm.example:8080/@scope/x",
            "https://npm.example:8080/@scope/x",
        ),
        (
            "http://[fe80::1]:8080/@scope",
            "http://[fe80::1]:8080/@scope",
        ),
    ] {
        assert_eq!(redact(text), shown, "{text}");
    }
}

#[test]
fn secrets_are_found_by_their_names() {
    for text in [
        "device_code=s3cret&grant_type=x",
        "DEVICE_CODE=s3cret",
        "{\"access_token\":\"s3cret\",\"scope\":\"repo\"}",
        "{\\\"refresh_token\\\": \\\"s3cret\\\"}",
        "client_secret: s3cret",
        "token=s3cret",
        "state%3Dx code=s3cret",
        "Coder-Session-Token: s3cret",
        "Private-Token: s3cret",
        "X-Api-Key: s3cret",
        "accessToken: s3cret",
        "{AccessToken:s3cret TokenType:bearer}",
        "assertion=s3cret",
        "client_assertion=s3cret",
        "SAMLResponse=s3cret&RelayState=x",
        ":access_token=>\"s3cret\"",
        "access_token := s3cret",
        "credentials[password]=s3cret",
        "<password>s3cret</password>",
        "--token s3cret",
        "_csrf=s3cret",
        "jsessionid=s3cret",
        "token: s3cret-Pa55",
        "\"tokens\": [\"s3cret\", {\"a\": \"s3cret\"}]",
        "{\"token\": {\"value\": \"s3cret\"}}",
        // A name before a pair takes the name of the pair for its value.
        "akey:\"access_token\":\"s3cret\"",
        "akey: \"accessToken\" : \"s3cret\"",
        "session key:'ACCESS_TOKEN'='s3cret'",
        "token:\"key\":\"access_token\":\"s3cret\"",
        "akey%3A%22access_token%22%3A%22s3cret%22",
        "{\"akey\":\"access_token\":\"s3cret\"}",
        "akey:a,'access_token':'s3cret'",
        "akey:\"s3cret\":foo",
    ] {
        assert_hidden(text);
    }
}

#[test]
fn secrets_of_headers_are_found_to_the_end_of_the_line() {
    for text in [
        "Authorization: Bearer s3cret",
        "Authorization: token s3cret",
        "Authorization: Basic s3cret==",
        "Authorization: NTLM s3cret",
        "Authorization: DPoP s3cret",
        "Authorization: Custom a s3cret",
        "Authorization: Digest username=\"ada\", response=\"s3cret\"",
        "Proxy-Authorization: Basic s3cret",
        "Cookie: coder_session_token=s3cret; a=s3cret",
        "Cookie: theme=dark; sid=s3cret; b=s3cret",
        "Set-Cookie: a=s3cret; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT; b=s3cret",
        "map[Authorization:[Bearer s3cret] Cookie:[a=s3cret; b=s3cret]]",
        "{\"Authorization\":\"Bearer s3cret\"}",
        "DPoP: s3cret-Pa55",
    ] {
        assert_hidden(text);
    }
    assert_eq!(
        redact("-H \"Cookie: a=s3cret; b=s3cret\" failed\nCookie: a=s3cret; c=s3cret\nHost: x"),
        "-H \"Cookie: …\" failed Cookie: … Host: x"
    );
    assert_eq!(
        redact("\"GET / HTTP/1.1\\r\\nCookie: a=s3cret; b\\r\\nHost: x\""),
        "\"GET / HTTP/1.1\\r\\nCookie: …\\r\\nHost: x\""
    );
}

#[test]
fn credentials_are_found_by_the_word_before_them() {
    for text in [
        "sent with Bearer s3cretS3cretS3cret",
        "sent with bearer+s3cretS3cretS3cret",
        "DPoP s3cretS3cret was refused",
        "NTLM TlRMs3cretAAAA== was refused",
        "Basic YWRhOnMzY3JldAs3cret== was refused",
    ] {
        assert_hidden(text);
    }
    for text in [
        "Bearer token is missing",
        "Basic authentication is required",
        "NTLM authentication failed",
        "Bearer error=\"invalid_token\", error_description=\"The access token expired\"",
        "Bearer realm=\"git\"",
    ] {
        assert_eq!(redact(text), text);
    }
}

#[test]
fn tokens_are_found_by_their_shape() {
    for token in [
        "gho_s3cret0123456789",
        "ghp_s3cret0123456789",
        "ghs_s3cret0123456789",
        "ghu_s3cret0123456789",
        "ghr_s3cret0123456789",
        "github_pat_11AAs3cret_0123456789",
        "glpat-s3cret0123456789",
        "xoxb-1234-5678-s3cret",
        "xoxp-1234-s3cret",
        "xoxe.xoxp-1-s3cret",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJs3cret.s3cretSig-_x",
        "eyJhbGciOiJIUzI1NiJ9s3cret",
        // A session token of Coder: an id, a dash, the secret.
        "abcdefghij-s3cretabcdefghijklmnop",
        // What is long and random.
        "As3cretB4c5D6e7F8g9H0iJ1k2L3m4N5",
    ] {
        for text in [
            token.to_owned(),
            format!("bad credentials {token}, sorry"),
            format!("/clone/{token}/x"),
            format!("({token})"),
            format!("old_{token}"),
        ] {
            if !(token.starts_with("abc") && text.starts_with("old")) {
                assert_hidden(&text);
            }
        }
    }
}

#[test]
fn escaped_and_encoded_pairs_are_found() {
    for text in [
        "access_token%3Ds3cret%26a%3Db",
        "access_token%253Ds3cret%2526a%253Db",
        "access%5Ftoken%3Ds3cret",
        "%61ccess_token=s3cret",
        "%7B%22access_token%22%3A%22s3cret%22%7D",
        "%257B%2522access_token%2522%253A%2522s3cret%2522%257D",
        "{&quot;access_token&quot;:&quot;s3cret&quot;}",
        "{&#34;access_token&#34;:&#34;s3cret&#34;}",
        "{&#x22;access_token&#x22;:&#X22;s3cret&#x22;}",
        "{&amp;quot;access_token&amp;quot;:&amp;quot;s3cret&amp;quot;}",
        "{\\u0022access_token\\u0022:\\u0022s3cret\\u0022}",
        "{\\\\\\\"access_token\\\\\\\":\\\\\\\"s3cret\\\\\\\"}",
        "a=b&amp;access_token=s3cret&amp;c=d",
        "acc\u{200b}ess_\u{ad}token=s3cret",
    ] {
        assert_hidden(text);
    }
}

#[test]
fn values_in_quotes_are_removed_whole() {
    for text in [
        "password=\"a s3cret & more s3cret\" x",
        "{\"password\":\"a \\\"s3cret\\\" s3cret\"}",
        "{'password': 's3cret, s3cret; s3cret'}",
        "password=`a s3cret`",
        "password=\"not closed s3cret",
        "password=%22a%20s3cret%22&x",
        "password=a%26s3cret%20s3cret&x",
        "password=a,s3cret;s3cret)s3cret",
    ] {
        assert_hidden(text);
    }
    assert_eq!(
        redact("{\"password\":\"a \\\" b\",\"error\":\"no\"}"),
        "{\"password\":\"…\",\"error\":\"no\"}"
    );
}

#[test]
fn a_value_is_found_beside_its_name() {
    for text in [
        "name=\"access_token\" value=\"s3cret\"",
        "<input type=\"hidden\" name=\"access_token\" value=\"s3cret\">",
        "<input value='s3cret' name=\"access_token\">",
        "<input value=s3cret name=x>",
        "&lt;input name=&quot;token&quot; value=&quot;s3cret&quot;&gt;",
        "<meta property=\"csrf-token\" content=\"s3cret\">",
        "{\"name\":\"access_token\",\"value\":\"s3cret\"}",
        "{\"value\":\"s3cret\",\"name\":\"access_token\"}",
        "{\"key\":\"access_token\",\"value\":\"s3cret\"}",
    ] {
        assert_hidden(text);
    }
    let harmless = "{\"field\":\"name\",\"value\":\"too long\"}";
    assert_eq!(redact(harmless), harmless);
}

#[test]
fn reasons_stay_readable() {
    for text in [
        "refresh token: the provider refused it; token expired, status code: 401",
        "token failed to validate",
        "token expired, refreshing is either disabled or refreshing failed and will not be retried",
        "token expired and refreshing failed 3 minutes ago with: oauth2: \"invalid_grant\" \"gone\"",
        "refresh token: oauth2: \"bad_refresh_token\" \"The refresh token passed is incorrect or expired.\" \"https://docs.git.example/x\"",
        "refresh token: oauth2: cannot fetch token: 401 Unauthorized",
        "refresh token: Post \"https://git.example/login/oauth/access_token\": dial tcp 192.0.2.7:443: connect: connection refused",
        "validate external auth token: Get \"https://git.example/api/v3/user\": context deadline exceeded",
        "status 401: body: {\"message\":\"Bad credentials\",\"documentation_url\":\"https://docs.github.com/rest\",\"status\":\"401\"}",
        "status 403: body: {\"message\":\"API rate limit exceeded for user ID 583231.\"}",
        "{\"error\":\"invalid_token\",\"error_description\":\"Token was revoked. You have to re-authorize from the user.\"}",
        "{\"ok\":false,\"error\":\"token_revoked\"}",
        "{\"token_revoked\":false,\"token_type\":\"bearer\",\"refresh_token\":null}",
        "refresh token: AADSTS70008: The provided authorization code or refresh token has expired.",
        "AADSTS700082: The refresh token has expired due to inactivity. Trace ID: 0f2d6e1c-3c2a-4f0e-8a55-9d2f4c5b6a00",
        "{\"error_codes\":[70008],\"error_code\":\"E_FOO\",\"code\":401,\"status_code\":503}",
        "unexpected status code 400: server responded with code=404",
        "authorization: the person is not a member of the group",
        "The session: it has ended. The key: unknown. Cookie: not found.",
        "commit 3a1f0c9e8b7d6a5f4e3d2c1b0a9f8e7d6c5b4a39 in branch feature/oauth2-tokens",
        "tls: failed to verify certificate: x509: certificate signed by unknown authority",
        "invalid character '<' looking for beginning of value",
        "java.lang.IllegalStateException: OAuth2AuthorizedClientManagerConfiguration",
        "https://git.example/-/user_settings/applications: 404 page not found",
        "fichier introuvable : l’accès est refusé 日本語 🙂",
        "CSRF: cookie missing",
        "100% of tokens; 50%ab AT&T; C:\\new\\table",
    ] {
        assert_eq!(redact(text), text);
    }
}

#[test]
fn characters_that_act_are_shown_as_what_they_are() {
    for (text, shown) in [
        ("a\u{1b}[31mred", "a\\u{1b}[31mred"),
        ("a\0b", "a\\u{0}b"),
        ("a\u{7f}b\u{9b}c", "a\\u{7f}b\\u{9b}c"),
        (
            "a\u{202e}b\u{2066}c\u{61c}d",
            "a\\u{202e}b\\u{2066}c\\u{61c}d",
        ),
        ("a\u{200e}\u{feff}b\u{ad}c", "a\\u{200e}\\u{feff}b\\u{ad}c"),
        ("a\u{e0041}b", "a\\u{e0041}b"),
        // White space is one space; what joins emoji stays.
        (" a \t\r\n\u{2028} b ", "a b"),
        ("👩\u{200d}💻", "👩\u{200d}💻"),
    ] {
        assert_eq!(redact(text), shown, "{text:?}");
    }
}

#[test]
fn long_texts_are_cut() {
    let shown = redact(&"<p>sorry</p> ".repeat(100_000));
    assert_eq!(shown.chars().count(), MAX_CHARS + 1);
    assert!(shown.ends_with('…'));
    let word = "x".repeat(3000);
    assert_eq!(redact(&word), format!("{}…", "x".repeat(MAX_CHARS)));
    // A token at the place where the text is cut is still known.
    for token in [
        "gho_s3cret0123456789",
        "abcdefghij-s3cretabcdefghijklmnop",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJs3cret.s3cretSig-_x",
        "A1b2C3d4E5f6G7h8I9j0s3cretK1l2M3n4O5p6Q7r8S9t0U1v2W3x4",
    ] {
        for before in 4 * MAX_CHARS - 60..4 * MAX_CHARS {
            assert_hidden(&format!("{}x {token}", " ".repeat(before)));
        }
    }
}

#[test]
fn only_the_beginning_of_a_long_text_is_read() {
    // So the time does not depend on the length.
    for unit in [
        "token:",
        "<",
        "https://a:b",
        "%25",
        "\\",
        "\"key\" ",
        "&amp;",
        "eyJ.",
    ] {
        let beginning = unit.repeat(4 * MAX_CHARS);
        let shown = redact(&beginning);
        for rest in ["", "x=y&token=z \"", &beginning] {
            assert_eq!(redact(&format!("{beginning}{rest}")), shown, "{unit}");
        }
    }
}

/// A way to write characters so that they have no meaning for a language.
type Encoding = fn(&str) -> String;

fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&#34;")
        .replace('\'', "&#x27;")
}

fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

const ENCODINGS: [Encoding; 6] = [
    str::to_owned,
    percent,
    |text| percent(&percent(text)),
    html,
    json,
    |text| json(&json(text)),
];

/// A name with a secret, in one of the forms in which programs write pairs.
/// `plain` is a value that needs no quotes.
fn pair(form: usize, name: &str, secret: &str) -> String {
    match form {
        0 => format!("{name}={secret}"),
        1 => format!("{name}={secret}&a=b"),
        2 => format!("a=b&{name}={secret}&c"),
        3 => format!("\"{name}\":\"{secret}\""),
        4 => format!("{{\"x\": {{\"{name}\" : \"{secret}\"}}}}"),
        5 => format!("'{name}': '{secret}'"),
        6 => format!("{name} = \"{secret}\""),
        7 => format!("<input name=\"{name}\" value=\"{secret}\">"),
        8 => format!("<input value='{secret}' type=hidden name='{name}'>"),
        9 => format!("https://git.example/x?{name}={secret}#y"),
        10 => format!("{{\"{name}\":[\"{secret}\"]}}"),
        11 => format!("{{\"name\":\"{name}\",\"value\":\"{secret}\"}}"),
        // From here on the names are those of headers.
        12 => format!("{name}: {secret}"),
        13 => format!("curl -H '{name}: {secret}' https://git.example"),
        14 => format!("map[{name}:[{secret}] Host:[x]]"),
        _ => format!("\r\n{name}: {secret}\r\nHost: x\r\n"),
    }
}

fn mixed_case(name: &str, upper: &[bool]) -> String {
    name.chars()
        .zip(upper.iter().cycle())
        .map(|(letter, upper)| {
            if *upper {
                letter.to_ascii_uppercase()
            } else {
                letter
            }
        })
        .collect()
}

const NAMES: [&str; 22] = [
    "access_token",
    "refresh_token",
    "id_token",
    "client_secret",
    "client_id",
    "device_code",
    "code_verifier",
    "password",
    "passwd",
    "assertion",
    "SAMLResponse",
    "Coder-Session-Token",
    "Private-Token",
    "X-Api-Key",
    "accessToken",
    "refreshToken",
    "apiKey",
    "Authorization",
    "token",
    "secret",
    "code",
    "state",
];

fn base64_like() -> impl Strategy<Value = String> {
    "[A-Z][a-z0-9]{4}[0-9][A-Za-z0-9_~.-]{6,30}"
}

proptest! {
    #![proptest_config(at_least(2_000))]

    #[test]
    fn no_wrapping_lets_a_secret_through(
        before in "([a-j]{1,8}[ :,]{1,2}|[a-c](key|token|code|password)[:= ]{1,2}){0,4}( |\\{|\\[|\\()?",
        name in 0..NAMES.len(),
        upper in proptest::collection::vec(any::<bool>(), 1..6),
        form in 0_usize..16,
        encoding in 0..ENCODINGS.len(),
        outer in 0..ENCODINGS.len(),
        scheme in proptest::sample::select(vec!["", "", "", "Bearer ", "Basic ", "DPoP ", "token "]),
        secret in base64_like(),
        after in "[ &,\"}][a-z ]{0,20}",
    ) {
        // The common words count only where they are set like names.
        let name = NAMES[if form >= 12 { name % 18 } else { name }];
        let name = mixed_case(name, &upper);
        let quoted_or_header = matches!(form, 3..=8 | 10..);
        let is_header = name.eq_ignore_ascii_case("authorization");
        let scheme = if quoted_or_header && (is_header || form < 12) { scheme } else { "" };
        let wrapped = pair(form, &name, &format!("{scheme}{secret}"));
        let text = format!("{before}{}{after}", ENCODINGS[outer](&ENCODINGS[encoding](&wrapped)));
        let shown = redact(&text);
        prop_assert!(!shown.contains(&secret), "{}\ngave {}", text, shown);
    }

    #[test]
    fn quotes_hide_any_value(
        form in proptest::sample::select(vec![3_usize, 4, 10, 11]),
        name in 0..NAMES.len(),
        encoding in 0..ENCODINGS.len(),
        before in "[ -~]{0,12}",
        secret in base64_like(),
        after in "[ -~]{0,12}",
    ) {
        // What stands beside the secret in the value does not uncover it.
        let value = json(&format!("{before}{secret}{after}"));
        let text = ENCODINGS[encoding](&pair(form, NAMES[name], &value));
        let shown = redact(&text);
        prop_assert!(!shown.contains(&secret), "{}\ngave {}", text, shown);
    }
}
