//! Keys and pastes: a thread that waits for the terminal and does nothing else.

mod decoder;
mod keys;

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use super::Exit;
use super::queue::{Input, Queue};
use crate::terminal::keyboard::{Keyboard, Read};
use decoder::{Decoder, Event};

/// Starts the keys thread. It ends with the process: a blocking read cannot be called back.
pub(super) fn listen(queue: Arc<Queue>) -> io::Result<()> {
    thread::Builder::new().name("keys".to_owned()).spawn(move || {
        let report = Report(queue);
        let end = match read(&report.0) {
            Ok(()) => Input::End(Exit::Vanished),
            Err(error) => Input::Deaf(error),
        };
        report.0.push(end);
    })?;
    Ok(())
}

/// Until the terminal is closed.
fn read(queue: &Queue) -> io::Result<()> {
    let keyboard = Keyboard::open();
    let mut decoder = Decoder::default();
    let (mut bytes, mut events) = ([0; 4_096], Vec::new());
    loop {
        let patience = decoder.deadline().map(|deadline| deadline.saturating_duration_since(Instant::now()));
        match keyboard.read(&mut bytes, patience)? {
            Read::Bytes(count) => {
                decoder.feed(bytes.get(..count).unwrap_or_default(), Instant::now(), &mut events);
            }
            Read::Nothing => decoder.expire(Instant::now(), &mut events),
            Read::Closed => return Ok(()),
        }
        for event in events.drain(..) {
            queue.push_patiently(match event {
                Event::Key(key) => Input::Key(key),
                Event::Paste(text) => Input::Paste(text),
            });
        }
    }
}

/// Says so when the thread dies: a dashboard that no key reaches must end, not stand there.
struct Report(Arc<Queue>);

impl Drop for Report {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.push(Input::Deaf(io::Error::other("the thread that reads keys died")));
        }
    }
}
