//! The run loop: take what came in, update, draw once, sleep.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use ratatui::Terminal;

use super::log::Log;
use super::perform::Performer;
use super::queue::{Input, Queue};
use super::{Exit, Program, Sources, input};
use crate::app::effect::Effect;
use crate::app::msg::{Msg, Size};
use crate::domain::text::clean;
use crate::terminal::ending::{self, Ending};
use crate::terminal::{self, Canvas, Guard, Screen, suspend};

/// At most this many inputs are handled before the next drawing; more would let keys go unanswered for too long.
const BATCH: usize = 1_000;

/// Ticks never come faster, whatever the model asks for: a pulse that lies in the past must not spin.
const FASTEST_TICK: Duration = Duration::from_millis(10);

/// Runs a program in the terminal until it ends. Call it on the main thread, after `color_eyre::install()`.
/// On return, and on every other way out, the terminal is as it was before.
///
/// # Errors
/// [`super::NoTerminal`] where there is none to run in; otherwise reading keys or drawing failed.
pub fn run_with<P: Program>(
    start: impl FnOnce(Timestamp, Size) -> (P, Vec<Effect>),
    sources: impl Into<Sources>,
    log: Option<Log>,
) -> color_eyre::Result<Exit> {
    let screen = Arc::new(Screen::open()?);
    let queue = Arc::new(Queue::default());
    let ending = Arc::new(Ending::new(Arc::clone(&screen), Arc::clone(&queue)));
    // In this order: whatever happens from the moment the terminal is ours is heard by somebody.
    ending::hear_signals(Arc::clone(&ending))?;
    terminal::install_panic_hook(&screen);
    let guard = Guard(Arc::clone(&screen));
    screen.enter()?;

    let mut stage = Stage::new(start, Arc::clone(&screen), Arc::clone(&queue))?;
    let first = stage.paint();
    // Nothing above did any I/O but with the terminal: the first frame stands.
    terminal::watch_terminal(screen, Arc::clone(&ending))?;
    let flush = log.and_then(Log::start);
    input::listen(Arc::clone(&queue))?;

    stage.performer = Some(Performer::new(sources.into(), queue));
    let exit = first.and_then(|()| stage.run()).or_else(|error| ending.explain(error));
    // The terminal first: what follows may take a moment.
    drop(guard);
    if let Some(performer) = stage.performer.take() {
        performer.close();
    }
    match &exit {
        Ok(exit) => tracing::info!(?exit, "end"),
        Err(error) => tracing::error!("end: {error:#}"),
    }
    drop(flush);
    // Not taken apart: to free a hundred thousand companies one by one takes longer than the process has left.
    std::mem::forget(stage);
    exit
}

struct Stage<P> {
    program: P,
    screen: Arc<Screen>,
    queue: Arc<Queue>,
    terminal: Terminal<Canvas>,
    /// Only after the first frame.
    performer: Option<Performer>,
    /// What the program wanted before it could be carried out.
    postponed: Vec<Effect>,
    title: String,
    size: Size,
    /// The terminal is not ours: between Ctrl-Z and `fg`.
    away: bool,
    last_tick: Option<Instant>,
}

impl<P: Program> Stage<P> {
    fn new(
        start: impl FnOnce(Timestamp, Size) -> (P, Vec<Effect>),
        screen: Arc<Screen>,
        queue: Arc<Queue>,
    ) -> io::Result<Self> {
        let size = screen.size();
        let (program, postponed) = start(crate::clock::now(), size);
        let terminal = Terminal::new(Canvas::new(Arc::clone(&screen)))?;
        let (performer, last_tick) = (None, None);
        let title = String::new();
        Ok(Self { program, screen, queue, terminal, performer, postponed, title, size, away: false, last_tick })
    }

    fn run(&mut self) -> io::Result<Exit> {
        let postponed = std::mem::take(&mut self.postponed);
        if let Some(exit) = self.carry_out(postponed)? {
            return Ok(exit);
        }
        let mut batch = Vec::new();
        loop {
            self.queue.take(BATCH, self.until_tick(), &mut batch);
            let mut changed = false;
            for input in batch.drain(..) {
                let (exit, handled) = self.take_in(input)?;
                if exit.is_some() {
                    return Ok(exit.unwrap_or(Exit::Quit));
                }
                changed |= handled;
            }
            if self.until_tick().is_some_and(|wait| wait.is_zero()) {
                self.last_tick = Some(Instant::now());
                if let Some(exit) = self.update(Msg::Tick)? {
                    return Ok(exit);
                }
                changed = true;
            }
            if changed {
                self.paint()?;
            }
        }
    }

    /// How long until the model wants a tick; `None`: it does not, or nobody would see it.
    fn until_tick(&self) -> Option<Duration> {
        let next_wake = self.program.next_wake().filter(|_| !self.away)?;
        let left = Duration::try_from(next_wake.duration_since(crate::clock::now())).unwrap_or_default();
        let spacing = self.last_tick.map_or(Duration::ZERO, |last| FASTEST_TICK.saturating_sub(last.elapsed()));
        Some(left.max(spacing))
    }

    /// Handles one input: whether the program ends, and whether anything was updated.
    fn take_in(&mut self, input: Input) -> io::Result<(Option<Exit>, bool)> {
        let msg = match input {
            Input::Key(key) => Msg::Key(key),
            Input::Paste(text) => Msg::Paste(text),
            Input::Reply(ticket, reply) => {
                if let Some(performer) = &mut self.performer {
                    performer.done(ticket);
                }
                Msg::Reply { ticket, reply }
            }
            Input::ToTerminal(told) => {
                self.terminal.backend_mut().sheet().extend_from_slice(told.reveal().as_bytes());
                return Ok((None, true));
            }
            Input::Waiting(ticket, pause) => Msg::Waiting { ticket, pause },
            Input::Resized => match self.screen.size() {
                size if size == self.size => return Ok((None, false)),
                size => {
                    self.size = size;
                    self.terminal.backend_mut().resize(size);
                    Msg::Resize(size)
                }
            },
            Input::Suspend => {
                self.suspend()?;
                return Ok((None, false));
            }
            Input::Continued => {
                self.take_back()?;
                Msg::Resumed
            }
            Input::End(exit) => {
                // The model gets to know; what it still wants done is not done any more.
                self.program.update(crate::clock::now(), Msg::Stop);
                return Ok((Some(exit), false));
            }
            Input::Deaf(error) => {
                return Err(io::Error::new(
                    error.kind(),
                    format!("no more keys can be read from the terminal: {error}"),
                ));
            }
        };
        Ok((self.update(msg)?, true))
    }

    fn update(&mut self, msg: Msg) -> io::Result<Option<Exit>> {
        let effects = self.program.update(crate::clock::now(), msg);
        self.carry_out(effects)
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> io::Result<Option<Exit>> {
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(Some(Exit::Quit)),
                Effect::Suspend => self.suspend()?,
                effect => {
                    if let Some(performer) = &mut self.performer {
                        performer.perform(effect);
                    }
                }
            }
        }
        Ok(None)
    }

    /// Gives the terminal back and stops until CONT. Where nobody could continue us, nothing happens, as the
    /// kernel would have it.
    fn suspend(&mut self) -> io::Result<()> {
        if self.away || !suspend::possible() {
            return Ok(());
        }
        self.away = true;
        self.screen.leave();
        suspend::stop()
    }

    /// Takes the terminal again. Also after a STOP from outside, which nobody could announce: the shell has
    /// changed the settings since.
    fn take_back(&mut self) -> io::Result<()> {
        self.screen.leave();
        self.screen.enter()?;
        self.away = false;
        self.size = self.screen.size();
        let canvas = self.terminal.backend_mut();
        canvas.forget();
        canvas.resize(self.size);
        self.title.clear();
        // The size goes to the model too: it may have changed while nobody listened.
        self.update(Msg::Resize(self.size))?;
        self.terminal.clear()
    }

    /// Draws everything; what reaches the terminal is what changed, in one write.
    fn paint(&mut self) -> io::Result<()> {
        if self.away || self.size.width == 0 || self.size.height == 0 {
            return Ok(());
        }
        let title = self.program.title();
        if title != self.title {
            let sheet = self.terminal.backend_mut().sheet();
            sheet.extend_from_slice(b"\x1b]0;");
            sheet.extend_from_slice(clean(&title).as_bytes());
            sheet.push(b'\x07');
            self.title = title;
        }
        let program = &self.program;
        self.terminal.draw(|frame| program.draw(frame))?;
        let links = program.links(self.size);
        let canvas = self.terminal.backend_mut();
        canvas.link(links)?;
        canvas.commit()
    }
}
