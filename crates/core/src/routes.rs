//! The addresses of a deployment, below its origin `base` (empty: the page's own).

/// `GET`: the configured providers and the person's links.
pub const EXTERNAL_AUTH: &str = "/api/v2/external-auth";

/// `GET`: who is signed in.
pub const CURRENT_USER: &str = "/api/v2/users/me";

/// `GET`: the deployment's version and access URL. Needs no session.
pub const BUILD_INFO: &str = "/api/v2/buildinfo";

/// `GET` checks one provider live, `DELETE` unlinks it.
#[must_use]
pub fn external_auth_by_id(id: &str) -> String {
    format!("{EXTERNAL_AUTH}/{}", encode_component(id))
}

/// `GET` requests a device code, `POST` polls whether the person has finished.
#[must_use]
pub fn device(id: &str) -> String {
    format!("{}/device", external_auth_by_id(id))
}

/// Where the redirect flow begins. `return_path`, a path on the deployment's
/// origin, is where it ends.
#[must_use]
pub fn callback(id: &str, return_path: &str) -> String {
    format!(
        "{}/callback?redirect={}",
        provider_page(id),
        encode_component(return_path)
    )
}

/// Where a redirect flow begins that ends on the deployment's page for the
/// provider.
#[must_use]
pub fn callback_without_return(id: &str) -> String {
    format!("{}/callback", provider_page(id))
}

/// The deployment's page for one provider, which runs the device flow.
#[must_use]
pub fn provider_page(id: &str) -> String {
    format!("/external-auth/{}", encode_component(id))
}

/// Where a person signs in. The deployment then sends them to `return_path`.
#[must_use]
pub fn login(return_path: &str) -> String {
    format!("/login?redirect={}", encode_component(return_path))
}

/// Percent-encodes all but the unreserved characters of RFC 3986 §2.3, so that
/// any id or path stays one component of an address.
#[must_use]
pub fn encode_component(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    // A browser would resolve a segment of dots as a relative path.
    if !out.is_empty() && out.bytes().all(|byte| byte == b'.') {
        out = out.replace('.', "%2E");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{callback, encode_component, external_auth_by_id};

    #[test]
    fn ids_and_paths_stay_one_component() {
        assert_eq!(
            external_auth_by_id("git/hub?x#é"),
            "/api/v2/external-auth/git%2Fhub%3Fx%23%C3%A9"
        );
        assert_eq!(
            callback("gitlab", "/accounts/?a=b"),
            "/external-auth/gitlab/callback?redirect=%2Faccounts%2F%3Fa%3Db"
        );
        assert_eq!(encode_component(".."), "%2E%2E");
    }
}
