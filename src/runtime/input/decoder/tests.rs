use crate::app::pointer::{Gesture, Pointed};
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{Decoder, ESC_LIMIT, Event, PASTE_LIMIT, SEQUENCE_LIMIT};
use crate::app::key::{Code, Key};

/// Bytes and how many milliseconds they come after those before.
type Schedule<'a> = &'a [(u64, &'a [u8])];

/// What they come to, and what is there when nothing more comes.
fn events(schedule: Schedule<'_>) -> Vec<Event> {
    let (mut decoder, mut now, mut events) = (Decoder::default(), Instant::now(), Vec::new());
    for (pause, bytes) in schedule {
        now += Duration::from_millis(*pause);
        while let Some(deadline) = decoder.deadline().filter(|deadline| *deadline <= now) {
            decoder.expire(deadline, &mut events);
        }
        decoder.feed(bytes, now, &mut events);
    }
    while let Some(deadline) = decoder.deadline() {
        decoder.expire(deadline, &mut events);
    }
    events
}

fn keys(names: &str) -> Vec<Event> {
    names.split_whitespace().map(|name| Event::Key(name.parse().unwrap())).collect()
}

fn pasted(text: &str) -> Vec<Event> {
    vec![Event::Paste(text.to_owned())]
}

/// With Alt as the Esc key before it, which it is on a line that splits the two.
fn apart(events: Vec<Event>) -> Vec<Event> {
    let apart = |event| match event {
        Event::Key(key) if key.alt => vec![Event::Key(Key::plain(Code::Esc)), Event::Key(Key { alt: false, ..key })],
        other => vec![other],
    };
    events.into_iter().flat_map(apart).collect()
}

/// One byte at a time.
fn split(bytes: &[u8], pause: u64) -> Vec<Event> {
    let schedule: Vec<(u64, &[u8])> = bytes.chunks(1).map(|byte| (pause, byte)).collect();
    events(&schedule)
}

const KEYS: [(&[u8], &str); 75] = [
    (b"q", "q"),
    (b"G", "G"),
    ("ä".as_bytes(), "ä"),
    ("€".as_bytes(), "€"),
    ("🙂".as_bytes(), "🙂"),
    (b" ", "space"),
    (b"\x03", "ctrl-c"),
    (b"\x00", "ctrl-space"),
    (b"\x1c", "ctrl-4"),
    (b"\x08", "ctrl-h"),
    (b"\r", "enter"),
    (b"\n", "enter"),
    (b"\t", "tab"),
    (b"\x7f", "backspace"),
    (b"\x1b", "esc"),
    (b"\x1b\x1b", "esc esc"),
    (b"\x1b\x1b\x1b", "esc esc esc"),
    (b"\x1bx", "alt-x"),
    ("\x1bä".as_bytes(), "alt-ä"),
    (b"\x1b\x7f", "alt-backspace"),
    (b"\x1b\x18", "ctrl-alt-x"),
    (b"\x1b\x1bx", "esc alt-x"),
    (b"\x1b[A", "up"),
    (b"\x1bOA", "up"),
    (b"\x1b\x1b[A", "alt-up"),
    (b"\x1b\x1bOA", "alt-up"),
    (b"\x1b[1;3A", "alt-up"),
    (b"\x1b[1;5C", "ctrl-right"),
    (b"\x1b[1;2D", "left"),
    (b"\x1b[1;129B", "down"),
    (b"\x1b[1;1:3B", ""),
    (b"\x1b[1;9B", ""),
    (b"\x1b[H", "home"),
    (b"\x1b[1~", "home"),
    (b"\x1b[7~", "home"),
    (b"\x1bOF", "end"),
    (b"\x1b[4~", "end"),
    (b"\x1b[3~", "del"),
    (b"\x1b[5~", "pgup"),
    (b"\x1b[6;5~", "ctrl-pgdn"),
    (b"\x1b[2~", ""),
    (b"\x1b[Z", "backtab"),
    (b"\x1bOP", "f1"),
    (b"\x1bOR", "f3"),
    (b"\x1b[P", "f1"),
    (b"\x1b[1;5S", "ctrl-f4"),
    (b"\x1b[[A", "f1"),
    (b"\x1b[[E", "f5"),
    (b"\x1b[11~", "f1"),
    (b"\x1b[15~", "f5"),
    (b"\x1b[17~", "f6"),
    (b"\x1b[21~", "f10"),
    (b"\x1b[24~", "f12"),
    (b"\x1b[25~", ""),
    (b"\x1bOM", "enter"),
    // Every key told apart.
    (b"\x1b[97;5u", "ctrl-a"),
    (b"\x1b[68;6u", "ctrl-d"),
    (b"\x1b[97;2u", "A"),
    (b"\x1b[228u", "ä"),
    (b"\x1b[9;2u", "backtab"),
    (b"\x1b[13;2u", "enter"),
    (b"\x1b[27u", "esc"),
    (b"\x1b[127u", "backspace"),
    (b"\x1b[97;1:3u", ""),
    (b"\x1b[97;9u", ""),
    (b"\x1b[57404u", "5"),
    (b"\x1b[57441u", ""),
    (b"\x1b[27;5;105~", "ctrl-i"),
    (b"\x1b[27;2;13~", "enter"),
    // No keys: focus, cursor position, a mouse, replies.
    (b"\x1b[I\x1b[O", ""),
    (b"\x1b[12;40R", ""),
    (b"\x1b[<2;12;40M\x1b[<0;12;40m\x1b[M #*", ""),
    (b"\x1b[?62;22c\x1b[>1;4000;0c\x1b[?2026;2$y", ""),
    (b"\x1b]10;rgb:0000/0000/0000\x1b\\\x1b]52;c;cQ==\x07", ""),
    (b"\x1bP1$r0m\x1b\\\x1b_Gi=31;OK\x1b\\\x1b^q\x1b\\\x1bXq\x1b\\", ""),
];

#[test]
fn the_left_button_and_the_wheel_are_told_with_their_cell() {
    let pointed = |gesture, x, y| Event::Mouse(Pointed { gesture, x, y });
    for (bytes, told) in [
        (&b"\x1b[<0;1;1M"[..], vec![pointed(Gesture::Click, 0, 0)]),
        (b"\x1b[<0;300;48M\x1b[<0;300;48m", vec![pointed(Gesture::Click, 299, 47)]),
        (b"\x1b[<64;2;3M\x1b[<65;2;3M", vec![pointed(Gesture::WheelUp, 1, 2), pointed(Gesture::WheelDown, 1, 2)]),
        (b"\x1b[<4;1;1M\x1b[<35;1;1M\x1b[<0;0;1M\x1b[<0;1M\x1b[<0;99999;1M\x1b[<M", vec![]),
    ] {
        assert_eq!(events(&[(0, bytes)]), told, "{}", bytes.escape_ascii());
    }
}

#[test]
fn every_sequence_is_its_key_in_one_piece_and_byte_by_byte() {
    for (bytes, names) in KEYS {
        let name = bytes.escape_ascii();
        assert_eq!(events(&[(0, bytes)]), keys(names), "{name}");
        for pause in [2, 10, 30, 49] {
            assert_eq!(apart(split(bytes, pause)), apart(keys(names)), "{name}, {pause} ms between the bytes");
        }
        let followed = [bytes, b"\x1b[Bj"].concat();
        if !bytes.ends_with(b"\x1b") {
            assert_eq!(events(&[(0, &followed)]), [keys(names), keys("down j")].concat(), "{name} and more");
        }
    }
}

#[test]
fn esc_and_a_key_that_comes_later_are_two_keys() {
    for (next, name) in [(b"q".as_slice(), "q"), (b"G", "G"), (b"\x03", "ctrl-c"), (b"\r", "enter")] {
        for pause in [0, 1, 20, 49, 50, 200] {
            assert_eq!(events(&[(0, b"\x1b"), (pause, next)]), keys(&format!("esc {name}")), "{name} after {pause} ms");
        }
    }
    assert_eq!(events(&[(0, b"\x1b\x1b"), (1, b"q")]), keys("esc esc q"));
    assert_eq!(events(&[(0, b"\x1b]11;rgb:00"), (1, b"\x1b"), (1, b"q")]), keys("esc q"));
    assert_eq!(events(&[(0, b"\x1bq")]), keys("alt-q"), "in one piece it is Alt");
}

#[test]
fn the_esc_key_is_told_within_a_tenth_of_a_second() {
    assert!(ESC_LIMIT <= Duration::from_millis(100) && ESC_LIMIT < SEQUENCE_LIMIT);
    assert_eq!(events(&[(0, b"\x1b"), (100, b"[A")]), keys("esc [ A"));
    // A key that is held down.
    assert_eq!(split(&[0x1b; 20], 33), vec![Event::Key(Key::plain(Code::Esc)); 20]);
}

#[test]
fn what_is_cut_off_is_no_key_and_the_next_key_works() {
    let cut: [&[u8]; 17] = [
        b"\x1b[?",
        b"\x1b[?62;2",
        b"\x1b[>",
        b"\x1b[<0;1",
        b"\x1b[1",
        b"\x1b[1;5",
        b"\x1b[5$",
        b"\x1b[[",
        b"\x1b[M",
        b"\x1b[M #",
        b"\x1b]11;rgb:00",
        b"\x1bP1$r",
        b"\x1b_Gi=31",
        b"\x1b^x",
        b"\x1bXx",
        b"\xc3",
        b"\xf0\x9f\x99",
    ];
    for bytes in cut {
        for (pressed, names) in [(b"q".as_slice(), "q"), (b"\x03", "ctrl-c"), (b"\x1b", "esc"), (b"\x1b[A", "up")] {
            let name = bytes.escape_ascii();
            assert_eq!(events(&[(0, bytes), (300, pressed)]), keys(names), "{name}, then {names}");
        }
        assert_eq!(events(&[(0, bytes), (0, b"\x03")]), keys("ctrl-c"), "ctrl-c works at once");
    }
}

/// The answer about the background is one event however it comes, and none of it is a key.
#[test]
fn an_answer_is_swallowed_late_split_and_between_keys() {
    for end in ["\x1b\\", "\x07"] {
        let said = "11;rgb:1e1e/1e1e/2e2e";
        let (bytes, answer) = (format!("\x1b]{said}{end}"), Event::Answer(said.to_owned()));
        let bytes = bytes.as_bytes();
        for pause in [0, 30, 49] {
            assert_eq!(split(bytes, pause), vec![answer.clone()]);
        }
        for at in 3..bytes.len() {
            let (first, rest) = bytes.split_at(at);
            // Behind the second Esc a line may stall no longer than behind any other.
            let pause = if first.ends_with(b"\x1b") || !first.starts_with(b"\x1b]11;") { 40 } else { 4_000 };
            assert_eq!(events(&[(0, first), (pause, rest), (0, b"j")]), [vec![answer.clone()], keys("j")].concat());
        }
        let (esc, rest) = bytes.split_at(1);
        assert_eq!(events(&[(0, esc), (300, rest)]), [keys("esc"), vec![answer.clone()]].concat());
        let (alt, rest) = bytes.split_at(2);
        assert_eq!(events(&[(0, alt), (300, rest)]), [keys("alt-]"), vec![answer.clone()]].concat());
        assert_eq!(events(&[(0, &[b"j", bytes, b"k"].concat())]), [keys("j"), vec![answer], keys("k")].concat());
    }
    assert_eq!(events(&[(0, b"\x1b]11;rgb:00"), (6_000, b"r")]), keys("r"), "an answer that was cut off is given up");
    let long = format!("\x1b]11;{}\x07q", "0".repeat(70_000));
    assert_eq!(events(&[(0, long.as_bytes())]), keys("q"), "what is too long is no answer");
}

#[test]
fn alt_and_what_a_sequence_begins_with_is_a_key() {
    for (bytes, names) in [(b"\x1b[", "alt-["), (b"\x1bO", "alt-O"), (b"\x1b]", "alt-]"), (b"\x1b_", "alt-_")] {
        assert_eq!(events(&[(0, bytes), (300, b"j")]), keys(&format!("{names} j")));
    }
    assert_eq!(events(&[(0, b"\x1b\x1b["), (300, b"j")]), keys("esc alt-[ j"));
}

#[test]
fn a_paste_is_one_event_whatever_it_holds() {
    let text = "q\r\n\x03\x1b[A\x1b[20 ä\x1b[200~";
    let bytes = format!("\x1b[200~{text}\x1b[201~j");
    let expected = [pasted(text), keys("j")].concat();
    assert_eq!(events(&[(0, bytes.as_bytes())]), expected);
    assert_eq!(split(bytes.as_bytes(), 30), expected);
    assert_eq!(events(&[(0, b"\x1b[200~\x1b[201~")]), pasted(""));
    assert_eq!(events(&[(0, b"\x1b[200~a\xffb\x1b[201~")]), pasted("a\u{fffd}b"));
    assert_eq!(events(&[(0, b"\x1b[201~j")]), keys("j"), "an end without a beginning");
}

#[test]
fn a_paste_without_its_end_is_over_in_a_while() {
    for end in ["", "\x1b", "\x1b[201"] {
        let bytes = format!("\x1b[200~Hafenstr. 12{end}");
        let expected = [pasted("Hafenstr. 12"), keys("ctrl-c")].concat();
        assert_eq!(events(&[(0, bytes.as_bytes()), (2_001, b"\x03")]), expected, "{end:?}");
    }
}

#[test]
fn the_rest_of_a_paste_that_was_given_up_is_no_key() {
    let parts = |rest: &str| events(&[(0, b"\x1b[200~Hafen"), (5_000, rest.as_bytes()), (0, b"j")]);
    let expected = |rest| [pasted("Hafen"), pasted(rest), keys("j")].concat();
    assert_eq!(parts("str.\x1b[201~"), expected("str."));
    assert_eq!(events(&[(0, b"\x1b[200~Hafen"), (5_000, b"str. 12, Hamburg"), (900, b"!\x1b[201~j")]), {
        expected("str. 12, Hamburg!")
    });
    assert_eq!(events(&[(0, b"\x1b[200~Hafen"), (5_000, b"j\x1b[B"), (0, &[b'k'; 13])]), {
        [pasted("Hafen"), keys("j down"), keys(&"k ".repeat(13))].concat()
    });
}

#[test]
fn keys_pressed_in_anger_do_not_keep_a_lost_paste_alive() {
    let mut schedule: Vec<(u64, &[u8])> = vec![(0, b"\x1b[200~")];
    schedule.extend([(100, b"\x03".as_slice()); 30]);
    let events = events(&schedule);
    assert!(events.iter().filter(|event| **event == Event::Key(Key::ctrl('c'))).count() > 15, "{events:?}");
}

#[test]
fn a_long_paste_over_a_slow_line_is_one_paste() {
    let text = "x".repeat(3_000);
    let bytes = format!("\x1b[200~{text}\x1b[201~");
    assert_eq!(split(bytes.as_bytes(), 49), pasted(&text));
    // Nothing at all for most of the time that is given.
    let (first, second) = bytes.as_bytes().split_at(1_500);
    assert_eq!(events(&[(0, first), (u64::try_from(PASTE_LIMIT.as_millis()).unwrap() * 2 - 1, second)]), pasted(&text));
}

/// Bytes that terminals send, and some that they do not.
fn byte() -> impl Strategy<Value = u8> {
    let special = b"\x1b\x1b\x1b\x1b[[[]OPX^_\\\x07\x03<?M0126;:~u\x7f\xc3\xa4\xf0\x9f".as_slice();
    prop_oneof![3 => proptest::sample::select(special), 1 => any::<u8>()]
}

/// Bytes, and pieces that bytes alone seldom make.
fn input() -> impl Strategy<Value = Vec<u8>> {
    let known: Vec<Vec<u8>> = KEYS.iter().map(|(bytes, _)| bytes.to_vec()).collect();
    let paste = [b"\x1b[200~".to_vec(), b"\x1b[201~".to_vec()];
    let piece = prop_oneof![
        6 => byte().prop_map(|byte| vec![byte]),
        2 => proptest::sample::select(known),
        1 => proptest::sample::select(paste.to_vec()),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_slow_line_changes_nothing(bytes in input(), pauses in proptest::collection::vec(0_u64..50, 200)) {
        let schedule: Vec<(u64, &[u8])> = pauses.iter().copied().cycle().zip(bytes.chunks(1)).collect();
        prop_assert_eq!(apart(events(&schedule)), apart(events(&[(0, &bytes)])));
    }

    #[test]
    fn after_a_silence_the_next_key_works(bytes in input()) {
        for (pressed, name) in [(b"q".as_slice(), "q"), (b"\x03", "ctrl-c"), (b"\x1b", "esc"), (b"\x1b[A", "up")] {
            let expected = [events(&[(0, &bytes)]), keys(name)].concat();
            prop_assert_eq!(events(&[(0, &bytes), (2_000_000, pressed)]), expected);
        }
    }
}
