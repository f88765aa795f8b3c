//! This program once more, in a process of its own, for one of its tests.

/// The arguments that run this test alone. Should they name none, the process does nothing and succeeds: whoever
/// starts it looks for what it does.
pub fn only<T>(_test: T) -> [String; 4] {
    let (_program, name) = std::any::type_name::<T>().split_once("::").unwrap();
    ["--exact", name, "--include-ignored", "--nocapture"].map(ToOwned::to_owned)
}
