//! A file or a link that another program drags over a window, as a file manager or a browser does while
//! somebody holds the button of the mouse.

use std::{
    path::Path,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use x11rb::{
    CURRENT_TIME, NONE,
    connection::Connection as _,
    protocol::{
        Event,
        xproto::{Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, Window},
    },
    rust_connection::{ReplyError, RustConnection},
};

use crate::{
    selection::{Given, atom, unseen_window},
    wait,
};

/// The version that is spoken; both sides speak all that came before it, too.
const VERSION: u32 = 5;
const PATIENCE: Duration = Duration::from_secs(30);

/// Something that is held over a window.
///
/// Source: freedesktop.org, "Drag-and-Drop Protocol for the X Window System", version 5.
pub struct Dragged {
    connection: Arc<RustConnection>,
    atoms: Atoms,
    own: Window,
    target: Window,
    /// Root coordinates.
    at: (i16, i16),
    heard: mpsc::Receiver<Heard>,
}

/// What the window under the pointer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heard {
    /// Whether it would take what is dragged.
    Would(bool),
    /// It has taken it, or has not.
    Did(bool),
}

#[derive(Clone, Copy, Debug)]
struct Atoms {
    aware: Atom,
    selection: Atom,
    enter: Atom,
    position: Atom,
    status: Atom,
    leave: Atom,
    drop: Atom,
    finished: Atom,
    copy: Atom,
    uri_list: Atom,
    targets: Atom,
}

impl Atoms {
    fn of(connection: &RustConnection) -> Result<Self, ReplyError> {
        let atom = |name| atom(connection, name);
        Ok(Self {
            aware: atom("XdndAware")?,
            selection: atom("XdndSelection")?,
            enter: atom("XdndEnter")?,
            position: atom("XdndPosition")?,
            status: atom("XdndStatus")?,
            leave: atom("XdndLeave")?,
            drop: atom("XdndDrop")?,
            finished: atom("XdndFinished")?,
            copy: atom("XdndActionCopy")?,
            uri_list: atom("text/uri-list")?,
            targets: atom("TARGETS")?,
        })
    }
}

impl Dragged {
    /// Holds a file over the place of the display, until the window there would take it.
    ///
    /// # Panics
    /// If no window there takes anything, or that one takes no file.
    #[must_use]
    pub fn file(display: &str, file: &Path, at: (i16, i16)) -> Self {
        // Those of the tests need no escapes.
        let dragged = Self::over(display, &format!("file://{}\r\n", file.display()), at);
        // At first it asks what it is, and its page whether it wants that.
        let mut step = 0;
        wait::until("the window to be ready for the file", || {
            step += 1;
            dragged.would_take(step).filter(|takes| *takes)
        });
        dragged
    }

    /// Holds a link over the place of the display, until the window there has looked at it.
    ///
    /// # Panics
    /// If no window there takes anything.
    #[must_use]
    pub fn link(display: &str, address: &str, at: (i16, i16)) -> Self {
        let dragged = Self::over(display, &format!("{address}\r\n"), at);
        for step in 0..4 {
            dragged.would_take(step);
        }
        dragged
    }

    fn over(display: &str, list: &str, at: (i16, i16)) -> Self {
        let (connection, screen) =
            RustConnection::connect(Some(display)).expect("the display of the desktop answers");
        let root = connection.setup().roots[screen].root;
        let atoms = Atoms::of(&connection).expect("the display has names");
        let target = wait::until("a window that something can be dropped on", || {
            aware_at(&connection, atoms.aware, root, at)
        });
        let own = take_selection(&connection, atoms, root).expect("the display has windows");
        let connection = Arc::new(connection);
        let (tell, heard) = mpsc::channel();
        let owner = Owner {
            connection: Arc::clone(&connection),
            atoms,
            given: Given {
                targets: atoms.targets,
                form: atoms.uri_list,
                bytes: list.as_bytes().to_owned(),
            },
            tell,
        };
        // Ends with the display.
        thread::spawn(move || owner.answer());
        let dragged = Self {
            connection,
            atoms,
            own,
            target,
            at,
            heard,
        };
        dragged.send(atoms.enter, [VERSION << 24, atoms.uri_list, NONE, NONE]);
        dragged
    }

    /// Moves a little, as a hand does, and hears what the window says then. `None` if it is of something else.
    fn would_take(&self, step: i16) -> Option<bool> {
        let (x, y) = self.at;
        let place = (u32::from((x + step % 2).unsigned_abs()) << 16) | u32::from(y.unsigned_abs());
        self.send(
            self.atoms.position,
            [0, place, CURRENT_TIME, self.atoms.copy],
        );
        match self.heard.recv_timeout(PATIENCE) {
            Ok(Heard::Would(takes)) => Some(takes),
            Ok(Heard::Did(_)) => None,
            Err(_) => panic!("the window says nothing of what is held over it"),
        }
    }

    /// Takes it away again.
    pub fn leave(self) {
        self.send(self.atoms.leave, [0, 0, 0, 0]);
    }

    /// Lets go of it, and waits until the window has it.
    ///
    /// # Panics
    /// If the window doesn't take it.
    pub fn let_go(self) {
        self.send(self.atoms.drop, [0, CURRENT_TIME, 0, 0]);
        loop {
            match self.heard.recv_timeout(PATIENCE) {
                Ok(Heard::Did(taken)) => {
                    assert!(taken, "the window did not take what was dropped");
                    return;
                }
                Ok(Heard::Would(_)) => {}
                Err(_) => panic!("the window says nothing of what was dropped"),
            }
        }
    }

    fn send(&self, what: Atom, [one, two, three, four]: [u32; 4]) {
        let message =
            ClientMessageEvent::new(32, self.target, what, [self.own, one, two, three, four]);
        self.connection
            .send_event(false, self.target, EventMask::NO_EVENT, message)
            .ok()
            .and_then(|asked| asked.check().ok())
            .expect("the display takes messages");
    }
}

/// The window there that says it takes what is dropped.
fn aware_at(
    connection: &RustConnection,
    aware: Atom,
    root: Window,
    (x, y): (i16, i16),
) -> Option<Window> {
    let mut at = root;
    loop {
        let there = connection.translate_coordinates(root, at, x, y).ok()?;
        let child = there.reply().ok()?.child;
        if child == NONE {
            return None;
        }
        let said = connection.get_property(false, child, aware, AtomEnum::ATOM, 0, 1);
        let said = said.ok()?.reply().ok()?;
        if said.type_ != NONE {
            return Some(child);
        }
        at = child;
    }
}

fn take_selection(
    connection: &RustConnection,
    atoms: Atoms,
    root: Window,
) -> Result<Window, ReplyError> {
    let own = unseen_window(connection, root)?;
    connection
        .set_selection_owner(own, atoms.selection, CURRENT_TIME)?
        .check()?;
    Ok(own)
}

/// Who has what is dragged.
struct Owner {
    connection: Arc<RustConnection>,
    atoms: Atoms,
    given: Given,
    tell: mpsc::Sender<Heard>,
}

impl Owner {
    /// Gives what is dragged to whoever asks, and tells what the window says of it.
    fn answer(&self) {
        while let Ok(event) = self.connection.wait_for_event() {
            match event {
                Event::SelectionRequest(request)
                    if self.given.to(&self.connection, &request).is_err() =>
                {
                    return;
                }
                Event::SelectionClear(_) => return,
                Event::ClientMessage(message) => {
                    let [_, flags, ..] = message.data.as_data32();
                    let said = if message.type_ == self.atoms.status {
                        Heard::Would(flags & 1 == 1)
                    } else if message.type_ == self.atoms.finished {
                        Heard::Did(flags & 1 == 1)
                    } else {
                        continue;
                    };
                    if self.tell.send(said).is_err() {
                        return;
                    }
                }
                _ => {}
            }
        }
    }
}
