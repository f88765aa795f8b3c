//! Files that are not as they were written.

use super::*;
use crate::domain::cached::CacheDefect;
use proptest::prelude::*;
use std::os::unix::fs::{PermissionsExt, symlink};

/// Writes bytes as the file, with the right permissions.
fn put(dir: &Path, bytes: &[u8]) {
    let path = file(dir);
    fs::write(&path, bytes).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
}

/// A file with a tail of two records, and where the base ends.
fn sample() -> (TempDir, Vec<u8>, usize) {
    let place = place();
    let keeper = kept(place.path());
    let base = fs::metadata(file(place.path())).unwrap().len();
    keep(&keeper, &changes("t0", "t5", "New name"));
    keep(&keeper, &changes("t5", "t6", "Newer name"));
    settle(&keeper);
    close(keeper);
    let bytes = fs::read(file(place.path())).unwrap();
    (place, bytes, usize::try_from(base).unwrap())
}

/// What was written, in order, without the session.
fn written() -> [Answer; 4] {
    [page(0, 2), page(1, 2), changes("t0", "t5", "New name"), changes("t5", "t6", "Newer name")].each_ref().map(answer)
}

#[track_caller]
fn defect(dir: &Path) -> SetAside {
    match Restore::open(dir, &header()) {
        Err(aside) => aside,
        Ok(restore) => panic!("{restore:?}"),
    }
}

/// Whatever is recalled is a beginning of what was written; all of it is there unless something is said to be wrong.
#[track_caller]
fn a_beginning_of_what_was_written(dir: &Path) {
    let Ok(Some(restore)) = Restore::open(dir, &header()) else { return };
    let token = restore.change_token.clone();
    let answers: Vec<_> = restore.collect();
    let whole = answers.iter().all(Result::is_ok);
    let mut rows: Vec<Answer> = answers.into_iter().flatten().collect();
    if !rows.is_empty() {
        assert!(matches!(rows.remove(0), Answer::Session(_)));
    }
    assert!(written().starts_with(&rows), "{rows:?}");
    if whole {
        let tokens = ["t0", "t5", "t6"];
        assert!(rows.len() >= 2, "no page is missing");
        assert_eq!(token.as_deref(), Some(tokens[rows.len() - 2]), "the token fits the rows");
    }
}

#[test]
fn a_file_that_ends_anywhere_is_set_aside_or_lacks_the_end_of_its_tail() {
    let (place, bytes, base) = sample();
    for length in 0..bytes.len() {
        put(place.path(), &bytes[..length]);
        match Restore::open(place.path(), &header()) {
            Err(aside) => {
                assert!(length < base, "{length}");
                assert_eq!(aside.defect, CacheDefect::Damaged);
                assert!(!file(place.path()).exists());
            }
            Ok(restore) => {
                assert!(restore.is_some() && length >= base, "{length}");
                a_beginning_of_what_was_written(place.path());
            }
        }
    }
}

#[test]
fn a_tail_that_was_cut_off_is_cut_away_by_the_next_change() {
    let (place, bytes, base) = sample();
    for length in [base + 1, base + 30, bytes.len() - 1] {
        put(place.path(), &bytes[..length]);
        let token = restore(place.path()).unwrap().change_token.unwrap();
        let keeper = Recorder::open(place.path(), header());
        keep(&keeper, &session("T"));
        keep(&keeper, &changes(&token, "t9", "After the fall"));
        settle(&keeper);
        close(keeper);
        assert_eq!(restore(place.path()).unwrap().change_token.as_deref(), Some("t9"), "{length}");
        assert_eq!(rows(place.path()).last(), Some(&answer(&changes(&token, "t9", "After the fall"))));
    }
}

#[test]
fn every_single_byte_that_flips_is_noticed() {
    let (place, bytes, _) = sample();
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        put(place.path(), &flipped);
        a_beginning_of_what_was_written(place.path());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic_or_tell_other_rows(
        spots in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
        more in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let (place, mut bytes, _) = sample();
        for (at, byte) in spots {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let cut = cut.index(bytes.len());
        bytes.splice(cut..cut, more);
        put(place.path(), &bytes);
        a_beginning_of_what_was_written(place.path());
    }
}

#[test]
fn lengths_that_are_not_there_are_not_believed() {
    let (place, bytes, base) = sample();
    for (at, whole) in [(frame::START.len(), false), (base, true)] {
        for length in [u32::MAX, 1 << 31, 60 << 20, 70_000] {
            for field in [0, 4] {
                let mut huge = bytes.clone();
                huge[at + field..at + field + 4].copy_from_slice(&length.to_le_bytes());
                put(place.path(), &huge);
                let recalled = Restore::open(place.path(), &header());
                assert_eq!(recalled.is_ok(), whole, "{length} at {at}");
            }
        }
    }
}

#[test]
fn other_versions_empty_files_and_strangers_are_set_aside() {
    let (place, bytes, _) = sample();
    let mut newer = bytes.clone();
    newer[frame::MAGIC.len()] = b'2';
    for (bytes, expected) in [
        (newer.as_slice(), CacheDefect::OtherVersion),
        (b"", CacheDefect::Damaged),
        (b"{}", CacheDefect::Damaged),
        (frame::START, CacheDefect::Damaged),
        (&[0; 4096], CacheDefect::Damaged),
    ] {
        put(place.path(), bytes);
        let aside = defect(place.path());
        assert_eq!(aside.defect, expected);
        let kept_as = aside.kept_as.unwrap();
        assert_eq!(fs::read(&kept_as).unwrap(), bytes, "only the last one is kept");
        assert!(restore(place.path()).is_none(), "the next start begins anew");
    }
    assert_eq!(names(place.path()).len(), 1);
}

#[test]
fn a_page_that_is_damaged_ends_the_recall_and_is_set_aside() {
    let (place, bytes, _) = sample();
    let at = bytes.windows(11).position(|text| text == b"Company 1.0").unwrap();
    let mut damaged = bytes;
    damaged[at] = b'X';
    put(place.path(), &damaged);
    let mut restore = restore(place.path()).unwrap();
    assert!(matches!(restore.next(), Some(Ok(Answer::Session(_)))));
    assert_eq!(restore.next(), Some(Ok(answer(&page(0, 2)))));
    let aside = restore.next().unwrap().unwrap_err();
    assert_eq!(aside.defect, CacheDefect::Damaged);
    assert!(aside.kept_as.is_some());
    assert_eq!(restore.next(), None);
}

#[test]
fn a_good_file_that_came_meanwhile_is_not_set_aside() {
    let (place, mut damaged, _) = sample();
    let at = damaged.windows(11).position(|text| text == b"Company 0.0").unwrap();
    damaged[at] = b'X';
    put(place.path(), &damaged);
    let restore = restore(place.path()).unwrap();
    close(kept(place.path()));
    let aside = restore.last().unwrap().unwrap_err();
    assert_eq!((aside.defect, aside.kept_as), (CacheDefect::Damaged, None));
    assert_eq!(rows(place.path()).len(), 2);
}

#[test]
fn huge_files_are_set_aside_without_being_read() {
    let (place, _, _) = sample();
    fs::OpenOptions::new().write(true).open(file(place.path())).unwrap().set_len(LARGEST_FILE + 1).unwrap();
    assert_eq!(defect(place.path()).defect, CacheDefect::TooLarge);
}

#[test]
fn links_pipes_and_directories_are_not_followed() {
    let (place, bytes, _) = sample();
    let path = file(place.path());
    let elsewhere = place.path().join("elsewhere");
    fs::rename(&path, &elsewhere).unwrap();
    symlink(&elsewhere, &path).unwrap();
    let keeper = Recorder::open(place.path(), header());
    keep(&keeper, &session("T"));
    keep(&keeper, &changes("t6", "t7", "Through the link"));
    settle(&keeper);
    assert_eq!(fs::read(&elsewhere).unwrap(), bytes, "nothing is written through it either");
    assert_eq!(defect(place.path()).defect, CacheDefect::NotAFile);
    fs::create_dir(&path).unwrap();
    let aside = defect(place.path());
    assert_eq!((aside.defect, aside.kept_as.is_some()), (CacheDefect::NotAFile, true));
    put(place.path(), b"x");
    assert!(defect(place.path()).kept_as.is_some(), "in place of an empty directory");
    let kind = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, &path, kind, rustix::fs::Mode::RUSR, 0).unwrap();
    assert_eq!(defect(place.path()).defect, CacheDefect::NotAFile, "and nobody waits for its other end");
    assert_eq!(fs::read(&elsewhere).unwrap(), bytes);
}

#[test]
fn a_whole_load_takes_the_place_of_a_link() {
    let (place, bytes, _) = sample();
    let path = file(place.path());
    let elsewhere = place.path().join("elsewhere");
    fs::rename(&path, &elsewhere).unwrap();
    symlink(&elsewhere, &path).unwrap();
    close(kept(place.path()));
    assert!(fs::symlink_metadata(&path).unwrap().is_file());
    assert_eq!(fs::read(&elsewhere).unwrap(), bytes);
}

#[test]
fn a_file_that_others_may_read_or_change_is_set_aside_and_closed() {
    let (place, bytes, _) = sample();
    for mode in [0o644, 0o660, 0o606] {
        put(place.path(), &bytes);
        fs::set_permissions(file(place.path()), fs::Permissions::from_mode(mode)).unwrap();
        let aside = defect(place.path());
        assert_eq!(aside.defect, CacheDefect::Open { mode });
        let now = fs::metadata(aside.kept_as.unwrap()).unwrap().permissions().mode();
        assert_eq!(now & 0o777, 0o600);
    }
}

#[test]
fn files_are_for_this_user_alone_even_in_a_directory_that_was_open() {
    let place = place();
    let dir = place.path().join("a/b");
    fs::create_dir_all(&dir).unwrap();
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).unwrap();
    let keeper = kept(&dir);
    keep(&keeper, &page(0, 2));
    settle(&keeper);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&dir), 0o700);
    let names = names(&dir);
    assert_eq!(names.len(), 2, "a temporary one too: {names:?}");
    for name in names {
        assert_eq!(mode(&dir.join(name)), 0o600);
    }
    let fresh = place.path().join("c/d");
    close(kept(&fresh));
    assert_eq!((mode(&place.path().join("c")), mode(&fresh)), (0o700, 0o700));
}
