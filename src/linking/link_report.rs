use std::rc::Rc;

use external_auth_core::WindowView;

use super::LinkEnd;

/// What a link tells the view that began it, while it runs.
pub(crate) enum LinkReport<'a> {
    /// A window's flow shows something else now.
    Window(&'a WindowView),
    /// The account is linked; what came of it is read next.
    Linked,
    /// The link is over: what showed it goes.
    Over,
    /// The link was given up a moment too late: it has linked the account all the
    /// same.
    Late(LinkEnd),
}

/// Takes the reports of one link.
pub(crate) type Reporter = Rc<dyn Fn(LinkReport)>;
