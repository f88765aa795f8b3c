//! The panel of a task: the steps in the web console, and the texts that they ask for.
//!
//! ```text
//! ┏ Unlink · Brightwater GmbH ───────────────────────────────────┓
//! ┃ ○ open · begun 2 min ago by Mira Okafor (22 Nov 14:30)       ┃
//! ┃ In the web console of 1Password:                             ┃
//! ┃   1  Sign in to your MSP account                             ┃
//! ┃   2  Select “Managed Companies” in the sidebar               ┃
//! ┃   3  Find the company by its name                            ┃
//! ┃    ▸ Name: Brightwater GmbH                                  ┃
//! ┃                                                              ┃
//! ┃ ✔ Name: copied with wl-copy                                  ┃
//! ┃ c copy Name · o open sign-in · v verify · d done · Esc later ┃
//! ┗──────────────────────────────────────────────────────────────┛
//! ```

use crate::app::features::tasks::{Said, TaskMode, TaskPanel, TaskText};
use crate::domain::facts::FactSource;
use crate::domain::moment;
use crate::domain::task::{TaskKind, TaskState, Verification};
use crate::view::Scene;
use crate::view::features::tasks::{history, sign};
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::{input, text};
use jiff::SignedDuration;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// How long an account that was unlinked works on (support page *manage companies*).
const TRIAL: SignedDuration = SignedDuration::from_hours(14 * 24);

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, panel: &TaskPanel) {
    let unlink = panel.kind() == TaskKind::Unlink;
    let border = if unlink { scene.theme.danger } else { scene.theme.accent };
    let mut out = DialogFrame::new(scene, area, 84).border(border);
    let room = out.room();
    let keys = match panel.mode {
        _ if panel.submission.sending() => vec![scene.words.tasks.sending_keys.to_owned()],
        TaskMode::Ask => vec![(scene.words.tasks.ask_keys)(panel.kinds.len() > 1).to_owned()],
        TaskMode::Begin => vec![scene.words.tasks.begin_keys.to_owned()],
        TaskMode::Steps => keys(scene, panel, room),
        TaskMode::Name => vec![scene.words.tasks.name_keys.to_owned()],
        TaskMode::When => vec![scene.words.tasks.when_keys.to_owned()],
        TaskMode::Cancel => vec![scene.words.tasks.cancel_keys.to_owned()],
    };
    match panel.mode {
        TaskMode::Ask => ask(scene, &mut out, panel),
        TaskMode::Begin => {
            if panel.submission.error().is_none() && !panel.submission.sending() {
                out.text(scene.words.tasks.begin_hint, Style::new());
            }
            out.end_scroll();
        }
        _ => steps(scene, &mut out, panel),
    }
    foot(scene, &mut out, panel);
    let (last, above) = keys.split_last().map_or((String::new(), &[][..]), |(last, above)| (last.clone(), above));
    for line in above {
        out.line(Line::styled(format!(" {line}"), scene.theme.muted));
    }
    out.title(title(scene, panel, room)).arrows(scene.theme.accent, 2).keys(last).render(frame);
}

fn title(scene: &Scene<'_>, panel: &TaskPanel, room: usize) -> String {
    let words = &scene.words.tasks;
    let kind = (words.kind)(&panel.kind()).into_owned();
    let left = room.saturating_sub(text::width(&kind) + 3);
    let name = panel.name.clone().or_else(|| panel.task.as_ref().and_then(|task| task.name().map(str::to_owned)));
    let company = match (&panel.company, name) {
        (Some(key), name) => {
            scene.identified(key, (name.as_deref().unwrap_or_default(), panel.distinction.as_deref()), left)
        }
        (None, Some(name)) => name,
        (None, None) => {
            scene.model.accounts.session(&panel.profile).map_or_else(String::new, |it| it.account.name.clone())
        }
    };
    format!("{kind} · {company}")
}

/// Which of the kinds, and about whom.
fn ask(scene: &Scene<'_>, out: &mut DialogFrame<'_>, panel: &TaskPanel) {
    let words = &scene.words.tasks;
    out.text(words.ask_hint, scene.theme.muted);
    out.blank();
    out.end_scroll();
    if panel.kinds.len() > 1 {
        let mut line = vec![Span::raw(" ")];
        for (at, kind) in panel.kinds.iter().enumerate() {
            let here = at == panel.chosen;
            let style = if here { scene.theme.button } else { scene.theme.muted };
            let mark = if here { "▸" } else { " " };
            line.push(Span::styled(format!("{mark} {} ", (words.kind)(kind)), style));
            line.push(Span::raw(" "));
        }
        out.line(line);
    }
    out.line(Line::styled(format!(" {}", (words.about)(&panel.kind())), scene.theme.strong));
    let room = out.room().saturating_sub(1);
    out.input(input::visible(&panel.line, room), !panel.submission.sending());
}

/// How it stands, and what is to be done.
fn steps(scene: &Scene<'_>, out: &mut DialogFrame<'_>, panel: &TaskPanel) {
    let words = &scene.words.tasks;
    let Some(task) = &panel.task else { return };
    let (glyph, style) = sign(scene, &task.state);
    let mut stands = history(scene, task);
    if task.state.open() {
        stands.insert(0, (words.state)(&task.state).into_owned());
    }
    out.signed((glyph, style), &stands.join(" · "), Style::new());
    if let Some(subject) = task.subject.as_ref().filter(|_| !task.kind.brings_company()) {
        out.text(&format!("{}: {subject}", (words.about)(&task.kind)), scene.theme.strong);
    }
    if let Some(note) = &task.note {
        out.text(note, scene.theme.muted);
    }
    out.begin_scroll();
    let steps = task.kind.steps();
    let heading = if steps.is_empty() { words.no_steps } else { words.steps };
    out.text(heading, scene.theme.muted.patch(scene.theme.strong));
    let texts = panel.texts(scene.model);
    let next = panel.next % texts.len().max(1);
    let mut marked = None;
    for (at, step) in steps.into_iter().enumerate() {
        out.lead((&format!("  {:>2}  ", at + 1), scene.theme.muted), (words.step)(step), Style::new());
        for (place, (_, what, value)) in texts.iter().enumerate().filter(|(_, (of, ..))| *of == at) {
            let here = place == next && task.state.open();
            if here {
                marked = Some(out.lines().len());
            }
            let lead = if here { ("    ▸ ", scene.theme.accent) } else { ("      ", Style::new()) };
            let style = if here { scene.theme.strong } else { scene.theme.muted };
            out.lead(lead, &format!("{}: {value}", label(scene, &task.kind, *what)), style);
        }
    }
    // The text that comes next stays in sight, unless somebody reads elsewhere.
    match marked.filter(|_| panel.scroll == 0) {
        Some(line) => out.keep_in_sight(line.saturating_sub(2)..line + 1),
        None => out.scroll_from(panel.scroll),
    }
    out.end_scroll();
    out.blank();
}

fn label(scene: &Scene<'_>, kind: &TaskKind, what: TaskText) -> &'static str {
    use crate::domain::task::Text;
    let words = &scene.words.tasks;
    match what {
        TaskText::SignIn => words.sign_in,
        TaskText::Country => words.country,
        TaskText::Of(Text::Subject) => (words.about)(kind),
        TaskText::Of(what) => (words.text)(what),
    }
}

/// What is asked, and what came of the last key.
fn foot(scene: &Scene<'_>, out: &mut DialogFrame<'_>, panel: &TaskPanel) {
    let words = &scene.words.tasks;
    if let Some(problem) = panel.problem {
        out.signed(("✘", scene.theme.danger), (words.problem)(problem), Style::new());
    }
    match panel.mode {
        TaskMode::Name => name(scene, out, panel),
        TaskMode::When => when(scene, out, panel),
        TaskMode::Cancel => out.text(words.cancel_text, scene.theme.strong),
        _ => {}
    }
    if let Some(error) = panel.submission.error() {
        out.failed(error);
    }
    if let Some(act) = panel.submission.sent().filter(|_| panel.submission.sending()) {
        return out.sending((words.doing)(act));
    }
    match panel.mode {
        TaskMode::Ask if panel.submission.asking() => {
            out.signed(("!", scene.theme.waiting), words.asking, scene.theme.strong);
        }
        TaskMode::Cancel => out.buttons([(words.keep, !panel.go, true), (words.cancel, panel.go, true)]),
        TaskMode::Steps => said(scene, out, panel),
        _ => {}
    }
}

fn said(scene: &Scene<'_>, out: &mut DialogFrame<'_>, panel: &TaskPanel) {
    let (words, theme) = (&scene.words.tasks, scene.theme);
    let state = panel.task.as_ref().map(|task| &task.state);
    match &panel.said {
        None if panel.reading.is_some() && state.is_none() => {
            out.text(&scene.loading(words.reading, panel.reading), theme.muted);
        }
        None if state == Some(&TaskState::Waiting) => out.text(words.waits, theme.muted),
        None if panel.is_open() => out.text(words.hint, theme.muted),
        None => {}
        Some(Said::Copied(what, how)) => {
            let sign = if how.certain() { ("✔", theme.good) } else { ("→", theme.accent) };
            let what = label(scene, &panel.kind(), *what);
            out.signed(sign, &format!("{what}: {}", (scene.words.launch.copied)(how)), Style::new());
        }
        Some(Said::Found(found)) => {
            let (sign, style) = sign_of(scene, found);
            out.signed((sign, style), &outcome(scene, found), theme.strong);
        }
        Some(Said::Opened(opening)) => {
            let host = scene.model.sign_in_page(&panel.profile).unwrap_or_default();
            out.signed(("→", theme.accent), &format!("{}: {host}", (words.opened)(*opening)), Style::new());
        }
        Some(Said::Failed(error)) => out.failed(error),
        Some(Said::NoBrowser) => out.signed(("!", theme.waiting), words.no_browser, Style::new()),
        Some(Said::NoAddress) => out.signed(("!", theme.waiting), words.no_address, Style::new()),
        Some(Said::NothingToCopy) => out.signed(("!", theme.waiting), words.nothing_to_copy, Style::new()),
    }
}

fn sign_of(scene: &Scene<'_>, found: &Verification) -> (&'static str, Style) {
    use crate::domain::task::Outcome;
    match found.outcome {
        Outcome::Verified => ("✔", scene.theme.good),
        Outcome::NotDone => ("✘", scene.theme.waiting),
        Outcome::CannotTell | Outcome::Other(_) => ("?", scene.theme.muted),
    }
}

fn outcome(scene: &Scene<'_>, found: &Verification) -> String {
    let ago = found.as_of.map(|time| scene.clock.ago(time)).unwrap_or_default();
    let source = found.source.as_deref().map(FactSource::from);
    let fact = source.map(|source| (scene.words.company.fact)(&source, &ago, None));
    (scene.words.tasks.outcome)(&found.outcome, fact.as_deref().map(str::trim))
}

/// The company's name, before its unlink is declared.
fn name(scene: &Scene<'_>, out: &mut DialogFrame<'_>, panel: &TaskPanel) {
    let words = &scene.words.unlink;
    out.text(&(words.type_name)(&panel.company_name(scene.model)), scene.theme.strong);
    let room = out.room().saturating_sub(1);
    out.input(input::visible(&panel.line, room), true);
    match (panel.line.text().is_empty(), panel.names_company(scene.model)) {
        (true, _) => out.blank(),
        (_, true) => out.text(words.matches, scene.theme.strong),
        (_, false) => out.text(words.does_not_match, scene.theme.muted),
    }
}

/// When it was done, and what follows from that.
fn when(scene: &Scene<'_>, out: &mut DialogFrame<'_>, panel: &TaskPanel) {
    let words = &scene.words.tasks;
    out.text(words.when, scene.theme.strong);
    let room = out.room().saturating_sub(1);
    out.input(input::visible(&panel.line, room), !panel.submission.sending());
    out.text(words.when_hint, scene.theme.muted);
    let typed = moment::past(panel.line.text(), scene.model.now, &scene.model.options.zone);
    if panel.kind() == TaskKind::Unlink
        && let Ok(typed) = typed
        && let Ok(end) = typed.unwrap_or(scene.model.now).checked_add(TRIAL)
    {
        let trial = (scene.words.unlink.trial_would_end)(&scene.clock.day(end));
        out.signed(("!", scene.theme.waiting), &trial, Style::new());
    }
    if let Some(who) = scene.model.accounts.session(&panel.profile) {
        out.text(&(words.declared_by)(&who.technician.display_name), scene.theme.muted);
    }
}

/// What can be done now, on as many lines as it takes.
fn keys(scene: &Scene<'_>, panel: &TaskPanel, room: usize) -> Vec<String> {
    let words = &scene.words.tasks;
    let Some(task) = &panel.task else { return vec![(words.key_esc)(false).to_owned()] };
    let (open, declared) = (task.state.open(), task.state == TaskState::Declared);
    let texts = panel.texts(scene.model);
    let next = texts.get(panel.next % texts.len().max(1)).map(|(_, what, _)| label(scene, &task.kind, *what));
    let parts = [
        next.filter(|_| open).map(|next| (words.key_copy)(Some(next))),
        open.then(|| words.key_open.to_owned()),
        (open || declared).then(|| words.key_verify.to_owned()),
        open.then(|| words.key_done.to_owned()),
        (task.state == TaskState::Open && task.kind.can_wait()).then(|| words.key_wait.to_owned()),
        open.then(|| words.key_cancel.to_owned()),
        Some((words.key_esc)(open).to_owned()),
    ];
    let mut lines: Vec<String> = Vec::new();
    for part in parts.into_iter().flatten() {
        match lines.last_mut() {
            Some(line) if text::width(line) + text::width(&part) + 3 <= room => *line = format!("{line} · {part}"),
            _ => lines.push(part),
        }
    }
    lines
}
