use super::characters::ends_word;
use super::scan::Scan;

impl Scan<'_> {
    /// Whether an address goes on after a colon.
    pub(super) fn is_address(&self, colon: usize) -> bool {
        self.at(colon + 1) == '/' && self.at(colon + 2) == '/'
    }

    /// Hides user information, query and fragment of the address whose scheme
    /// ends with the colon.
    pub(super) fn hide_in_address(&mut self, colon: usize) {
        let start = colon + 3;
        let depth = self.depth(colon);
        let end = self.find(start, &|this, at| match this.at(at) {
            // An address in a query ends where the query goes on.
            '&' => this.depth(at) < depth,
            other => ends_word(other) && this.depth(at) <= depth,
        });
        let host_end = self
            .run_end(start, &|letter| !"/?#".contains(letter))
            .min(end);
        let host = self.meant(start..host_end);
        // A password may contain what ends a host. A port is a number.
        let is_port = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
        let has_password = !host.starts_with('[')
            && (host.split_once(':')).is_some_and(|(_, after)| !is_port(after));
        let last = if has_password { end } else { host_end };
        let at_sign = (start..last).rev().find(|at| self.at(*at) == '@');
        if let Some(at_sign) = at_sign {
            self.hide(start..at_sign);
        }
        let path = at_sign.unwrap_or(start);
        let query = self.run_end(path, &|letter| !"?#".contains(letter));
        if query < end {
            self.hide(query + 1..end);
        }
    }
}
