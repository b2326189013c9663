//! Ports that nobody else takes.
//!
//! A port that the system chose is free for anybody again once its server is closed, and any connection may be given it as
//! its own end. What is to come back at the same address, or is only named now and listened on later, needs one that the
//! system gives to nobody, and that no other test takes.

use std::{
    net::TcpListener,
    os::{
        linux::net::SocketAddrExt as _,
        unix::net::{SocketAddr, UnixListener},
    },
    process,
    sync::atomic::{AtomicU16, Ordering},
};

/// Below those that Linux gives to connections (`net.ipv4.ip_local_port_range` begins at 32768).
const FIRST: u16 = 12_000;
const COUNT: u16 = 20_000;

/// A port of this computer's own address, for as long as this lives.
#[derive(Debug)]
pub struct Port {
    number: u16,
    _held: UnixListener,
}

impl Port {
    /// One that nobody listens on.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn take() -> Self {
        // Processes begin apart, so that they seldom look at the same ones.
        static TAKEN: AtomicU16 = AtomicU16::new(0);
        let of_this_process = process::id().wrapping_mul(389) % u32::from(COUNT);
        let begin = u16::try_from(of_this_process).unwrap_or_default();
        (0..COUNT)
            .find_map(|_| {
                let next = TAKEN.fetch_add(1, Ordering::Relaxed);
                let at = (u32::from(begin) + u32::from(next)) % u32::from(COUNT);
                Self::held(FIRST + u16::try_from(at).unwrap_or_default())
            })
            .expect("one of twenty thousand ports is free")
    }

    fn held(number: u16) -> Option<Self> {
        // A name that only lives as long as its listener, across all processes.
        let name = format!("stockroom-port-{number}");
        let name = SocketAddr::from_abstract_name(name).ok()?;
        let held = UnixListener::bind_addr(&name).ok()?;
        TcpListener::bind(("127.0.0.1", number)).ok()?;
        Some(Self {
            number,
            _held: held,
        })
    }

    /// Its number.
    #[must_use]
    pub fn number(&self) -> u16 {
        self.number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_taken_by_one_alone_and_can_be_listened_on() {
        let one = Port::take();
        let other = Port::take();
        assert_ne!(one.number(), other.number());
        assert!(Port::held(one.number()).is_none());
        let _server = TcpListener::bind(("127.0.0.1", one.number())).unwrap();
        let number = one.number();
        drop(one);
        assert!(Port::held(number).is_none(), "somebody listens there");
    }
}
