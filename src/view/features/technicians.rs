//! The MSP's own technicians, for its owners.
//!
//! ```text
//! ╭ Technicians · Harbour IT ──────────────────────────────────────╮
//! │ Name             Role           Access         Last sign-in    │
//! │ Ida Harms        Owner          active         2 h ago         │
//! │ Mira Okafor      View only      not enrolled   never           │
//! │                                                                │
//! │ mira.okafor@harbour.example · A code is open until 12:10.      │
//! │ ↵ actions · + add · Esc close                                  │
//! ╰────────────────────────────────────────────────────────────────╯
//! ```

use crate::app::command::Command;
use crate::app::features::technicians::{Act, AddField, AddForm, Mode, TechniciansDialog};
use crate::domain::technician::{Enrolment, Role, Technician, TechnicianState};
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::{input, menu, status, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

const WIDEST: u16 = 96;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, dialog: &TechniciansDialog) {
    match &dialog.mode {
        Mode::List => list(scene, frame, area, dialog),
        Mode::Add(form) => add(scene, frame, area, dialog, form),
        Mode::Actions(menu) => actions(scene, frame, area, dialog, menu.cursor),
        Mode::Role(menu) => roles(scene, frame, area, dialog, menu.cursor),
        Mode::Confirm { act, go } => confirm(scene, frame, area, dialog, (*act, *go)),
        Mode::Code(enrolment) => code(scene, frame, area, enrolment),
    }
}

fn list(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, dialog: &TechniciansDialog) {
    let words = &scene.words.technicians;
    let mut out = DialogFrame::new(scene, area, WIDEST).title((words.title)(&dialog.account)).keys(words.keys);
    let room = out.inner_width();
    let team = dialog.list.value().map_or(&[][..], Vec::as_slice);
    let state = status::of_one(scene, &dialog.list, words.loading, room);
    out.lines().extend(state);
    if !team.is_empty() {
        let heads = [words.name, words.role_of, words.state_of, words.sign_in].map(str::to_owned);
        let cells: Vec<[String; 4]> = team.iter().map(|technician| cells(scene, technician)).collect();
        let widths = widths(cells.iter().chain([&heads]), room);
        out.line(Line::styled(columns(&heads, widths), scene.theme.muted));
        out.begin_scroll();
        let rows = team.iter().zip(&cells).map(|(technician, cells)| {
            let revoked = technician.state == TechnicianState::Revoked;
            Line::styled(columns(cells, widths), if revoked { scene.theme.muted } else { Style::new() })
        });
        out.rows(rows.collect(), dialog.row().unwrap_or(0));
        out.end_scroll();
        if let Some(technician) = dialog.technician() {
            let open = technician.enrolment_expire_time.filter(|until| *until > scene.clock.now);
            let open = open.map(|until| format!(" · {}", (words.open_code)(&scene.clock.moment(until))));
            let about = format!(" {}{}", technician.email, open.unwrap_or_default());
            out.line(Line::styled(text::cut(&about, room).into_owned(), scene.theme.muted));
        }
    }
    out.render(frame);
}

/// Name, role, access and last sign-in.
fn cells(scene: &Scene<'_>, technician: &Technician) -> [String; 4] {
    let words = &scene.words.technicians;
    [
        technician.display_name.clone(),
        (words.role)(&technician.role).into_owned(),
        (words.state)(&technician.state).into_owned(),
        technician.sign_in_time.map_or_else(|| words.never.to_owned(), |moment| scene.clock.ago(moment)),
    ]
}

/// As wide as the widest cell; the name gets what is left.
fn widths<'a>(cells: impl Iterator<Item = &'a [String; 4]>, room: usize) -> [usize; 4] {
    let mut widest = [0; 4];
    for cells in cells {
        for (most, cell) in widest.iter_mut().zip(cells) {
            *most = text::width(cell).max(*most);
        }
    }
    let [_, role, state, time] = widest.map(|width| width + 2);
    [room.saturating_sub(1 + role + state + time).max(8), role, state, time]
}

fn columns(cells: &[String; 4], widths: [usize; 4]) -> String {
    // With a blank between, where one is cut.
    let fit = |(cell, width): (&String, usize)| text::pad(&text::cut(cell, width.saturating_sub(1)), width);
    format!(" {}", cells.iter().zip(widths).map(fit).collect::<String>())
}

fn add(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, dialog: &TechniciansDialog, form: &AddForm) {
    let words = &scene.words.technicians;
    let mut out = DialogFrame::new(scene, area, 76).title(words.add_title).keys(words.add_keys);
    let room = out.room();
    out.text(words.add_hint, scene.theme.muted);
    out.blank();
    let sending = dialog.submission.sending();
    let fields = [(AddField::Name, words.name, &form.name), (AddField::Email, words.email, &form.email)];
    for ((field, label, line), problem) in fields.into_iter().zip(&form.problems) {
        let here = form.at == field;
        out.line(Line::styled(format!(" {label}"), if here { scene.theme.strong } else { scene.theme.muted }));
        out.input(input::visible(line, room.saturating_sub(1)), here && !sending);
        if let Some(problem) = problem {
            out.signed(("✘", scene.theme.danger), &(scene.words.form.problem)(problem), Style::new());
        }
    }
    choice(&mut out, scene, form);
    out.blank();
    sent(&mut out, dialog, scene);
    if dialog.submission.asking() {
        out.signed(("!", scene.theme.waiting), words.asking, scene.theme.strong);
    }
    out.render(frame);
}

fn choice(out: &mut DialogFrame<'_>, scene: &Scene<'_>, form: &AddForm) {
    let words = &scene.words.technicians;
    let here = form.at == AddField::Role;
    out.line(Line::styled(format!(" {}", words.role_of), if here { scene.theme.strong } else { scene.theme.muted }));
    let mut line = vec![Span::raw(" ")];
    for (place, role) in Role::GIVEN.iter().enumerate() {
        let style = match (place == form.role, here) {
            (true, true) => scene.theme.button,
            (true, false) => scene.theme.strong,
            (false, _) => scene.theme.muted,
        };
        line.push(Span::styled(format!(" {} ", (words.role)(role)), style));
        line.push(Span::raw(" "));
    }
    out.line(line);
}

fn sent(out: &mut DialogFrame<'_>, dialog: &TechniciansDialog, scene: &Scene<'_>) {
    if let Some(error) = dialog.submission.error() {
        out.failed(error);
    }
    if dialog.submission.sending() {
        out.sending(scene.words.technicians.saving);
    }
}

/// Whom it is about.
fn called(dialog: &TechniciansDialog) -> &str {
    dialog.technician().map_or("", |technician| technician.display_name.as_str())
}

fn actions(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, dialog: &TechniciansDialog, cursor: usize) {
    let words = &scene.words.technicians;
    let mut out = menu::about(scene, area, called(dialog).to_owned());
    let room = out.inner_width().saturating_sub(6);
    let labels = [words.change_role].into_iter().chain(Act::ALL.map(words.go));
    let rows: Vec<_> = (1..).zip(labels).map(|(number, label)| menu::numbered(number, label, room)).collect();
    let keys = (words.menu_keys)(rows.len());
    out.rows(rows, cursor);
    out.keys(keys).render(frame);
}

fn roles(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, dialog: &TechniciansDialog, cursor: usize) {
    let words = &scene.words.technicians;
    let mut out = menu::about(scene, area, (words.role_title)(called(dialog)));
    let room = out.inner_width().saturating_sub(6);
    let row = |(number, role)| menu::numbered(number, &(words.role)(role), room);
    out.rows((1..).zip(&Role::GIVEN).map(row).collect(), cursor);
    sent(&mut out, dialog, scene);
    out.keys((words.menu_keys)(Role::GIVEN.len())).render(frame);
}

fn confirm(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, dialog: &TechniciansDialog, (act, go): (Act, bool)) {
    let words = &scene.words.technicians;
    let border = if act == Act::Enrol { scene.theme.accent } else { scene.theme.danger };
    let mut out = DialogFrame::new(scene, area, 72).title((words.confirm_title)(act, called(dialog))).border(border);
    out.text((words.confirm)(act), Style::new());
    out.blank();
    sent(&mut out, dialog, scene);
    out.buttons([(words.cancel, !go, true), ((words.go)(act), go, true)]);
    out.scroll_to_end();
    out.keys(words.confirm_keys).render(frame);
}

fn code(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, enrolment: &Enrolment) {
    let words = &scene.words.technicians;
    let title = (words.code_title)(&enrolment.technician.display_name);
    let mut out = DialogFrame::new(scene, area, 72).title(title);
    match &enrolment.code {
        Some(code) => {
            out.line(Line::styled(format!(" {}", code.reveal()), scene.theme.strong));
            out.blank();
            out.text(words.code_hint, Style::new());
            out.text("mspdash login --server URL --enrol", scene.theme.accent);
            if let Some(until) = enrolment.expire_time {
                out.text(&(words.code_until)(&scene.clock.moment(until)), scene.theme.muted);
            }
        }
        None => out.text(words.no_code, Style::new()),
    }
    out.blank();
    out.keys((words.code_keys)(&scene.key(Command::Copy))).render(frame);
}
