/// What the name of a value says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// The value is no secret.
    Harmless,
    /// The name is a common word too. In "refresh token: the provider said no"
    /// a reason follows the colon, not a secret.
    Word,
    /// The value is a secret.
    Secret,
}

/// Common words, in the form of [`plain`].
const WORDS: &str = "token secret key code state session signature sig nonce cookie credential \
    assertion ticket auth bearer dpop csrf pwd pass sid jwt";

/// How the names of secrets end, in the form of [`plain`]. `ationcode` stands
/// for authorization codes and verification codes; an error code is harmless.
const ENDINGS: &str = "token secret password passwd passphrase key assertion cookie authorization \
    verifier credential signature jwt csrf sessionid sessid clientid devicecode usercode authcode \
    ationcode samlresponse samlrequest";

/// What a name in the form of [`plain`] says about its value.
pub(super) fn naming(plain: &str) -> Naming {
    if WORDS.split(' ').any(|word| word == plain) {
        Naming::Word
    } else if ENDINGS.split(' ').any(|ending| plain.ends_with(ending)) {
        Naming::Secret
    } else {
        Naming::Harmless
    }
}

/// A name without what differs between languages and without a plural: `Access-Tokens`,
/// `access_token2` and `accessToken` are all `accesstoken`.
pub(super) fn plain(name: impl Iterator<Item = char>) -> String {
    let mut plain: String = name
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    let end = plain
        .trim_end_matches(|last: char| last.is_ascii_digit())
        .len();
    plain.truncate(end);
    if plain.ends_with('s') && !plain.ends_with("ss") {
        plain.pop();
    }
    plain
}
