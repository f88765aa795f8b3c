//! Keys that wait for the next one, and keys that mean nothing.

pub struct Keymap {
    /// A key without a meaning.
    pub unbound: fn(&str) -> String,
    /// A command that its key runs in one other place: its name, the place, and the key that leads there.
    pub only_in: fn(&str, &str, &str) -> String,
    /// A key that means something in several other places.
    pub elsewhere: fn(&str, &str) -> String,
    /// One of them: the command and its place.
    pub one_elsewhere: fn(&str, &str) -> String,
    pub anywhere: &'static str,
    /// A launch that waits: of which company, and the key that sends it now.
    pub launching: fn(&str, &str) -> String,
    pub pending: &'static str,
    pub title: &'static str,
}
