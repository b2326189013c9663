//! The window from outside, as the desktop has it: its title, and the cross that closes it.

use x11rb::{
    connection::Connection as _,
    protocol::{
        xproto::{
            self, AtomEnum, ClientMessageEvent, ConfigureWindowAux, ConnectionExt as _, EventMask,
            InputFocus, MapState, PropMode, Window as Id,
        },
        xtest::ConnectionExt as _,
    },
    rust_connection::RustConnection,
    wrapper::ConnectionExt as _,
};

/// The X display that a window is on.
pub(super) struct Screen {
    connection: RustConnection,
    root: Id,
}

impl Screen {
    pub(super) fn of(display: &str) -> Self {
        let (connection, screen) =
            RustConnection::connect(Some(display)).expect("the display of the desktop answers");
        let root = connection.setup().roots[screen].root;
        Self { connection, root }
    }

    /// The titles of the windows that are open.
    pub(super) fn titles(&self) -> Vec<String> {
        let windows = self.windows();
        windows.into_iter().map(|id| self.title(id)).collect()
    }

    /// Width and height of the windows that are open.
    pub(super) fn sizes(&self) -> Vec<(u32, u32)> {
        let size = |id| {
            let geometry = self.connection.get_geometry(id).ok()?.reply().ok()?;
            Some((geometry.width.into(), geometry.height.into()))
        };
        self.windows().into_iter().filter_map(size).collect()
    }

    /// Where the upper left corners of the windows that are open are.
    pub(super) fn corners(&self) -> Vec<(i32, i32)> {
        let corner = |id| {
            let geometry = self.connection.get_geometry(id).ok()?.reply().ok()?;
            Some((geometry.x.into(), geometry.y.into()))
        };
        self.windows().into_iter().filter_map(corner).collect()
    }

    /// Moves the first window that is open.
    pub(super) fn move_first(&self, x: i32, y: i32) {
        let window = self.windows().first().copied().unwrap_or(x11rb::NONE);
        self.connection
            .configure_window(window, &ConfigureWindowAux::new().x(x).y(y))
            .ok()
            .and_then(|asked| asked.check().ok())
            .expect("the display moves windows");
    }

    /// Makes the first window that is open as large as the display, and tells it that it is maximized, as the
    /// manager of a desktop's windows does.
    ///
    /// Source: Extended Window Manager Hints 1.5, `_NET_WM_STATE`.
    pub(super) fn maximize_first(&self) {
        let window = self.windows().first().copied().unwrap_or(x11rb::NONE);
        let size = self.connection.get_geometry(self.root).ok();
        let size = size.and_then(|asked| asked.reply().ok());
        let size = size.expect("the display has a size");
        let whole = ConfigureWindowAux::new()
            .x(0)
            .y(0)
            .width(u32::from(size.width))
            .height(u32::from(size.height));
        self.connection
            .configure_window(window, &whole)
            .ok()
            .and_then(|asked| asked.check().ok())
            .expect("the display sizes windows");
        self.connection
            .change_property32(
                PropMode::REPLACE,
                window,
                self.atom("_NET_WM_STATE"),
                AtomEnum::ATOM,
                &self.maximized(),
            )
            .ok()
            .and_then(|asked| asked.check().ok())
            .expect("the display keeps what a window is told");
    }

    /// Whether the first window that is open is maximized, or asks to be.
    pub(super) fn is_first_maximized(&self) -> bool {
        let window = self.windows().first().copied().unwrap_or(x11rb::NONE);
        let state = self.property(window, self.atom("_NET_WM_STATE"), AtomEnum::ATOM.into());
        self.maximized().iter().all(|wanted| {
            let mut all = state.chunks_exact(4);
            all.any(|atom| atom == wanted.to_ne_bytes())
        })
    }

    fn maximized(&self) -> [u32; 2] {
        [
            "_NET_WM_STATE_MAXIMIZED_VERT",
            "_NET_WM_STATE_MAXIMIZED_HORZ",
        ]
        .map(|name| self.atom(name))
    }

    /// Presses and lets go of a button of the mouse, in the middle of the display. The two at its side are
    /// 8 and 9.
    pub(super) fn press_button(&self, button: u8) {
        let fake = |kind, detail, x, y| {
            self.connection
                .xtest_fake_input(kind, detail, x11rb::CURRENT_TIME, self.root, x, y, 0)
                .ok()
                .and_then(|asked| asked.check().ok())
                .expect("the display takes what a mouse does");
        };
        let size = self.connection.get_geometry(self.root).ok();
        let size = size.and_then(|asked| asked.reply().ok());
        let (x, y) = size.map_or((0, 0), |size| {
            let middle = |length: u16| i16::try_from(length / 2).unwrap_or_default();
            (middle(size.width), middle(size.height))
        });
        fake(xproto::MOTION_NOTIFY_EVENT, 0, x, y);
        fake(xproto::BUTTON_PRESS_EVENT, button, 0, 0);
        fake(xproto::BUTTON_RELEASE_EVENT, button, 0, 0);
    }

    /// Gives the keyboard to nobody.
    pub(super) fn focus_none(&self) {
        self.focus(x11rb::NONE);
    }

    /// Gives the keyboard to the first window that is open.
    pub(super) fn focus_first(&self) {
        self.focus(self.windows().first().copied().unwrap_or(x11rb::NONE));
    }

    fn focus(&self, window: Id) {
        self.connection
            .set_input_focus(InputFocus::NONE, window, x11rb::CURRENT_TIME)
            .ok()
            .and_then(|asked| asked.check().ok())
            .expect("the display moves the focus");
    }

    /// Asks all windows to close, as the cross in their corner does.
    ///
    /// Source: ICCCM, 4.2.8.1 "Window Deletion".
    pub(super) fn close_all(&self) {
        for window in self.windows() {
            let (kind, what) = (self.atom("WM_PROTOCOLS"), self.atom("WM_DELETE_WINDOW"));
            let message = ClientMessageEvent::new(32, window, kind, [what, 0, 0, 0, 0]);
            // Only with its answer has the display taken the message: it forgets what was asked by
            // somebody who has gone meanwhile.
            self.connection
                .send_event(false, window, EventMask::NO_EVENT, message)
                .ok()
                .and_then(|asked| asked.check().ok())
                .expect("the display takes messages");
        }
    }

    /// Windows in sight that can be closed. There is no window manager: they are the root's children.
    fn windows(&self) -> Vec<Id> {
        let tree = self.connection.query_tree(self.root);
        let Some(tree) = tree.ok().and_then(|cookie| cookie.reply().ok()) else {
            return Vec::new();
        };
        let can_close = |id: &Id| self.is_in_sight(*id) && self.knows_how_to_close(*id);
        tree.children.into_iter().filter(can_close).collect()
    }

    fn is_in_sight(&self, id: Id) -> bool {
        let attributes = self.connection.get_window_attributes(id);
        let attributes = attributes.ok().and_then(|cookie| cookie.reply().ok());
        attributes.is_some_and(|attributes| attributes.map_state == MapState::VIEWABLE)
    }

    fn knows_how_to_close(&self, id: Id) -> bool {
        let protocols = self.property(id, self.atom("WM_PROTOCOLS"), AtomEnum::ATOM.into());
        let delete = self.atom("WM_DELETE_WINDOW").to_ne_bytes();
        protocols.chunks_exact(4).any(|atom| atom == delete)
    }

    fn title(&self, id: Id) -> String {
        let bytes = self.property(id, self.atom("_NET_WM_NAME"), self.atom("UTF8_STRING"));
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn property(&self, id: Id, name: u32, kind: u32) -> Vec<u8> {
        let asked = self
            .connection
            .get_property(false, id, name, kind, 0, 1024)
            .ok();
        let reply = asked.and_then(|cookie| cookie.reply().ok());
        reply.map(|reply| reply.value).unwrap_or_default()
    }

    fn atom(&self, name: &str) -> u32 {
        let asked = self.connection.intern_atom(false, name.as_bytes()).ok();
        let reply = asked.and_then(|cookie| cookie.reply().ok());
        reply.expect("the display knows its atoms").atom
    }
}
