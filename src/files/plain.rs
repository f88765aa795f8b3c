//! Files that are only read: links are followed, and anybody may own them. A pipe, a device or a folder is named at
//! once, never waited for or read.

use rustix::fs::OFlags;
use std::fs::{File, Metadata, OpenOptions, metadata};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Opens a plain file to read it.
///
/// # Errors
/// The system's, or what it is instead.
pub fn open(path: &Path) -> io::Result<File> {
    // Asked before it is opened, as opening a device can do something; and after, as the name may lead elsewhere then.
    check(&metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    options.custom_flags(i32::try_from(flags.bits()).unwrap_or_default());
    let file = options.open(path)?;
    check(&file.metadata()?)?;
    Ok(file)
}

/// Reads a plain file to its end.
///
/// # Errors
/// As [`open`]; or it is longer than anything that could be meant.
pub fn read(path: &Path, longest: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(longest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > longest {
        return Err(io::Error::other(format!("it is longer than {} kB", longest >> 10)));
    }
    Ok(bytes)
}

fn check(about: &Metadata) -> io::Result<()> {
    match (about.is_file(), about.is_dir()) {
        (true, _) => Ok(()),
        (_, true) => Err(io::Error::other("it is a folder, not a file")),
        _ => Err(io::Error::other("it is a pipe or a device, not a file")),
    }
}
