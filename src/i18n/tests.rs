use super::*;

use crate::app::msg::Copied;
use crate::app::toast::Notification;
use crate::domain::error::{Cause, Error, FileFault, Operation, RetryAdvice};
use crate::domain::launch::{NotOpened, Opening};
use jiff::Timestamp;
use jiff::tz::TimeZone;

fn said(lang: Lang, says: &Notification) -> String {
    (of(lang).notification)(says, &Clock { lang, now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC })
}

#[test]
fn an_unknown_outcome_is_not_said_to_be_done() {
    let company = || "Alpen".to_owned();
    let copied = |program: Option<&str>, tmux, terminal| Notification::Copied {
        text: company(),
        how: Copied { program: program.map(ToOwned::to_owned), tmux, terminal },
    };
    for lang in Lang::ALL {
        for unknown in [
            Notification::Launched { company: company(), opening: Opening::Sent },
            Notification::PageOpened(Opening::Sent),
            copied(None, false, true),
        ] {
            let said = said(lang, &unknown);
            for done in ["pened", "opied ", "geöffnet", "kopiert"] {
                assert!(!said.contains(done), "{said}");
            }
        }
        for (how, names) in [
            (copied(Some("xclip"), false, false), &["xclip"][..]),
            (copied(Some("xclip"), true, true), &["xclip", "tmux"]),
            (copied(None, true, true), &["tmux", "erminal"]),
            (copied(None, true, false), &["tmux"]),
            (copied(None, false, true), &["erminal"]),
        ] {
            let said = said(lang, &how);
            assert!(names.iter().all(|name| said.contains(name)) && said.contains("Alpen"), "{said}");
            let Notification::Copied { how, .. } = how else { continue };
            let here = (of(lang).launch.copied)(&how);
            assert!(names.iter().all(|name| here.contains(name)), "{here}");
            assert!(here.starts_with(char::is_lowercase) && !here.starts_with("ist"), "{here}");
        }
    }
}

#[test]
fn a_file_or_a_browser_that_failed_is_named_with_the_reason_and_the_way_on() {
    let file = |fault| (Operation::Export, Cause::not_written("/x/a.csv", fault), "/x/a.csv");
    let browser = |why| (Operation::OpenBrowser, Cause::BrowserFailed(vec![("xdg-open".into(), why)]), "xdg-open");
    for lang in Lang::ALL {
        let mut all = Vec::new();
        for (what, cause, name) in [
            file(FileFault::Exists),
            file(FileFault::NoFolder),
            file(FileFault::NotAFile),
            file(FileFault::NotAllowed),
            file(FileFault::ReadOnly),
            file(FileFault::Full),
            file(FileFault::Other("odd".into())),
            browser(NotOpened::Missing),
            browser(NotOpened::TakesTerminal),
            browser(NotOpened::Code(3)),
            browser(NotOpened::Signal(9)),
            browser(NotOpened::NotStarted("odd".into())),
        ] {
            let told = of(lang).describe(&Error::new(what, cause, RetryAdvice::Now));
            assert!(told.cause.contains(name) && told.hint.len() > 10, "{told:?}");
            all.push(told.cause);
        }
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 12, "each reason is one of its own");
    }
}
