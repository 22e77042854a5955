//! `application/x-www-form-urlencoded`, of queries and of bodies.

/// The fields of a query or of a form's body, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads a query or a body; what cannot be read is left out.
    pub(crate) fn parse(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// The fields of the body, or of the query when the body has no `name`: a
    /// Coder asks for device codes so, and GitHub takes both.
    pub(crate) fn of_body_or_query(body: &[u8], query: Option<&str>, name: &str) -> Self {
        let form = Self::parse(body);
        if form.get(name).is_empty() {
            Self::parse(query.unwrap_or_default().as_bytes())
        } else {
            form
        }
    }

    /// The first value of a field; empty when there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find_map(|(found, value)| (found == name).then_some(value.as_str()))
            .unwrap_or_default()
    }

    /// Adds a field.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// As it stands in a query or in a body.
    pub(crate) fn encode(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.0)
            .finish()
    }
}
