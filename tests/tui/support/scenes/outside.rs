//! What goes out of the program: to a browser, a clipboard, a file.

use super::{Scene, act, error, list, many, open, scene, toasts};
use crate::support::app_driver::AppDriver;
use crate::support::fixtures;
use mspdash::app::effect::Effect;
use mspdash::app::features::links::PageDialog;
use mspdash::app::msg::{Copied, Reply, Size};
use mspdash::app::toast::Notification;
use mspdash::domain::error::{Cause, Error, FileFault, Operation};
use mspdash::domain::lang::Lang;
use mspdash::domain::launch::{NotOpened, Opening};
use std::path::PathBuf;

pub const ALL: &[Scene] = &[
    scene("launch_failed", failed).main().about("Brightwater").covered(),
    scene("launch_failed_copied", |lang, size| {
        act(failed(lang, size), |it| {
            it.keys("y");
            let to = it.waiting(|effect| matches!(effect, Effect::Copy { .. }));
            it.reply(to, Reply::Copied(Ok(Copied { terminal: true, ..Copied::default() })));
        })
    })
    .covered(),
    scene("link_page_failed", |lang, size| {
        let mut driver = list(lang, size, many());
        let page = PageDialog {
            company: Some("Brightwater GmbH".into()),
            uri: "http://127.0.0.1:4815/owner/links/L1".into(),
            error: Some(Box::new(no_browser())),
        };
        driver.model.overlays.open(page);
        driver
    })
    .covered(),
    scene("toasts_sent", |lang, size| {
        let text = || "https://brightwater.example".to_owned();
        let told = vec![
            Notification::Launched { company: "Brightwater GmbH".into(), opening: Opening::Sent },
            Notification::Copied { text: text(), how: Copied { program: Some("wl-copy".into()), ..Copied::default() } },
            Notification::Copied { text: text(), how: Copied { program: None, tmux: true, terminal: true } },
        ];
        toasts(lang, size, told)
    }),
    scene("export", export).main().covered(),
    scene("export_exists", |lang, size| export_failed(lang, size, FileFault::Exists)).covered(),
    scene("export_failed", |lang, size| export_failed(lang, size, FileFault::NotAllowed)).main().covered(),
    scene("export_writing", |lang, size| {
        act(export(lang, size), |it| {
            it.keys("enter");
        })
    })
    .covered(),
];

fn no_browser() -> Error {
    error(Operation::OpenBrowser, Cause::BrowserFailed(vec![("xdg-open".into(), NotOpened::Code(3))]))
}

fn failed(lang: Lang, size: Size) -> AppDriver {
    act(open(lang, size, fixtures::brightwater(), "tab"), |it| {
        it.keys("l").launched(fixtures::address(58));
        let to = it.waiting(|effect| matches!(effect, Effect::Open { .. }));
        it.reply(to, Reply::Opened(Err(no_browser())));
    })
}

fn export(lang: Lang, size: Size) -> AppDriver {
    let mut driver = list(lang, size, many());
    driver.model.options.folder = PathBuf::from("/home/tomma/Kunden");
    act(driver, |it| {
        it.keys("E");
    })
}

fn export_failed(lang: Lang, size: Size, fault: FileFault) -> AppDriver {
    act(export(lang, size), |it| {
        it.keys("enter");
        let to = it.waiting(|effect| matches!(effect, Effect::Write { .. }));
        let path = "/home/tomma/Kunden/mspdash-companies-2026-11-22.csv";
        it.reply(to, Reply::Written(Err(error(Operation::Export, Cause::not_written(path, fault)))));
    })
}
