//! The form for a new technician.

use crate::app::ctx::Ctx;
use crate::app::dialog::Outcome;
use crate::app::features::technicians::{AddField, AddForm, Mode, Sent, TechniciansDialog};
use crate::app::key::{Code, Key};
use crate::domain::field;
use crate::domain::technician::{self, NewTechnician, Role};

impl TechniciansDialog {
    pub(super) fn add_key(&mut self, key: Key, ctx: &mut Ctx<'_>) {
        let Mode::Add(form) = &mut self.mode else { return };
        match key.code {
            Code::Esc => {
                let changed = !form.name.text().is_empty() || !form.email.text().is_empty();
                if let Outcome::Close = self.submission.esc(changed) {
                    self.back();
                }
            }
            Code::Enter => self.add(ctx),
            _ => {
                self.submission.keep_editing();
                form.key(key);
            }
        }
    }

    fn add(&mut self, ctx: &mut Ctx<'_>) {
        let Mode::Add(form) = &mut self.mode else { return };
        let (name, email) = (field::name(form.name.text()), technician::email(form.email.text()));
        form.problems = [name.as_ref().err().cloned(), email.as_ref().err().cloned()];
        match (name, email) {
            (Ok(display_name), Ok(email)) => {
                let role = Role::GIVEN.get(form.role).cloned().unwrap_or(Role::ViewOnly);
                self.send(Sent::Add(NewTechnician { display_name, email, role }), ctx);
            }
            (Err(_), _) => form.at = AddField::Name,
            (_, Err(_)) => form.at = AddField::Email,
        }
    }
}

impl AddForm {
    fn key(&mut self, key: Key) {
        let place = AddField::ALL.iter().position(|field| *field == self.at).unwrap_or(0);
        let step = match key.code {
            Code::Tab | Code::Down => 1,
            Code::BackTab | Code::Up => AddField::ALL.len() - 1,
            _ => 0,
        };
        if step > 0 {
            self.at = AddField::ALL.get((place + step) % AddField::ALL.len()).copied().unwrap_or(AddField::Name);
            return;
        }
        match self.at {
            AddField::Name => {
                if self.name.key(key) {
                    self.problems[0] = None;
                }
            }
            AddField::Email => {
                if self.email.key(key) {
                    self.problems[1] = None;
                }
            }
            AddField::Role => {
                let of = Role::GIVEN.len();
                match key.code {
                    Code::Right | Code::Char(' ' | 'l') => self.role = (self.role + 1) % of,
                    Code::Left | Code::Char('h') => self.role = (self.role + of - 1) % of,
                    _ => {}
                }
            }
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        match self.at {
            AddField::Name => self.name.paste(text),
            AddField::Email => self.email.paste(text.trim()),
            AddField::Role => {}
        }
    }
}
