//! An import: the file, its columns, what each row would change, and what became of it.
//!
//! ```text
//! ╭ Import clients.csv ─────────────────────────────────────╮
//! │ [All 63]  New 2  Changed 5  To decide 1  Rejected 1     │
//! │   +    2  Möwe KG             external ID 78            │
//! │ ▌ ~    3  Brightwater GmbH    Filled seats 40 → 42      │
//! │   ?    4  Acme Ltd            Acme Limited? 99 %        │
//! │ 7 rows will be taken over                               │
//! ╰─────────────────────────────────────────────────────────╯
//! ```

mod rows;

use crate::app::command::Command;
use crate::app::features::import::{CHOICES, ImportDialog, Kind, Stage, Unread};
use crate::domain::import::columns::Field;
use crate::domain::import::encoding::Encoding;
use crate::domain::import::proposal::Column;
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::{input, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Lines of the dialog that are no rows: frame, tabs, details, keys.
const AROUND: usize = 11;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, import: &ImportDialog) {
    let words = &scene.words.import;
    let mut dialog = DialogFrame::new(scene, area, 118).title(title(scene, import));
    let keys = match import.stage {
        Stage::File => file(scene, import, &mut dialog),
        Stage::Reading | Stage::Checking | Stage::Running => progress(scene, import, &mut dialog),
        Stage::Columns => columns(scene, import, &mut dialog),
        Stage::Preview => {
            dialog = dialog.height(area.height.saturating_sub(2));
            preview(scene, import, &mut dialog, usize::from(area.height));
            words.preview_keys.to_owned()
        }
        Stage::Stopped | Stage::Done => end(scene, import, &mut dialog),
    };
    dialog.keys(keys).render(frame);
}

fn title(scene: &Scene<'_>, import: &ImportDialog) -> String {
    let words = &scene.words.import;
    let what = (words.title)(if import.stage == Stage::File && !import.pasted { None } else { Some(&import.file) });
    let account = scene.model.accounts.get(&import.account).filter(|_| scene.model.accounts.several());
    account.map_or(what.clone(), |account| format!("{what} · {}", account.label))
}

fn file(scene: &Scene<'_>, import: &ImportDialog, dialog: &mut DialogFrame<'_>) -> String {
    let (words, theme) = (&scene.words.import, scene.theme);
    let room = dialog.room();
    if !import.pasted {
        dialog.text(words.prompt, theme.muted);
        dialog.input(input::visible(&import.line, room.saturating_sub(1)), true);
        dialog.blank();
    }
    match &import.unreadable {
        Some(Unread::NoFile(said)) => dialog.signed(("✖", theme.danger), said, Style::new()),
        Some(Unread::NoTable(why)) => dialog.signed(("✖", theme.danger), &(words.unreadable)(*why), Style::new()),
        None => dialog.text(words.paste_hint, theme.muted),
    }
    if import.pasted { words.end_keys.to_owned() } else { words.file_keys.to_owned() }
}

fn progress(scene: &Scene<'_>, import: &ImportDialog, dialog: &mut DialogFrame<'_>) -> String {
    let words = &scene.words.import;
    let (done, all) = (import.sent.min(import.queue.len()), import.queue.len());
    let said = match import.stage {
        Stage::Reading => words.reading.to_owned(),
        Stage::Checking => (words.checking)(&scene.words.number(done as u64), &scene.words.number(all as u64)),
        _ => (words.running)(&scene.words.number(done as u64), &scene.words.number(all as u64)),
    };
    dialog.sending(&said);
    if import.stage != Stage::Reading {
        let width = dialog.room().saturating_sub(2);
        let filled = (width * done).checked_div(all).unwrap_or(0).min(width);
        dialog.line(Line::from(vec![
            Span::raw(" "),
            Span::styled("▰".repeat(filled), scene.theme.accent),
            Span::styled("▱".repeat(width - filled), scene.theme.muted),
        ]));
    }
    if import.stopping {
        dialog.text(words.stopping, scene.theme.muted);
    }
    if import.stage == Stage::Running { words.running_keys.to_owned() } else { words.waiting_keys.to_owned() }
}

fn columns(scene: &Scene<'_>, import: &ImportDialog, dialog: &mut DialogFrame<'_>) -> String {
    let (words, theme) = (&scene.words.import, scene.theme);
    let Some(proposal) = &import.proposal else { return String::new() };
    dialog.text(words.columns_hint, theme.muted);
    let read = how_read(scene, import);
    if !read.is_empty() {
        dialog.text(&read, theme.muted);
    }
    dialog.blank();
    dialog.begin_scroll();
    let room = dialog.room();
    let asked: Vec<usize> = proposal.questions(&CHOICES).map(|(place, _)| place).collect();
    let row = |(place, column): (usize, &Column)| column_row(scene, column, place, asked.contains(&place), room);
    dialog.rows(proposal.columns.iter().enumerate().map(row).collect(), import.cursor);
    if let Some(error) = &import.error {
        dialog.failed(error);
    }
    if import.lacks_key() {
        dialog.signed(("!", theme.waiting), words.needs_key, theme.strong);
    } else if !asked.is_empty() {
        dialog.signed(("?", theme.waiting), words.unsure, Style::new());
    }
    words.columns_keys.to_owned()
}

/// For what the bytes were taken, where it is not what everybody writes, and what of it was not to be read.
fn how_read(scene: &Scene<'_>, import: &ImportDialog) -> String {
    let (words, Some(read)) = (&scene.words.import, &import.table) else { return String::new() };
    let encoding = (read.encoding != Encoding::Utf8).then(|| (words.encoding)(read.encoding.as_str()));
    let broken = (read.unreadable > 0).then(|| (words.broken)(read.unreadable as u64));
    [encoding, broken].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn column_row(scene: &Scene<'_>, column: &Column, place: usize, asked: bool, room: usize) -> Line<'static> {
    let (words, theme) = (&scene.words.import, scene.theme);
    let width = (room.saturating_sub(6)) / 3;
    let title = if column.title.is_empty() { (words.column)(place + 1) } else { column.title.clone() };
    let field = |field: Field| (words.field)(field).to_owned();
    let is = match (column.field, asked) {
        (Some(is), _) => Span::styled(field(is), theme.strong),
        (None, true) => {
            let may: Vec<String> =
                column.unsure.iter().filter(|it| CHOICES.contains(it)).map(|it| field(*it)).collect();
            Span::styled(format!("{}?", may.join("? ")), theme.waiting)
        }
        (None, false) => Span::styled(words.nothing.to_owned(), theme.muted),
    };
    let sign = if asked { " ? " } else { "   " };
    Line::from(vec![
        Span::styled(sign, theme.waiting),
        Span::raw(text::pad(&title, width)),
        Span::raw(" "),
        Span::styled(text::pad(&column.example, width), theme.muted),
        Span::raw(" "),
        is,
    ])
}

fn preview(scene: &Scene<'_>, import: &ImportDialog, dialog: &mut DialogFrame<'_>, height: usize) {
    let (words, theme) = (&scene.words.import, scene.theme);
    let room = dialog.room();
    dialog.line(tabs(scene, import, room));
    dialog.line(Line::styled(format!(" {}", text::cut(&how_read(scene, import), room)), theme.muted));
    let visible = import.visible();
    let list = height.saturating_sub(AROUND).max(1);
    let first = import.cursor.saturating_sub(list / 2).min(visible.len().saturating_sub(list));
    for (place, item) in visible.iter().enumerate().skip(first).take(list) {
        let Some(item) = import.items.get(*item) else { continue };
        let mut line = rows::line(scene, import, item, room);
        if place == import.cursor {
            line.style = theme.selected;
            line.spans.iter_mut().for_each(|span| span.style = span.style.patch(theme.selected));
        }
        dialog.line(line);
    }
    if visible.is_empty() {
        dialog.text(words.no_rows, theme.muted);
    }
    dialog.end_scroll();
    dialog.blank();
    let details = import.selected().map(|item| rows::details(scene, import, item)).unwrap_or_default();
    let lines = text::wrap(&details, room);
    for line in lines.iter().take(3) {
        dialog.line(format!(" {line}"));
    }
    for _ in lines.len().min(3)..3 {
        dialog.blank();
    }
    let accepted = import.accepted() as u64;
    let said = match accepted {
        0 if import.tells() => words.known_anew.to_owned(),
        0 => words.nothing_to_do.to_owned(),
        _ => (words.accepted)(accepted, &scene.words.number(accepted)),
    };
    dialog.line(Line::styled(format!(" {}", text::cut(&said, room)), theme.strong));
}

/// The kinds that there are, with their counts; the one that is shown in brackets.
fn tabs(scene: &Scene<'_>, import: &ImportDialog, room: usize) -> Line<'static> {
    let words = &scene.words.import;
    let count = |kind: Option<Kind>| {
        let of = |item: &&crate::app::features::import::Item| kind.is_none_or(|kind| item.kind == kind);
        import.items.iter().filter(of).count()
    };
    let mut line = Line::from(" ");
    for kind in std::iter::once(None).chain(Kind::ALL.map(Some)) {
        let many = count(kind);
        if many == 0 && kind.is_some() {
            continue;
        }
        let label = format!("{} {}", kind.map_or(words.all, words.kind), scene.words.number(many as u64));
        let chosen = kind == import.filter;
        let (label, style) =
            if chosen { (format!("[{label}]"), scene.theme.strong) } else { (label, scene.theme.muted) };
        line.push_span(Span::styled(label, style));
        line.push_span(Span::raw("  "));
    }
    crate::view::widgets::grid::cut(line, room)
}

fn end(scene: &Scene<'_>, import: &ImportDialog, dialog: &mut DialogFrame<'_>) -> String {
    let (words, theme) = (&scene.words.import, scene.theme);
    let n = |count: u32| scene.words.number(count.into());
    if let Some(error) = &import.error {
        dialog.failed(error);
        dialog.blank();
    }
    if import.stage == Stage::Stopped {
        let (done, all) = (import.sent.min(import.queue.len()) as u64, import.queue.len() as u64);
        let said = (words.stopped)(&scene.words.number(done), &scene.words.number(all));
        dialog.signed(("!", theme.waiting), &said, theme.strong);
    }
    let counts = import.counts;
    let rows = [
        (Kind::New, counts.new),
        (Kind::Changed, counts.changed),
        (Kind::Unchanged, counts.unchanged),
        (Kind::Ambiguous, counts.ambiguous),
        (Kind::Rejected, counts.rejected),
    ];
    for (kind, count) in rows.into_iter().filter(|(_, count)| *count > 0) {
        dialog.signed((rows::sign(kind), Style::new()), &format!("{} {}", (words.kind)(kind), n(count)), Style::new());
    }
    if let Some(run) = import.result.as_ref().filter(|run| run.not_in_file > 0) {
        dialog.blank();
        let names = run.not_in_file_names.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
        dialog.text(&(words.not_in_file)(run.not_in_file.into(), &n(run.not_in_file), &names), Style::new());
    }
    if counts.changes() > 0 {
        dialog.blank();
        dialog.text(&(words.undo_hint)(&scene.key(Command::Undo)), theme.muted);
    }
    match import.stage {
        Stage::Stopped => (words.stopped_keys)(&scene.key(Command::Refresh)),
        _ => words.end_keys.to_owned(),
    }
}
