//! What is true of every address. The property tests and the fuzz targets use it.

use external_auth_core::Origins;
use url::Url;

/// An address that may be followed shows the host that a browser visits (WHATWG
/// URL), and no user information.
///
/// # Panics
///
/// If that is not so.
pub fn shows_the_visited_host(text: &str) {
    // From a page with `http`, both schemes may be followed.
    let Some(url) = Origins::new("http://page.example", "").link(text) else {
        return;
    };
    let Ok(visited) = Url::parse(text) else {
        // An invalid international name. A browser visits nothing.
        assert!(url.host().contains("xn--"), "{text:?}");
        return;
    };
    assert!(matches!(visited.scheme(), "https" | "http"), "{text:?}");
    let user = (visited.username(), visited.password());
    assert_eq!(user, ("", None), "{text:?}");
    let port = visited.port().map(|port| format!(":{port}"));
    let host = visited
        .host_str()
        .map(|host| host.to_owned() + &port.unwrap_or_default());
    assert_eq!(host.as_deref(), Some(url.host()), "{text:?}");
    let origin = visited.origin().ascii_serialization();
    assert_eq!(origin, url.origin(), "{text:?}");
    assert_eq!(Url::parse(url.as_str()), Ok(visited), "{text:?}");
}
