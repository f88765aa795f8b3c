//! A thread that does nothing but read keys and pastes.

mod decoder;
mod keys;

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use super::Exit;
use super::queue::{Input, Queue};
use crate::domain::theme::Background;
use crate::terminal::keyboard::{Keyboard, ReadOutcome};
use crate::terminal::shutdown::TerminalEvent;
use decoder::{Decoder, Event};

/// The thread ends with the process: a blocking read cannot be cancelled.
pub(super) fn start(queue: Arc<Queue>) -> io::Result<()> {
    thread::Builder::new().name("keys".to_owned()).spawn(move || {
        let panic_report = PanicReport(queue);
        let end = match read(&panic_report.0) {
            Ok(()) => Input::Terminal(TerminalEvent::Exit(Exit::Vanished)),
            Err(error) => Input::KeyboardFailed(error),
        };
        panic_report.0.push(end);
    })?;
    Ok(())
}

/// Returns when the terminal is closed.
fn read(queue: &Queue) -> io::Result<()> {
    let keyboard = Keyboard::open();
    let mut decoder = Decoder::default();
    let (mut bytes, mut events) = ([0; 4_096], Vec::new());
    loop {
        let timeout = decoder.deadline().map(|deadline| deadline.saturating_duration_since(Instant::now()));
        match keyboard.read(&mut bytes, timeout)? {
            ReadOutcome::Bytes(count) => {
                decoder.feed(bytes.get(..count).unwrap_or_default(), Instant::now(), &mut events);
            }
            ReadOutcome::Nothing => decoder.expire(Instant::now(), &mut events),
            ReadOutcome::Closed => return Ok(()),
        }
        for event in events.drain(..) {
            queue.push_blocking(match event {
                Event::Key(key) => Input::Key(key),
                Event::Mouse(pointed) => Input::Mouse(pointed),
                Event::Paste(text) => Input::Paste(text),
                Event::Answer(said) => match Background::of_answer(&said) {
                    Some(background) => Input::Background(background),
                    None => continue,
                },
            });
        }
    }
}

/// Reports a panic of the thread: a dashboard without keys must end.
struct PanicReport(Arc<Queue>);

impl Drop for PanicReport {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.push(Input::KeyboardFailed(io::Error::other("the thread that reads keys died")));
        }
    }
}
