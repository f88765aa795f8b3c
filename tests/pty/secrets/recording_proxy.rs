//! A proxy before a server: passes everything on and remembers it. So the tokens that the server gives out,
//! which are kept nowhere, are known to a test.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What went over the line, in both directions.
pub struct RecordingProxy {
    pub address: SocketAddr,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl RecordingProxy {
    /// Listens before the server of this `host:port`.
    pub fn before(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (heard, server) = (Arc::<Mutex<Vec<u8>>>::default(), server.to_owned());
        let ears = Arc::clone(&heard);
        thread::spawn(move || {
            for near in listener.incoming() {
                // A server that is away hangs up.
                let (Ok(near), Ok(far)) = (near, TcpStream::connect(&server)) else { continue };
                pass(near.try_clone().unwrap(), far.try_clone().unwrap(), &ears);
                pass(far, near, &ears);
            }
        });
        Self { address, heard }
    }

    /// The bearer tokens that were shown so far, each once.
    pub fn tokens(&self) -> Vec<String> {
        let heard = String::from_utf8_lossy(&self.heard.lock().unwrap()).into_owned();
        let shown = heard.split("Bearer ").skip(1).filter_map(|rest| rest.split(['\r', '"']).next());
        let mut tokens: Vec<_> = shown.filter(|token| token.len() > 20).map(str::to_owned).collect();
        tokens.sort();
        tokens.dedup();
        tokens
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, heard: &Arc<Mutex<Vec<u8>>>) {
    let heard = Arc::clone(heard);
    thread::spawn(move || {
        let mut buffer = [0; 4_096];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            heard.lock().unwrap().extend_from_slice(&buffer[..count]);
            if to.write_all(&buffer[..count]).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
    });
}
