//! The rules of the file, without a server.
