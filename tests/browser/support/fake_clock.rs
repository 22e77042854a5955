use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use external_auth_core::Timestamp;
use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use super::replaced::Replaced;
use super::settle::settle;

/// The instant at which every test begins: 2026-06-01T12:00:00Z.
pub const START: Timestamp = Timestamp::from_unix_ms(1_780_315_200_000);

/// Replaces the browser's timers, `Date.now()` and `performance.now()` until
/// this is dropped. Time passes only when the test advances it.
pub struct FakeClock {
    state: Rc<RefCell<State>>,
    _replaced: Vec<Replaced>,
    _functions: Vec<Box<dyn Any>>,
}

struct State {
    now: i64,
    last_id: i32,
    timers: Vec<Timer>,
}

struct Timer {
    id: i32,
    due: i64,
    /// For intervals.
    every: Option<i64>,
    callback: Function,
}

impl FakeClock {
    pub fn install() -> Self {
        let state = Rc::new(RefCell::new(State {
            now: START.unix_ms(),
            // A page may clear a timer of this clock after the clock was
            // dropped. The id must not match a timer of the browser.
            last_id: 1_000_000_000,
            timers: Vec::new(),
        }));
        let setter = |repeats: bool| {
            let state = Rc::clone(&state);
            Closure::<dyn FnMut(Function, f64) -> i32>::new(move |callback, ms: f64| {
                state.borrow_mut().set(callback, whole(ms), repeats)
            })
        };
        let clearer = || {
            let state = Rc::clone(&state);
            Closure::<dyn FnMut(i32)>::new(move |id| {
                state.borrow_mut().timers.retain(|timer| timer.id != id);
            })
        };
        let clock = |zero: i64| {
            let state = Rc::clone(&state);
            #[allow(clippy::cast_precision_loss, reason = "within the range of Date")]
            Closure::<dyn FnMut() -> f64>::new(move || (state.borrow().now - zero) as f64)
        };

        let mut replaced = Vec::new();
        let mut functions: Vec<Box<dyn Any>> = Vec::new();
        for (path, repeats) in [("setTimeout", false), ("setInterval", true)] {
            let function = setter(repeats);
            replaced.push(Replaced::function(path, function.as_ref()));
            functions.push(Box::new(function));
        }
        for path in ["clearTimeout", "clearInterval"] {
            let function = clearer();
            replaced.push(Replaced::function(path, function.as_ref()));
            functions.push(Box::new(function));
        }
        for (path, zero) in [("Date.now", 0), ("performance.now", START.unix_ms())] {
            let function = clock(zero);
            replaced.push(Replaced::function(path, function.as_ref()));
            functions.push(Box::new(function));
        }
        Self {
            state,
            _replaced: replaced,
            _functions: functions,
        }
    }

    /// The current instant.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(self.state.borrow().now)
    }

    /// Lets time pass. Timers fire one after another, each at its instant, and
    /// the page settles in between.
    pub async fn advance(&self, by: Duration) {
        settle().await;
        let end = self.state.borrow().now + whole_ms(by);
        loop {
            let due = self.state.borrow_mut().take_due(end);
            let Some(callback) = due else { break };
            run(&callback);
            settle().await;
        }
        self.state.borrow_mut().now = end;
        settle().await;
    }

    /// Lets time pass while the machine sleeps: timers that became due fire
    /// once, when it wakes up.
    pub async fn sleep(&self, by: Duration) {
        settle().await;
        let due = self.state.borrow_mut().jump(whole_ms(by));
        for callback in due {
            run(&callback);
            settle().await;
        }
    }
}

fn run(callback: &Function) {
    callback
        .call0(&JsValue::UNDEFINED)
        .expect("a timer's callback that does not throw");
}

fn whole_ms(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).expect("a short time")
}

impl State {
    fn set(&mut self, callback: Function, ms: i64, repeats: bool) -> i32 {
        self.last_id += 1;
        self.timers.push(Timer {
            id: self.last_id,
            due: self.now + ms,
            every: repeats.then_some(ms.max(1)),
            callback,
        });
        self.last_id
    }

    /// Moves on, and takes the callbacks of the timers that became due, each
    /// once.
    fn jump(&mut self, by: i64) -> Vec<Function> {
        self.now += by;
        let now = self.now;
        let (due, left): (Vec<_>, Vec<_>) =
            self.timers.drain(..).partition(|timer| timer.due <= now);
        self.timers = left;
        due.into_iter()
            .map(|mut timer| {
                let callback = timer.callback.clone();
                if let Some(every) = timer.every {
                    timer.due = now + every;
                    self.timers.push(timer);
                }
                callback
            })
            .collect()
    }

    /// Moves to the next timer that is due by `end`, and takes its callback.
    fn take_due(&mut self, end: i64) -> Option<Function> {
        let (position, timer) = self
            .timers
            .iter_mut()
            .enumerate()
            .filter(|(_, timer)| timer.due <= end)
            .min_by_key(|(_, timer)| timer.due)?;
        self.now = self.now.max(timer.due);
        let callback = timer.callback.clone();
        if let Some(every) = timer.every {
            timer.due += every;
        } else {
            self.timers.remove(position);
        }
        Some(callback)
    }
}

/// Converts a time from JavaScript. NaN is 0.
#[allow(clippy::cast_possible_truncation, reason = "`as` saturates")]
fn whole(ms: f64) -> i64 {
    ms as i64
}
