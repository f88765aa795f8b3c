//! The stack of dialogs and menus: the top one has the keys, Esc closes exactly one. It has one owner: what is opened,
//! found or closed goes through [`Overlays`].

use crate::app::dialog::Dialog;
use crate::app::features::accounts::AccountMenu;
use crate::app::features::activity::ActivityMenu;
use crate::app::features::attention::SnoozeMenu;
use crate::app::features::bulk::Bulk;
use crate::app::features::companies::choose_columns::ColumnMenu;
use crate::app::features::companies::filter::FilterMenu;
use crate::app::features::companies::sort::SortMenu;
use crate::app::features::companies::views::ViewMenu;
use crate::app::features::copy::CopyMenu;
use crate::app::features::declare::DeclareDialog;
use crate::app::features::errors::Failures;
use crate::app::features::export::ExportDialog;
use crate::app::features::form::{Added, CompanyForm, KindMenu};
use crate::app::features::help::Help;
use crate::app::features::import::ImportDialog;
use crate::app::features::launch::LaunchDialog;
use crate::app::features::links::{AcceptDialog, CancelDialog, PageDialog};
use crate::app::features::palette::Palette;
use crate::app::features::people::Confirm;
use crate::app::features::people::menu::PersonMenu;
use crate::app::features::quit::QuitDialog;
use crate::app::features::setup::{NoteDialog, StepMenu};
use crate::app::features::sources::SourcesDialog;
use crate::app::features::tags::TagsDialog;
use crate::app::features::tasks::TaskPanel;
use crate::app::features::technicians::TechniciansDialog;
use crate::app::features::themes::ThemeMenu;
use crate::app::features::tour::Tour;
use crate::app::features::unlink::UnlinkDialog;
use crate::app::features::usage::UsageMenu;

/// A kind of dialog, to find one of it in the stack.
pub trait Layer: Sized {
    fn of(overlay: &Overlay) -> Option<&Self>;
    fn of_mut(overlay: &mut Overlay) -> Option<&mut Self>;
}

/// Makes the enum of all dialogs; each is a [`Dialog`] of its feature.
macro_rules! overlays {
    ($($name:ident($dialog:ty)),* $(,)?) => {
        /// One layer.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Overlay { $($name(Box<$dialog>)),* }

        impl Overlay {
            pub fn dialog(&self) -> &dyn Dialog {
                match self { $(Self::$name(dialog) => &**dialog),* }
            }

            pub fn dialog_mut(&mut self) -> &mut dyn Dialog {
                match self { $(Self::$name(dialog) => &mut **dialog),* }
            }
        }

        $(
            impl From<$dialog> for Overlay {
                fn from(dialog: $dialog) -> Self {
                    Self::$name(Box::new(dialog))
                }
            }

            impl Layer for $dialog {
                fn of(overlay: &Overlay) -> Option<&Self> {
                    match overlay { Overlay::$name(dialog) => Some(dialog), _ => None }
                }

                fn of_mut(overlay: &mut Overlay) -> Option<&mut Self> {
                    match overlay { Overlay::$name(dialog) => Some(dialog), _ => None }
                }
            }
        )*
    };
}

overlays! {
    Help(Help),
    Palette(Palette),
    Sort(SortMenu),
    Filter(FilterMenu),
    Views(ViewMenu),
    Columns(ColumnMenu),
    Accounts(AccountMenu),
    Launch(LaunchDialog),
    Unlink(UnlinkDialog),
    Note(NoteDialog),
    NewCompany(KindMenu),
    Form(CompanyForm),
    Declare(DeclareDialog),
    Added(Added),
    AcceptLink(AcceptDialog),
    CancelLink(CancelDialog),
    Copy(CopyMenu),
    Page(PageDialog),
    Confirm(Confirm),
    Person(PersonMenu),
    Usage(UsageMenu),
    Activity(ActivityMenu),
    Bulk(Bulk),
    Export(ExportDialog),
    Import(ImportDialog),
    Tags(TagsDialog),
    Snooze(SnoozeMenu),
    Sources(SourcesDialog),
    Step(StepMenu),
    Task(TaskPanel),
    Technicians(TechniciansDialog),
    Theme(ThemeMenu),
    Errors(Failures),
    Tour(Tour),
    Quit(QuitDialog),
}

/// The stack, the top one last.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overlays(Vec<Overlay>);

impl Overlays {
    pub fn open(&mut self, overlay: impl Into<Overlay>) {
        self.0.push(overlay.into());
    }

    /// Takes the top one off.
    pub fn pop(&mut self) -> Option<Overlay> {
        self.0.pop()
    }

    /// The top one.
    pub fn last(&self) -> Option<&Overlay> {
        self.0.last()
    }

    pub(super) fn top_mut(&mut self) -> Option<&mut Overlay> {
        self.0.last_mut()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// From the bottom up.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Overlay> {
        self.0.iter()
    }

    /// The topmost dialog of a kind that this is true of, wherever it is in the stack.
    pub fn find<T: Layer>(&self, is: impl Fn(&T) -> bool) -> Option<&T> {
        self.0.iter().rev().find_map(|overlay| T::of(overlay).filter(|dialog| is(dialog)))
    }

    /// The same, to be changed.
    pub fn find_mut<T: Layer>(&mut self, is: impl Fn(&T) -> bool) -> Option<&mut T> {
        self.0.iter_mut().rev().find_map(|overlay| T::of_mut(overlay).filter(|dialog| is(dialog)))
    }

    /// Closes every dialog of a kind that this is true of.
    pub fn close<T: Layer>(&mut self, is: impl Fn(&T) -> bool) {
        self.0.retain(|overlay| !T::of(overlay).is_some_and(&is));
    }

    /// Takes the topmost that this is true of out of the stack, with its place.
    pub(super) fn take(&mut self, is: impl Fn(&Overlay) -> bool) -> Option<(usize, Overlay)> {
        let at = self.0.iter().rposition(is)?;
        Some((at, self.0.remove(at)))
    }

    pub(super) fn put_back(&mut self, at: usize, overlay: Overlay) {
        self.0.insert(at.min(self.0.len()), overlay);
    }
}
