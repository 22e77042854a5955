use std::cell::RefCell;
use std::rc::Rc;

use coder_external_auth::session::SessionEvent;
use coder_external_auth::view::View;

/// What a view tells whoever embeds it, in order.
pub struct Heard(Rc<RefCell<Vec<SessionEvent>>>);

impl Heard {
    pub fn of(view: View) -> Self {
        let heard = Rc::new(RefCell::new(Vec::new()));
        view.session.observe({
            let heard = Rc::clone(&heard);
            move |event| heard.borrow_mut().push(event.clone())
        });
        Self(heard)
    }

    /// Whether it told that a provider was linked.
    pub fn linked(&self, id: &str) -> bool {
        let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Linked { provider, .. } if provider == id);
        self.0.borrow().iter().any(is_it)
    }
}
