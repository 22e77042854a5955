use serde::Serialize;

use super::{DecodeError, Fields, Json, Link, Provider, Read};
use crate::first_positions;

/// The configured providers and the user's links: the answer of `GET
/// /external-auth`.
///
/// Three shapes are accepted: the object that servers send, the single link of
/// the published reference, and an array of links. The last two contain no
/// providers, so one is made for each link. Such a link is no orphan, because
/// nothing says that its provider is not configured.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ExternalAuthList {
    /// What the deployment has configured, in its order.
    pub providers: Vec<Provider>,
    /// What the user has linked.
    pub links: Vec<Link>,
}

impl Read for ExternalAuthList {
    fn read(json: Json) -> Result<Self, DecodeError> {
        let list = match json {
            Json::List(links) => Self::from_links(links),
            json => {
                let mut fields = Fields::of(json)?;
                if fields.has("provider_id") {
                    Self::from_links(vec![fields.into()])
                } else if is_list(&fields) {
                    Self {
                        providers: fields.required_list("providers")?,
                        links: fields.required_list("links")?,
                    }
                } else {
                    return Err(DecodeError::new("neither providers nor links"));
                }
            }
        };
        Ok(list.without_repetitions())
    }
}

/// An empty object is a list whose fields were omitted. An object with other
/// fields only is another answer, and must not be read as "nothing configured".
fn is_list(fields: &Fields) -> bool {
    fields.is_empty() || fields.has("providers") || fields.has("links")
}

impl ExternalAuthList {
    fn from_links(links: Vec<Json>) -> Self {
        let links: Vec<Link> = links
            .into_iter()
            .filter_map(|link| Link::read(link).ok())
            .collect();
        let providers = links
            .iter()
            .map(|link| Provider {
                id: link.provider_id.clone(),
                allow_refresh: link.has_refresh_token,
                allow_validate: true,
                ..Provider::default()
            })
            .collect();
        Self { providers, links }
    }

    /// Removes repeated ids, so that the code that draws the list can rely on
    /// unique ones. The API promises this; if an id comes twice, the first item
    /// counts.
    fn without_repetitions(mut self) -> Self {
        keep_first(&mut self.providers, |provider| &provider.id);
        keep_first(&mut self.links, |link| &link.provider_id);
        self
    }
}

fn keep_first<T>(items: &mut Vec<T>, id: impl Fn(&T) -> &str) {
    let ids: Vec<&str> = items.iter().map(id).collect();
    let firsts = first_positions(&ids);
    let mut kept = firsts
        .iter()
        .enumerate()
        .map(|(position, first)| position == *first);
    items.retain(|_| kept.next().unwrap_or(true));
}
