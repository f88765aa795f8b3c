//! The event loop: take inputs, update, draw once, sleep.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use ratatui::Terminal;

use super::effect_runner::EffectRunner;
use super::log::Log;
use super::notification::notification;
use super::queue::{Input, Queue};
use super::{Exit, Program, Sources, input};
use crate::app::effect::Effect;
use crate::app::msg::{Msg, Size};
use crate::app::pointer::{Pointed, Targets};
use crate::domain::text::clean;
use crate::terminal::shutdown::{Shutdown, TerminalEvent};
use crate::terminal::{self, Screen, ScreenGuard, TerminalBackend, signals, suspend};

/// Inputs handled between two frames; more would leave keys unanswered for too long.
const MAX_BATCH: usize = 1_000;

/// While nothing but answers comes, frames are at least this far apart: the pages of a long list come faster than anybody
/// can look.
const ANSWER_FRAMES: Duration = Duration::from_millis(16);

/// A next wake in the past must not spin.
const MIN_TICK_INTERVAL: Duration = Duration::from_millis(10);

/// Runs a program in the terminal until it ends. Call it on the main thread, after `color_eyre::install()`. The
/// terminal is restored on return and at every other exit.
pub fn run_with<P: Program>(
    start: impl FnOnce(Timestamp, Size) -> (P, Vec<Effect>),
    sources: impl Into<Sources>,
    log: Option<Log>,
) -> color_eyre::Result<Exit> {
    let screen = Arc::new(Screen::open()?);
    let queue = Arc::new(Queue::default());
    let shutdown = Arc::new(Shutdown::new(Arc::clone(&screen), {
        let queue = Arc::clone(&queue);
        move |event| queue.push(Input::Terminal(event))
    }));
    // In this order, so that nothing after the terminal is ours goes unnoticed.
    signals::listen_for_signals(Arc::clone(&shutdown))?;
    terminal::install_panic_hook(&screen);
    let guard = ScreenGuard(Arc::clone(&screen));
    screen.enter()?;

    let mut event_loop = EventLoop::new(start, Arc::clone(&screen), Arc::clone(&queue))?;
    let first = event_loop.draw();
    // Only terminal I/O so far: the first frame stands.
    terminal::watch_terminal(screen, Arc::clone(&shutdown))?;
    let flush = log.and_then(Log::start);
    input::start(Arc::clone(&queue))?;
    event_loop.ask_background()?;

    event_loop.runner = Some(EffectRunner::new(sources.into(), queue));
    let exit = first.and_then(|()| event_loop.run()).or_else(|error| shutdown.exit_for(error));
    // The terminal first: the rest may take a moment.
    drop(guard);
    if let Some(runner) = event_loop.runner.take() {
        runner.close();
    }
    match &exit {
        Ok(exit) => tracing::info!(?exit, "end"),
        Err(error) => tracing::error!("end: {error:#}"),
    }
    drop(flush);
    // Dropping a hundred thousand companies takes longer than the process has left.
    std::mem::forget(event_loop);
    exit
}

struct EventLoop<P> {
    program: P,
    screen: Arc<Screen>,
    queue: Arc<Queue>,
    terminal: Terminal<TerminalBackend>,
    /// `None` before the first frame.
    runner: Option<EffectRunner>,
    /// Effects from before the runner exists.
    startup_effects: Vec<Effect>,
    title: String,
    size: Size,
    /// What the last frame shows, for the mouse.
    targets: Targets,
    /// Between Ctrl-Z and `fg`.
    suspended: bool,
    last_tick: Option<Instant>,
    last_frame: Option<Instant>,
}

impl<P: Program> EventLoop<P> {
    fn new(
        start: impl FnOnce(Timestamp, Size) -> (P, Vec<Effect>),
        screen: Arc<Screen>,
        queue: Arc<Queue>,
    ) -> io::Result<Self> {
        let size = screen.size();
        let (program, startup_effects) = start(crate::clock::now(), size);
        let terminal = Terminal::new(TerminalBackend::new(Arc::clone(&screen)))?;
        let (runner, last_tick, last_frame) = (None, None, None);
        let title = String::new();
        let suspended = false;
        Ok(Self {
            program,
            screen,
            queue,
            terminal,
            runner,
            startup_effects,
            title,
            size,
            targets: Targets::default(),
            suspended,
            last_tick,
            last_frame,
        })
    }

    fn run(&mut self) -> io::Result<Exit> {
        let startup_effects = std::mem::take(&mut self.startup_effects);
        if let Some(exit) = self.run_effects(startup_effects)? {
            return Ok(exit);
        }
        let (mut batch, mut owed) = (Vec::new(), false);
        loop {
            let until_frame = owed.then(|| self.until_answer_frame());
            self.queue.take(MAX_BATCH, self.until_tick().into_iter().chain(until_frame).min(), &mut batch);
            let mut changed = false;
            for input in batch.drain(..) {
                let answer = matches!(input, Input::Reply(..));
                let (exit, handled) = self.handle(input)?;
                if exit.is_some() {
                    return Ok(exit.unwrap_or(Exit::Quit));
                }
                owed |= handled && answer;
                changed |= handled && !answer;
            }
            if self.until_tick().is_some_and(|wait| wait.is_zero()) {
                self.last_tick = Some(Instant::now());
                if let Some(exit) = self.update(Msg::Tick)? {
                    return Ok(exit);
                }
                changed = true;
            }
            if changed || owed && self.until_answer_frame().is_zero() {
                self.draw()?;
                owed = false;
            }
        }
    }

    /// How long until the next tick; `None` when none is wanted or nobody would see it.
    fn until_tick(&self) -> Option<Duration> {
        let next_wake = self.program.next_wake().filter(|_| !self.suspended)?;
        let left = Duration::try_from(next_wake.duration_since(crate::clock::now())).unwrap_or_default();
        let spacing = self.last_tick.map_or(Duration::ZERO, |last| MIN_TICK_INTERVAL.saturating_sub(last.elapsed()));
        Some(left.max(spacing))
    }

    /// How long until answers alone may be drawn.
    fn until_answer_frame(&self) -> Duration {
        self.last_frame.map_or(Duration::ZERO, |last| ANSWER_FRAMES.saturating_sub(last.elapsed()))
    }

    /// Returns the exit, if the program ends, and whether a redraw is needed.
    fn handle(&mut self, input: Input) -> io::Result<(Option<Exit>, bool)> {
        let msg = match input {
            Input::Key(key) => Msg::Key(key),
            Input::Mouse(Pointed { gesture, x, y }) => match self.targets.at(x, y) {
                Some(target) => Msg::Pointed { gesture, target },
                None => return Ok((None, false)),
            },
            Input::Paste(text) => Msg::Paste(text),
            Input::Background(background) => Msg::Background(background),
            Input::Reply(ticket, reply) => {
                if let Some(runner) = &mut self.runner {
                    runner.done(ticket);
                }
                Msg::Reply { ticket, reply }
            }
            Input::ToTerminal(sequence) => {
                self.terminal.backend_mut().pending().extend_from_slice(sequence.reveal().as_bytes());
                return Ok((None, true));
            }
            Input::Waiting(ticket, pause) => Msg::Waiting { ticket, pause },
            Input::Terminal(TerminalEvent::Resized) => match self.screen.size() {
                size if size == self.size => return Ok((None, false)),
                size => {
                    self.size = size;
                    self.terminal.backend_mut().resize(size);
                    Msg::Resize(size)
                }
            },
            Input::Terminal(TerminalEvent::Suspend) => {
                self.suspend()?;
                return Ok((None, false));
            }
            Input::Terminal(TerminalEvent::Continued) => {
                self.resume()?;
                Msg::Resumed
            }
            Input::Terminal(TerminalEvent::Exit(exit)) => {
                // The model is informed; its last effects are not run.
                self.program.update(crate::clock::now(), Msg::Stop);
                return Ok((Some(exit), false));
            }
            Input::KeyboardFailed(error) => {
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
        self.run_effects(effects)
    }

    fn run_effects(&mut self, effects: Vec<Effect>) -> io::Result<Option<Exit>> {
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(Some(Exit::Quit)),
                Effect::Suspend => self.suspend()?,
                Effect::Mouse(on) => self.screen.take_mouse(on)?,
                // A shell has the terminal: nothing is told in its place.
                Effect::Alert { .. } if self.suspended => {}
                Effect::Alert { how, reason, company, more } => {
                    let text = self.program.alert(&reason, &company, more);
                    self.screen.write(notification(how, &text).as_bytes())?;
                }
                effect => {
                    if let Some(runner) = &mut self.runner {
                        runner.perform(effect);
                    }
                }
            }
        }
        Ok(None)
    }

    /// Leaves the terminal and stops until CONT. Like the kernel, does nothing where nobody could continue us.
    fn suspend(&mut self) -> io::Result<()> {
        if self.suspended || !suspend::possible() {
            return Ok(());
        }
        self.suspended = true;
        self.screen.leave();
        suspend::stop()
    }

    /// Enters the terminal again. After a STOP from outside, which cannot be caught, the shell has changed the
    /// settings.
    fn resume(&mut self) -> io::Result<()> {
        self.screen.leave();
        self.screen.enter()?;
        self.suspended = false;
        self.size = self.screen.size();
        let backend = self.terminal.backend_mut();
        backend.reset();
        backend.resize(self.size);
        self.title.clear();
        // The size may have changed meanwhile.
        self.update(Msg::Resize(self.size))?;
        self.terminal.clear()?;
        // It may be another terminal, or have another theme, by now.
        self.ask_background()
    }

    /// Asks the terminal for its background; the answer comes among the keys, whenever it comes, if at all.
    fn ask_background(&self) -> io::Result<()> {
        if self.program.asks_background() && terminal::answers_questions() {
            return self.screen.write(terminal::ASK_BACKGROUND);
        }
        Ok(())
    }

    /// Only what changed reaches the terminal, in one write.
    fn draw(&mut self) -> io::Result<()> {
        if self.suspended || self.size.width == 0 || self.size.height == 0 {
            return Ok(());
        }
        let title = self.program.title();
        if title != self.title {
            let pending = self.terminal.backend_mut().pending();
            pending.extend_from_slice(b"\x1b]0;");
            pending.extend_from_slice(clean(&title).as_bytes());
            pending.push(b'\x07');
            self.title = title;
        }
        self.last_frame = Some(Instant::now());
        let program = &self.program;
        let mut targets = Targets::default();
        self.terminal.draw(|frame| targets = program.draw_targets(frame))?;
        self.targets = targets;
        let links = program.links(self.size);
        let backend = self.terminal.backend_mut();
        backend.write_links(links)?;
        backend.present()?;
        // What was on the screen may be what something waited for.
        match self.program.shown(self.size) {
            Some(msg) => {
                self.update(msg)?;
                self.draw()
            }
            None => Ok(()),
        }
    }
}
