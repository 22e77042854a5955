use std::cell::RefCell;
use std::rc::Rc;

use coder_external_auth::session::SessionEvent;
use coder_external_auth::view::View;

/// What a view tells whoever embeds it, in order.
pub struct RecordedEvents(Rc<RefCell<Vec<SessionEvent>>>);

impl RecordedEvents {
    pub fn of(view: View) -> Self {
        let events = Rc::new(RefCell::new(Vec::new()));
        view.session.observe({
            let events = Rc::clone(&events);
            move |event| events.borrow_mut().push(event.clone())
        });
        Self(events)
    }

    /// Whether it told that a provider was linked.
    pub fn linked(&self, id: &str) -> bool {
        let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Linked { provider, .. } if provider == id);
        self.0.borrow().iter().any(is_it)
    }
}
