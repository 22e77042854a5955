use crate::session::Deferred;
use std::rc::Rc;

use external_auth_core::WindowView;

use super::LinkOutcome;

/// What a running link tells the view that started it.
pub(crate) enum LinkReport<'a> {
    /// A window's flow shows something else now.
    Window(&'a WindowView),
    /// The account is linked. The new link is read next.
    Linked,
    /// The link is over, and what showed it is removed.
    Over,
    /// The person cancelled the link too late: the account is linked.
    Late(Deferred<LinkOutcome>),
}

/// Receives the reports of one link.
pub(crate) type Reporter = Rc<dyn Fn(LinkReport)>;
