use super::{Seed, default};
use crate::fault::Fault;

/// The list fails until the faults are cleared. Then all is as in `default`.
pub(super) fn seed(seed: &mut Seed) {
    default::seed(seed);
    seed.faults.push(Fault {
        method: Some("GET".to_owned()),
        path: "/api/v2/external-auth".to_owned(),
        status: Some(500),
        body: Some(serde_json::json!({
            "message": "Failed to load the external authentication providers.",
            "detail": "The database did not answer in time.",
        })),
        ..Fault::default()
    });
}
