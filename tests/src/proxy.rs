//! A proxy as companies have them, which may also do what none should.
//!
//! With `HTTPS_PROXY` naming it, the app asks it for BigCommerce's own host, so that what such networks
//! do to a connection can be seen without any network.

use std::{
    io::{BufRead as _, BufReader, Read, Write as _, copy},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError, atomic::AtomicBool, atomic::Ordering},
    thread,
};

/// What it does with whoever wants to be led somewhere.
#[derive(Clone, Debug)]
pub enum Manner {
    /// Refuses with this status.
    Refuses(u16),
    /// Hangs up without a word.
    HangsUp,
    /// Leads to this address, whatever was wanted.
    LeadsTo(SocketAddr),
}

/// A running proxy. It ends when this is dropped.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    manner: Arc<Mutex<Manner>>,
    asked_for: Arc<Mutex<Vec<String>>>,
    is_over: Arc<AtomicBool>,
}

impl Proxy {
    /// Starts one on this computer.
    ///
    /// # Panics
    /// If no port is free.
    #[must_use]
    pub fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let proxy = Self {
            address: listener.local_addr().expect("it listens"),
            manner: Arc::new(Mutex::new(manner)),
            asked_for: Arc::default(),
            is_over: Arc::default(),
        };
        let (manner, asked_for) = (Arc::clone(&proxy.manner), Arc::clone(&proxy.asked_for));
        let is_over = Arc::clone(&proxy.is_over);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if is_over.load(Ordering::SeqCst) {
                    return;
                }
                let (manner, asked_for) = (Arc::clone(&manner), Arc::clone(&asked_for));
                thread::spawn(move || {
                    let manner = || lock(&manner).clone();
                    // Whoever leaves early is nobody's trouble.
                    let _ = serve(&stream, manner, &asked_for);
                    let _ = stream.shutdown(Shutdown::Both);
                });
            }
        });
        proxy
    }

    /// For `HTTPS_PROXY`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on.
    pub fn behave(&self, manner: Manner) {
        *lock(&self.manner) = manner;
    }

    /// Whom it was asked to lead to so far: `api.bigcommerce.com:443`.
    #[must_use]
    pub fn asked_for(&self) -> Vec<String> {
        lock(&self.asked_for).clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        // So that it looks.
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(
    stream: &TcpStream,
    manner: impl Fn() -> Manner,
    asked_for: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let wanted = first.split(' ').nth(1).unwrap_or_default();
    // A connection that was opened and not used asked for nobody.
    if !wanted.is_empty() {
        lock(asked_for).push(wanted.to_owned());
    }
    let mut answer = stream;
    match manner() {
        Manner::Refuses(status) => {
            let said = format!("HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n");
            answer.write_all(said.as_bytes())
        }
        Manner::HangsUp => Ok(()),
        Manner::LeadsTo(address) => {
            let there = TcpStream::connect(address)?;
            answer.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
            let (mut from_there, mut back) = (there.try_clone()?, stream.try_clone()?);
            thread::spawn(move || {
                let _ = copy(&mut from_there, &mut back);
                let _ = back.shutdown(Shutdown::Both);
            });
            let mut to_there = there;
            // What came behind the head is already read.
            let early = reader.buffer().to_vec();
            to_there.write_all(&early)?;
            let mut rest: Box<dyn Read> = Box::new(stream);
            copy(&mut rest, &mut to_there)?;
            to_there.shutdown(Shutdown::Both)
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
