use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::{Map, Value};

use super::{Link, Provider, lenient};

/// What is configured and what is linked: the answer of `GET /external-auth`.
///
/// Three shapes are read: the object that servers answer with, the single link
/// that the published reference shows, and a list of links. In the last two
/// nothing is known of the providers, so each link brings one of its own; it
/// is not an orphan, because nothing says that it is not configured.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ExternalAuthList {
    /// What the deployment has configured, in its order.
    pub providers: Vec<Provider>,
    /// What the user has linked.
    pub links: Vec<Link>,
}

#[derive(Deserialize)]
struct Object {
    #[serde(default, deserialize_with = "lenient::list")]
    providers: Vec<Provider>,
    #[serde(default, deserialize_with = "lenient::list")]
    links: Vec<Link>,
}

impl<'de> Deserialize<'de> for ExternalAuthList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = match Value::deserialize(deserializer)? {
            Value::Object(object) if object.contains_key("provider_id") => {
                Self::from_links(vec![Value::Object(object)])
            }
            Value::Object(object) if is_list(&object) => {
                let Object { providers, links } =
                    Object::deserialize(Value::Object(object)).map_err(de::Error::custom)?;
                Self { providers, links }
            }
            Value::Array(links) => Self::from_links(links),
            _ => return Err(de::Error::custom("neither providers nor links")),
        };
        Ok(list.without_repetitions())
    }
}

/// An empty object is a list whose parts were left out. One that holds only
/// other things is another answer, and must not read as "nothing configured".
fn is_list(object: &Map<String, Value>) -> bool {
    object.is_empty() || object.contains_key("providers") || object.contains_key("links")
}

impl ExternalAuthList {
    fn from_links(links: Vec<Value>) -> Self {
        let links: Vec<Link> = links
            .into_iter()
            .filter_map(|link| Link::deserialize(link).ok())
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

    /// Ids are unique by contract; should one come twice, the first counts,
    /// so that whoever draws the list can rely on it.
    fn without_repetitions(mut self) -> Self {
        keep_first(&mut self.providers, |provider| &provider.id);
        keep_first(&mut self.links, |link| &link.provider_id);
        self
    }
}

fn keep_first<T>(items: &mut Vec<T>, id: impl Fn(&T) -> &str) {
    let mut position = 0;
    while position < items.len() {
        // A scan for each: the lists are short, and a set is more code.
        let (before, rest) = items.split_at(position);
        if before.iter().any(|item| id(item) == id(&rest[0])) {
            items.remove(position);
        } else {
            position += 1;
        }
    }
}
