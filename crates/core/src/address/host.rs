use crate::find_text::find_text;

/// A host and its port in the form in which a browser visits and shows them
/// (WHATWG URL §3.5, §4.4), without the default port. None for anything that is
/// not strictly a name of letters, digits, `-` and `_`, an IPv4 address in
/// decimal form, or an IPv6 address; other forms have to be read by the browser
/// first. `authority` is in lower case.
pub(super) fn canonical_host(authority: &str, default_port: &str) -> Option<String> {
    let host_end = match authority.strip_prefix('[') {
        Some(_) => authority.find(']')? + 1,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, port) = authority.split_at(host_end);
    let mut canonical = match host.strip_prefix('[') {
        Some(address) => format!("[{}]", canonical_ipv6(address.strip_suffix(']')?)?),
        None => is_name_or_ipv4(host).then(|| host.to_owned())?,
    };
    if let Some(port) = port.strip_prefix(':') {
        // A longer form of a number is not what the browser shows.
        if port.parse::<u16>().ok()?.to_string() != port {
            return None;
        }
        if port != default_port {
            canonical.push(':');
            canonical.push_str(port);
        }
    } else if !port.is_empty() {
        return None;
    }
    Some(canonical)
}

fn is_name_or_ipv4(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host);
    let is_name = name.split('.').all(|label| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
    });
    let last = name.rsplit('.').next().unwrap_or_default();
    is_name && (!is_number(last) || is_ipv4(host))
}

/// Whether a browser reads a host that ends with this label as an IPv4 address.
fn is_number(label: &str) -> bool {
    match label.strip_prefix("0x") {
        Some(digits) => digits.bytes().all(|digit| digit.is_ascii_hexdigit()),
        None => label.bytes().all(|digit| digit.is_ascii_digit()),
    }
}

/// Whether a host is an IPv4 address as a browser writes it: four decimal
/// numbers.
fn is_ipv4(host: &str) -> bool {
    let is_part = |part: &str| {
        let number = part.parse::<u8>();
        number.is_ok_and(|number| number.to_string() == part)
    };
    host.split('.').count() == 4 && host.split('.').all(is_part)
}

/// An IPv6 address as a browser writes it: without zeros in front, and with
/// `::` for the first of the longest runs of zeros.
fn canonical_ipv6(text: &str) -> Option<String> {
    let groups = match find_text(text, "::") {
        Some(zeros) => {
            let (mut groups, tail) = (
                hex_groups(text.get(..zeros)?)?,
                hex_groups(text.get(zeros + 2..)?)?,
            );
            let zeros = 8_usize.checked_sub(groups.len() + tail.len())?;
            groups.extend(std::iter::repeat_n(0, zeros.max(1)));
            groups.extend(tail);
            groups
        }
        None => hex_groups(text)?,
    };
    if groups.len() != 8 {
        return None;
    }
    let (mut longest, mut run) = (0..1, 0..0);
    for (index, group) in groups.iter().enumerate() {
        if *group != 0 {
            continue;
        }
        run = if run.end == index {
            run.start..index + 1
        } else {
            index..index + 1
        };
        if run.len() > longest.len() {
            longest = run.clone();
        }
    }
    let joined = |groups: &[u16]| {
        let written: Vec<_> = groups.iter().map(|group| format!("{group:x}")).collect();
        written.join(":")
    };
    Some(if longest.len() > 1 {
        let (head, tail) = (&groups[..longest.start], &groups[longest.end..]);
        format!("{}::{}", joined(head), joined(tail))
    } else {
        joined(&groups)
    })
}

fn hex_groups(text: &str) -> Option<Vec<u16>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    (text.split(':').take(9))
        .map(|group| {
            let is_hex = group.len() < 5 && group.bytes().all(|digit| digit.is_ascii_hexdigit());
            is_hex
                .then(|| u16::from_str_radix(group, 16).ok())
                .flatten()
        })
        .collect()
}
