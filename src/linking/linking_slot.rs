use std::cell::Cell;
use std::rc::Rc;

use super::Linking;
use crate::session::Session;

/// The place for the links of one session. It is empty until the code for links
/// is fetched.
#[derive(Clone, Default)]
pub struct LinkingSlot(Rc<Cell<Option<Linking>>>);

impl LinkingSlot {
    /// The links of this session, for all its views.
    #[must_use]
    pub(crate) fn linking(&self, session: Session) -> Linking {
        self.0.get().unwrap_or_else(|| {
            let linking = session.with_owner(|| Linking::new(session));
            self.0.set(Some(linking));
            linking
        })
    }
}
