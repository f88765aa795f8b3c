//! Drives the dashboard without a terminal, a network or a clock: messages in, a model out.

use jiff::{SignedDuration, Timestamp};
use mspdash::app::effect::{Effect, Ticket};
use mspdash::app::msg::{Copied, Msg, Reply, Size};
use mspdash::app::{Model, Options};
use mspdash::domain::error::Error;
use mspdash::domain::lang::Lang;
use mspdash::domain::launch::LaunchAddress;
use mspdash::domain::request::Answer;
use mspdash::i18n;

/// The moment at which every picture is taken.
pub fn noon() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

/// The dashboard, its clock, and what it waits for.
#[derive(Clone)]
pub struct AppDriver {
    pub model: Model,
    pub now: Timestamp,
    pub open: Vec<Effect>,
}

impl AppDriver {
    pub fn options(lang: Lang) -> Options {
        Options { countries: i18n::countries(lang), ..Options::new(lang, i18n::labels(lang)) }
    }

    /// Nothing happened yet.
    pub fn new(options: Options, size: Size) -> Self {
        let (model, open) = mspdash::app::start(options, noon(), size);
        Self { model, now: noon(), open }
    }

    pub fn send(&mut self, msg: Msg) -> Vec<Effect> {
        let msg_may_show = msg != Msg::ReadToEnd;
        let out = mspdash::app::update(&mut self.model, self.now, msg);
        self.open.extend(out.iter().filter(|effect| effect.ticket().is_some()).cloned());
        if msg_may_show && mspdash::view::read_to_end(&self.model, self.model.size) {
            self.send(Msg::ReadToEnd);
        }
        out
    }

    /// Who works in the only account.
    pub fn session_mut(&mut self) -> Option<&mut mspdash::domain::session::Session> {
        self.model.accounts.iter_mut().next()?.session.value_mut()
    }

    /// Presses keys, written as in a key map, split by spaces.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ') {
            self.send(Msg::Key(key.parse().unwrap()));
        }
        self
    }

    pub fn type_in(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.send(Msg::Key(mspdash::app::key::Key::char(c)));
        }
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(Msg::Paste(text.into()));
        self
    }

    pub fn pass(&mut self, seconds: i64) -> &mut Self {
        self.now = self.now.checked_add(SignedDuration::from_secs(seconds)).unwrap();
        self.send(Msg::Tick);
        self
    }

    pub fn reply(&mut self, to: Ticket, reply: Reply) -> Vec<Effect> {
        self.open.retain(|effect| effect.ticket() != Some(to));
        self.send(Msg::Reply { ticket: to, reply })
    }

    /// Answers the oldest effect of this account that can have this reply.
    pub fn reply_in(&mut self, name: &str, reply: Reply) -> Vec<Effect> {
        let fits = |effect: &&Effect| match (effect, &reply) {
            (Effect::Connect { profile, .. }, Reply::Connected(_))
            | (Effect::Restore { profile, .. }, Reply::Restored(_)) => profile.as_str() == name,
            (Effect::Call { profile, request, .. }, Reply::Api(answer)) => {
                let fits = match answer {
                    Ok(answer) => answer.answers(request),
                    Err(error) => request.operation() == error.operation,
                };
                profile.as_str() == name && fits
            }
            _ => false,
        };
        let to = self.open.iter().find(fits).and_then(Effect::ticket);
        let to = to.unwrap_or_else(|| panic!("nothing such waits in {name}: {:?}", self.open));
        self.reply(to, reply)
    }

    pub fn connect(&mut self, result: Result<(), Error>) -> &mut Self {
        let to = self.waiting(|effect| matches!(effect, Effect::Connect { .. }));
        self.reply(to, Reply::Connected(result.map(|()| None)));
        self
    }

    /// Answers the oldest call that can have this answer.
    pub fn answer(&mut self, answer: Answer) -> &mut Self {
        let to = self.waiting(|effect| matches!(effect, Effect::Call { request, .. } if answer.answers(request)));
        self.reply(to, Reply::Api(Ok(answer)));
        self
    }

    /// Fails the oldest call of this kind.
    pub fn fail(&mut self, error: Error) -> &mut Self {
        let to = self
            .waiting(|effect| matches!(effect, Effect::Call { request, .. } if request.operation() == error.operation));
        self.reply(to, Reply::Api(Err(error)));
        self
    }

    pub fn launched(&mut self, address: LaunchAddress) -> &mut Self {
        self.answer(Answer::Launch(address))
    }

    pub fn copied(&mut self) -> &mut Self {
        let to = self.waiting(|effect| matches!(effect, Effect::Copy { .. }));
        let how = Copied { program: Some("wl-copy".into()), ..Copied::default() };
        self.reply(to, Reply::Copied(Ok(how)));
        self
    }

    pub fn waiting(&self, which: impl Fn(&Effect) -> bool) -> Ticket {
        let found = self.open.iter().find(|effect| which(effect)).and_then(Effect::ticket);
        found.unwrap_or_else(|| panic!("nothing such waits: {:?}", self.open))
    }
}
