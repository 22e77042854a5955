use std::{collections::BTreeMap, sync::Arc};

use tokio::sync::watch;

use super::{Coder, ConfiguredProvider, StoredLink, refresh::renew};

/// The link with its new tokens, or the text of the error.
type Outcome = Result<StoredLink, String>;

/// The refreshes in flight, by user name and provider id.
#[derive(Debug, Default)]
pub(crate) struct RunningRefreshes(BTreeMap<(String, String), watch::Receiver<Option<Outcome>>>);

/// Joins the refresh in flight of that user and provider, or begins one.
///
/// The refresh is a separate task, which a disconnected client does not end.
pub(super) async fn shared_refresh(
    coder: &Arc<Coder>,
    user: &str,
    provider: &ConfiguredProvider,
    link: StoredLink,
) -> Outcome {
    let mut running = join_or_begin(coder, user, provider, link);
    let outcome = running.wait_for(Option::is_some).await;
    let outcome = outcome.ok().and_then(|outcome| outcome.clone());
    // The task ends without an outcome only when the program ends.
    outcome.unwrap_or_else(|| Err("refresh token: context canceled".to_owned()))
}

fn join_or_begin(
    coder: &Arc<Coder>,
    user: &str,
    provider: &ConfiguredProvider,
    link: StoredLink,
) -> watch::Receiver<Option<Outcome>> {
    let key = (user.to_owned(), provider.wire.id.clone());
    let mut deployment = coder.deployment();
    let refreshes = &mut deployment.refreshes.0;
    if let Some(running) = refreshes.get(&key) {
        return running.clone();
    }
    let (end, running) = watch::channel(None);
    refreshes.insert(key.clone(), running.clone());
    let (coder, provider, own) = (Arc::clone(coder), provider.clone(), running.clone());
    tokio::spawn(async move {
        let outcome = renew(&coder, &key.0, &provider, link).await;
        let refreshes = &mut coder.deployment().refreshes.0;
        // After a reset another refresh may have this key.
        if refreshes
            .get(&key)
            .is_some_and(|other| other.same_channel(&own))
        {
            refreshes.remove(&key);
        }
        end.send_replace(Some(outcome));
    });
    running
}
