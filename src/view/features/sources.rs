//! The sources of a company, one under the cursor in full.
//!
//! ```text
//! ╭ Sources of Acme Bakery ──────────────────────────────────╮
//! │ ⚑ Users API     1Password refuses the secret             │
//! │ ✔ Imports       imported 3 days ago by Mira Okafor       │
//! │ ○ Web console   nothing yet                              │
//! │                                                          │
//! │ Gives           people with name, address and state; …   │
//! │ What to do      It was revoked or replaced. …            │
//! │ Type            mspdash connect 'Acme Bakery' …          │
//! ╰──────────────────────────────────────────────────────────╯
//! ```

use crate::app::core::remote::Versioned;
use crate::app::features::sources::{SourceField, SourceRow, SourcesDialog, Standing, command, is_interface, rows};
use crate::app::model::Details;
use crate::domain::company::{Company, CompanyState};
use crate::domain::source::{Source, SourceState};
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::text;
use jiff::SignedDuration;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// A reading that is due is not late yet.
const LATE: SignedDuration = SignedDuration::from_mins(5);

/// A source in few words.
pub(in crate::view) struct Told {
    pub sign: (&'static str, Style),
    pub text: String,
    /// When it was read, and when it is next.
    pub more: Vec<String>,
    /// Somebody has to do something.
    pub asks: bool,
}

impl Told {
    /// On one line.
    pub fn whole(&self) -> String {
        std::iter::once(&self.text).chain(&self.more).map(String::as_str).collect::<Vec<_>>().join(" · ")
    }
}

/// How a source stands.
pub(in crate::view) fn told(
    scene: &Scene<'_>,
    company: &Company,
    (row, loaded): (&SourceRow<'_>, &Versioned<Vec<Source>>),
) -> Told {
    let (words, theme) = (&scene.words.sources, scene.theme);
    let quiet = |text: &str| Told { sign: ("○", theme.muted), text: text.to_owned(), more: Vec::new(), asks: false };
    match row.standing {
        Standing::Missing if is_interface(&row.source) => quiet(words.not_connected),
        Standing::Missing => quiet(words.nothing_yet),
        Standing::Unknown if loaded.error().is_some() => quiet(scene.words.overview.not_loaded),
        Standing::Unknown if loaded.waiting().is_some() => quiet(scene.words.overview.loading),
        Standing::Unknown => quiet(scene.words.company.unknown),
        Standing::Observed(fact) => {
            let stale = fact.stale_from() <= scene.clock.now;
            let sign = if stale { ("!", theme.waiting) } else { ("✔", theme.good) };
            let ago = scene.clock.ago(fact.as_of);
            let text = (scene.words.company.fact)(&fact.source, &ago, fact.observer.as_deref());
            Told { sign, ..quiet(&text) }
        }
        Standing::Connected(_) if company.state == CompanyState::Unlinked => {
            Told { sign: ("⚑", theme.waiting), asks: true, ..quiet(words.still_connected) }
        }
        Standing::Connected(source) => of_connected(scene, source),
    }
}

fn of_connected(scene: &Scene<'_>, source: &Source) -> Told {
    let (words, theme) = (&scene.words.sources, scene.theme);
    let read = source.last_success_time.map(|time| (words.read)(&scene.clock.ago(time)));
    let read = read.unwrap_or_else(|| words.never_read.to_owned());
    let soon = source.expires_soon(scene.clock.now);
    let (sign, asks) = match &source.state {
        SourceState::Connected if soon => (("△", theme.waiting), true),
        SourceState::Connected => (("✔", theme.good), false),
        SourceState::NeedsAttention => (("⚑", theme.waiting), true),
        SourceState::Failing | SourceState::Other(_) => (("△", theme.waiting), false),
    };
    let next = next(scene, source);
    if source.state == SourceState::Connected {
        return Told { sign, text: read, more: next.into_iter().collect(), asks };
    }
    let reason = source.reason.as_ref().map(|reason| (words.reason)(reason).into_owned());
    let text = reason.unwrap_or_else(|| (words.state)(&source.state).into_owned());
    Told { sign, text, more: [Some(read), next].into_iter().flatten().collect(), asks }
}

/// When it is read next, or should have been.
fn next(scene: &Scene<'_>, source: &Source) -> Option<String> {
    let (words, due) = (&scene.words.sources, source.next_read_time?);
    let late = scene.clock.now.duration_since(due) > LATE;
    Some(if late { (words.overdue)(&scene.clock.ago(due)) } else { (words.next)(&scene.clock.ahead(due)) })
}

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, sources: &SourcesDialog) {
    let nothing = Details::default();
    let Some(company) = scene.model.roster.get(&sources.key) else { return };
    let details = scene.model.details.get(&sources.key).unwrap_or(&nothing);
    let (words, theme) = (&scene.words.sources, scene.theme);
    let rows = rows(company, details);
    let Some(row) = rows.get(sources.cursor.min(rows.len().saturating_sub(1))) else { return };
    let title = (words.title)(&scene.named(&sources.key, &sources.company));
    let mut dialog = DialogFrame::new(scene, area, 96).title(title);
    let names = rows.iter().map(|row| text::width(&(words.name)(&row.source))).max().unwrap_or(0);
    let room = dialog.room();
    let line = |row: &SourceRow<'_>| {
        let told = told(scene, company, (row, &details.sources));
        let left = room.saturating_sub(names + 6);
        let (sign, whole) = (told.sign, told.whole());
        let said = if text::width(&whole) <= left { whole } else { text::cut(&told.text, left).into_owned() };
        let name = format!("{}   ", text::pad(&(words.name)(&row.source), names));
        Line::from(vec![Span::styled(format!(" {} ", sign.0), sign.1), Span::raw(name), Span::raw(said)])
    };
    dialog.rows(rows.iter().map(line).collect(), sources.cursor);
    let command = command(scene.model, (&sources.key, company, &sources.typed), row);
    let fields = fields(scene, company, row, command.as_deref());
    let labels = fields.iter().map(|(field, ..)| text::width((words.field)(*field))).max().unwrap_or(0);
    for (field, said, style) in fields {
        let lead = format!(" {}  ", text::pad((words.field)(field), labels));
        dialog.lead((&lead, theme.muted), &said, style);
    }
    let act = sources.act(scene.model, &row.source).map(|act| (scene.words.command)(act).label);
    dialog.keys((words.keys)(act, command.is_some())).render(frame);
}

/// What there is to tell of a source.
fn fields(
    scene: &Scene<'_>,
    company: &Company,
    row: &SourceRow<'_>,
    command: Option<&str>,
) -> Vec<(SourceField, String, Style)> {
    let (words, theme, plain) = (&scene.words.sources, scene.theme, Style::new());
    let mut all = vec![(SourceField::Gives, (words.gives)(&row.source).to_owned(), plain)];
    let unlinked = company.state == CompanyState::Unlinked;
    match row.standing {
        Standing::Connected(source) => {
            all.push((SourceField::State, (words.state)(&source.state).into_owned(), plain));
            connected(scene, source, &mut all);
            let renew = if source.expires_soon(scene.clock.now) { words.renew } else { "" };
            let remedy = source.reason.as_ref().map_or(renew, words.remedy);
            let remedy = if unlinked { words.disconnect } else { remedy };
            all.push((SourceField::Remedy, remedy.to_owned(), theme.strong));
        }
        Standing::Missing if is_interface(&row.source) && !unlinked => {
            all.push((SourceField::Remedy, (words.connect)(&row.source).to_owned(), plain));
        }
        _ => {}
    }
    all.extend(command.map(|command| (SourceField::Command, command.to_owned(), theme.key)));
    all.retain(|(_, said, _)| !said.is_empty());
    all
}

fn connected(scene: &Scene<'_>, source: &Source, all: &mut Vec<(SourceField, String, Style)>) {
    let (words, clock, theme, plain) = (&scene.words.sources, &scene.clock, scene.theme, Style::new());
    all.extend(source.detail.iter().map(|detail| (SourceField::Detail, detail.clone(), plain)));
    let read = source.last_success_time.map(|time| format!("{} ({})", clock.ago(time), clock.moment(time)));
    all.push((SourceField::Read, read.unwrap_or_else(|| words.never_read.to_owned()), plain));
    let next = match source.next_read_time {
        Some(due) if clock.now.duration_since(due) > LATE => (words.overdue)(&clock.ago(due)),
        Some(due) => clock.ahead(due),
        None => words.not_by_itself.to_owned(),
    };
    all.push((SourceField::Next, next, plain));
    let (expires, style) = match source.expire_time {
        None => (scene.words.company.unknown.to_owned(), theme.muted),
        Some(end) if end <= clock.now => ((words.expired)(&clock.day(end)), theme.danger),
        Some(end) if source.expires_soon(clock.now) => {
            (format!("{} ({})", clock.day(end), clock.ahead(end)), theme.waiting)
        }
        Some(end) => (clock.day(end), plain),
    };
    all.push((SourceField::Expires, expires, style));
    all.push((SourceField::Writes, (words.writes)(source.may_write).to_owned(), plain));
    all.extend(source.secret_place.iter().map(|place| (SourceField::Secret, (words.place)(place).to_owned(), plain)));
}
