//! A program in a real terminal: a pseudo-terminal whose other end is a terminal emulator that the test reads.
//!
//! Nothing here sleeps to wait for the program: a thread feeds what the program writes to the emulator, and
//! whoever waits is woken by it.

use super::clock;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use mspdash::app::key::{Code, Key};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, Termios, tcgetattr};

/// How long anything may take on an idle machine before the test fails; see [`scaled`].
pub const DEADLINE: Duration = Duration::from_secs(20);

/// A limit that holds on an idle machine, as the machine is now: what has to wait for a processor is not late.
pub fn scaled(limit: Duration) -> Duration {
    // A process and a little work in it: what the tests of this file wait for, too.
    let work = ["-c", "i=0; while [ $i -lt 2000 ]; do i=$((i+1)); done"];
    let begin = Instant::now();
    assert!(std::process::Command::new("sh").args(work).status().unwrap().success());
    let times = begin.elapsed().as_micros() / IDLE.as_micros();
    limit * u32::try_from(times.clamp(1, 30)).unwrap()
}

/// Whether a limit is over, as the machine is now.
pub fn late(begin: Instant, limit: Duration) -> bool {
    begin.elapsed() > limit && begin.elapsed() > scaled(limit)
}

/// How long the work of [`scaled`] takes on an idle machine, generously.
const IDLE: Duration = Duration::from_millis(15);

/// A command as a person at a desktop starts it, whatever the tests themselves were started from.
pub fn command(program: impl AsRef<OsStr>, arguments: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    command.env("TERM", "xterm-256color");
    for (name, value) in clock::variables() {
        command.env(name, value);
    }
    command.cwd(std::env::current_dir().unwrap());
    let desktop = ["DISPLAY", "WAYLAND_DISPLAY", "TMUX", "STY", "SSH_CONNECTION", "SSH_TTY", "WSL_DISTRO_NAME"];
    let ours = ["NO_COLOR", "BROWSER", "RUST_BACKTRACE", "RUST_LOG", "MSPDASH_LOG"];
    for name in desktop.into_iter().chain(ours) {
        command.env_remove(name);
    }
    command
}

/// A running program and its terminal.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    emulator: Arc<Emulator>,
    reader: Option<JoinHandle<()>>,
    /// The other end, by name.
    pub name: PathBuf,
    /// How the terminal was set before the program started.
    pub before: Settings,
}

/// What a program left behind.
#[derive(Debug)]
pub struct Left {
    /// The exit status.
    pub status: u32,
    /// How long the end took since it was waited for.
    pub took: Duration,
    /// The screen.
    pub screen: vt100::Screen,
}

struct Emulator {
    seen: Mutex<Seen>,
    changed: Condvar,
}

struct Seen {
    parser: vt100::Parser,
    raw: Vec<u8>,
    /// Nothing is read while this is set: the terminal stalls.
    stalled: bool,
    /// The reader is to let go of the terminal.
    let_go: bool,
    ended: bool,
}

/// What a program may change about a terminal, apart from what it shows.
#[derive(Debug, PartialEq, Eq)]
pub struct Settings {
    input: u32,
    output: u32,
    control: u32,
    local: u32,
}

impl Settings {
    /// Whether lines are edited and typed characters shown, as a shell expects it.
    pub fn cooked(&self) -> bool {
        LocalModes::from_bits_retain(self.local).contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }
}

impl From<Termios> for Settings {
    fn from(termios: Termios) -> Self {
        Self {
            input: termios.input_modes.bits(),
            output: termios.output_modes.bits(),
            control: termios.control_modes.bits(),
            local: termios.local_modes.bits(),
        }
    }
}

impl Terminal {
    /// Starts a program in a terminal of its own.
    pub fn spawn(command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let name = pair.master.tty_name().unwrap();
        let before = settings(&name);
        assert!(before.cooked(), "a new terminal is as a shell expects it: {before:?}");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let emulator = Arc::new(Emulator::new(columns, rows));
        let reader = emulator.watch(pair.master.try_clone_reader().unwrap());
        let keyboard = Some(pair.master.take_writer().unwrap());
        Self { child, master: Some(pair.master), keyboard, emulator, reader: Some(reader), name, before }
    }

    /// Presses keys, written as in a keymap and parted by spaces: `j down ctrl-d`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        let bytes: Vec<u8> = keys.split_whitespace().flat_map(|key| bytes(key.parse().unwrap())).collect();
        self.types(&bytes)
    }

    /// Sends bytes as they are.
    pub fn types(&mut self, bytes: &[u8]) -> &mut Self {
        let keyboard = self.keyboard.as_mut().expect("the terminal is still there");
        keyboard.write_all(bytes).unwrap();
        keyboard.flush().unwrap();
        self
    }

    /// Waits until the screen is as wanted.
    pub fn wait_for(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        self.emulator.wait(what, |seen| seen.is_whole() && wanted(seen.parser.screen()));
        self
    }

    /// Waits until a text is on the screen.
    pub fn sees(&mut self, text: &str) -> &mut Self {
        self.wait_for(text, |screen| screen.contents().contains(text))
    }

    /// Waits until something was written, whether it shows or not; for titles and the like.
    pub fn hears(&mut self, bytes: &[u8]) -> &mut Self {
        let what = String::from_utf8_lossy(bytes).into_owned();
        self.emulator.wait(&what, |seen| seen.raw.windows(bytes.len()).any(|part| part == bytes));
        self
    }

    /// What is on the screen now.
    pub fn text(&self) -> String {
        self.emulator.lock().parser.screen().contents()
    }

    /// The screen as it is now, with its colours.
    pub fn screen(&self) -> vt100::Screen {
        self.emulator.wait("the end of an update", Seen::is_whole);
        self.emulator.lock().parser.screen().clone()
    }

    /// Every byte written so far.
    pub fn raw(&self) -> Vec<u8> {
        self.emulator.lock().raw.clone()
    }

    /// How the terminal is set now.
    pub fn settings(&self) -> Settings {
        settings(&self.name)
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        let (across, down) = (NonZeroU16::new(columns).unwrap(), NonZeroU16::new(rows).unwrap());
        self.emulator.lock().parser.screen_mut().set_size(down, across);
        self.claims(columns, rows)
    }

    /// Claims another size than the screen has.
    pub fn claims(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.master.as_ref().expect("the terminal is still there").resize(size(columns, rows)).unwrap();
        self
    }

    /// Stops reading what the program writes.
    pub fn stall(&mut self) -> &mut Self {
        self.emulator.lock().stalled = true;
        self
    }

    /// Reads on.
    pub fn flow(&mut self) -> &mut Self {
        self.emulator.lock().stalled = false;
        self.emulator.changed.notify_all();
        self
    }

    /// Closes the terminal, as when its window is closed or the line breaks.
    pub fn vanish(&mut self) -> &mut Self {
        self.emulator.lock().let_go = true;
        // The reader sleeps in a read; a byte from the other end wakes it.
        File::options().write(true).open(&self.name).unwrap().write_all(b" ").unwrap();
        self.reader.take().expect("it vanishes once").join().unwrap();
        self.keyboard = None;
        self.master = None;
        self
    }

    /// The process that was started.
    pub fn pid(&self) -> i32 {
        i32::try_from(self.child.process_id().unwrap()).unwrap()
    }

    /// Sends it a signal.
    pub fn signal(&mut self, signal: Signal) -> &mut Self {
        kill(self.pid(), signal);
        self
    }

    /// Waits for the end of the program, and for the last of what it wrote.
    pub fn exit(&mut self) -> Left {
        let begin = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(!late(begin, DEADLINE), "it does not end; the screen:\n{}", self.text());
            // The kernel offers no wait with a deadline; this is the step of the measured time.
            thread::sleep(Duration::from_millis(1));
        };
        let took = begin.elapsed();
        assert_eq!(status.signal(), None, "it was killed; the screen:\n{}", self.text());
        self.flow();
        if self.reader.is_some() {
            self.emulator.wait("the end of what it writes", |seen| seen.ended);
        }
        Left { status: status.exit_code(), took, screen: self.emulator.lock().parser.screen().clone() }
    }
}

/// A failed test leaves no program behind.
impl Drop for Terminal {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

impl Seen {
    /// No update is under way: a terminal shows none of it before its end.
    fn is_whole(&self) -> bool {
        let ends = self.raw.windows(8).rev().find_map(|bytes| match bytes {
            b"\x1b[?2026l" => Some(true),
            b"\x1b[?2026h" => Some(false),
            _ => None,
        });
        ends.unwrap_or(true)
    }
}

impl Emulator {
    fn new(columns: u16, rows: u16) -> Self {
        let (across, down) = (NonZeroU16::new(columns).unwrap(), NonZeroU16::new(rows).unwrap());
        let parser = vt100::Parser::new(down, across, 0);
        let seen = Seen { parser, raw: Vec::new(), stalled: false, let_go: false, ended: false };
        Self { seen: Mutex::new(seen), changed: Condvar::new() }
    }

    fn watch(self: &Arc<Self>, mut from: Box<dyn Read + Send>) -> JoinHandle<()> {
        let emulator = Arc::clone(self);
        thread::spawn(move || {
            let mut buffer = [0; 4_096];
            loop {
                let stalled = emulator.changed.wait_while(emulator.lock(), |seen| seen.stalled).unwrap();
                drop(stalled);
                let count = from.read(&mut buffer).unwrap_or(0);
                let mut seen = emulator.lock();
                seen.raw.extend_from_slice(&buffer[..count]);
                seen.parser.process(&buffer[..count]);
                seen.ended = count == 0;
                let done = seen.ended || seen.let_go;
                drop(seen);
                emulator.changed.notify_all();
                if done {
                    return;
                }
            }
        })
    }

    fn wait(&self, what: &str, wanted: impl Fn(&Seen) -> bool) {
        let (begin, mut seen) = (Instant::now(), self.lock());
        while !wanted(&seen) && !seen.ended && !late(begin, DEADLINE) {
            seen = self.changed.wait_timeout_while(seen, DEADLINE, |seen| !wanted(seen) && !seen.ended).unwrap().0;
        }
        assert!(wanted(&seen), "waited for {what:?} ({:?}); the screen:\n{}", begin.elapsed(), {
            seen.parser.screen().contents()
        });
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Sends a signal to any process.
pub fn kill(pid: i32, signal: Signal) {
    kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
}

fn settings(name: &PathBuf) -> Settings {
    let flags = rustix::fs::OFlags::RDWR | rustix::fs::OFlags::NOCTTY | rustix::fs::OFlags::CLOEXEC;
    let terminal = rustix::fs::open(name, flags, rustix::fs::Mode::empty()).unwrap();
    tcgetattr(terminal).unwrap().into()
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// What a terminal sends for a key.
fn bytes(key: Key) -> Vec<u8> {
    let plain: Vec<u8> = match key.code {
        Code::Char(c) if key.ctrl => vec![u8::try_from(c).unwrap() & 0x1f],
        Code::Char(c) => c.to_string().into_bytes(),
        Code::Enter => b"\r".to_vec(),
        Code::Esc => b"\x1b".to_vec(),
        Code::Tab => b"\t".to_vec(),
        Code::BackTab => b"\x1b[Z".to_vec(),
        Code::Backspace => b"\x7f".to_vec(),
        Code::Delete => b"\x1b[3~".to_vec(),
        Code::Up => b"\x1b[A".to_vec(),
        Code::Down => b"\x1b[B".to_vec(),
        Code::Right => b"\x1b[C".to_vec(),
        Code::Left => b"\x1b[D".to_vec(),
        Code::Home => b"\x1b[H".to_vec(),
        Code::End => b"\x1b[F".to_vec(),
        Code::PageUp => b"\x1b[5~".to_vec(),
        Code::PageDown => b"\x1b[6~".to_vec(),
        Code::F(number @ 1..=4) => vec![0x1b, b'O', b'P' + number - 1],
        Code::F(number) => {
            let code = [15, 17, 18, 19, 20, 21, 23, 24][usize::from(number) - 5];
            format!("\x1b[{code}~").into_bytes()
        }
    };
    if key.alt { [b"\x1b", plain.as_slice()].concat() } else { plain }
}
