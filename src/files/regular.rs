//! Files that are only read: links are followed, and any owner will do. A pipe, device or folder is refused at once.

use super::system;
use std::fs::{File, Metadata, OpenOptions, metadata};
use std::io::{self, Read};
use std::path::Path;

pub fn open(path: &Path) -> io::Result<File> {
    // Checked before, because opening a device can have effects, and after, because the name may lead elsewhere by
    // then.
    check(&metadata(path)?)?;
    let file = system::without_waiting(OpenOptions::new().read(true)).open(path)?;
    check(&file.metadata()?)?;
    Ok(file)
}

pub fn read(path: &Path, longest: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(longest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > longest {
        return Err(io::Error::other(format!("it is longer than {} kB", longest >> 10)));
    }
    Ok(bytes)
}

fn check(metadata: &Metadata) -> io::Result<()> {
    match (metadata.is_file(), metadata.is_dir()) {
        (true, _) => Ok(()),
        (_, true) => Err(io::Error::other("it is a folder, not a file")),
        _ => Err(io::Error::other("it is a pipe or a device, not a file")),
    }
}
