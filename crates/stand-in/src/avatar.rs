use base64::{Engine, engine::general_purpose::STANDARD};

/// The avatar of a login as a `data:` URL: a coloured square with an initial.
///
/// The page's policy allows images from `data:`, and from no other origin
/// without TLS.
pub(crate) fn avatar(login: &str) -> String {
    let hue = login
        .bytes()
        .fold(0_u32, |hue, byte| (hue * 31 + u32::from(byte)) % 360);
    let initial = login
        .chars()
        .find(char::is_ascii_alphanumeric)
        .unwrap_or('?')
        .to_ascii_uppercase();
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 40\">\
         <rect width=\"40\" height=\"40\" fill=\"hsl({hue} 55% 38%)\"/>\
         <text x=\"20\" y=\"27\" font-family=\"sans-serif\" font-size=\"20\" fill=\"#fff\" \
         text-anchor=\"middle\">{initial}</text></svg>"
    );
    format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg))
}
