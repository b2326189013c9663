//! What is drawn on a display, seen from outside: the display itself tells when something was drawn, so
//! nothing is asked of the program that draws and nothing is looked at in vain.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        mpsc::{self, Receiver, Sender},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use x11rb::{
    NONE,
    connection::Connection as _,
    protocol::{
        Event,
        damage::{ConnectionExt as _, Damage, ReportLevel},
        xproto::{
            AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, ImageFormat, Window,
        },
    },
    rust_connection::{ReplyError, RustConnection},
};

use crate::selection::unseen_window;

/// A part of a display, in pixels from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strip {
    /// Its left edge.
    pub x: i16,
    /// Its upper edge.
    pub y: i16,
    /// Its width.
    pub width: u16,
    /// Its height.
    pub height: u16,
}

/// What was drawn in a strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    /// Four bytes a pixel: blue, green, red and one without a meaning.
    bytes: Vec<u8>,
}

impl Picture {
    /// How many lines of text are in it: stretches with strong marks on the ground, one below the other.
    #[must_use]
    pub fn lines_of_text(&self) -> usize {
        /// Of 255. Grey bars and hair lines differ less from their ground.
        const STRONG: u32 = 110;
        let ground = self.ground();
        let marked: Vec<bool> = self
            .bytes
            .chunks_exact(self.width * 4)
            .map(|row| {
                let mut pixels = row.chunks_exact(4);
                pixels.any(|pixel| brightness(pixel).abs_diff(ground) > STRONG)
            })
            .collect();
        let begins = |at: usize| marked[at] && (at == 0 || !marked[at - 1]);
        (0..marked.len()).filter(|at| begins(*at)).count()
    }

    /// How much of it is light, in per cent.
    #[must_use]
    pub fn light_share(&self) -> usize {
        /// Of 255.
        const LIGHT: u32 = 170;
        let pixels = self.bytes.chunks_exact(4);
        let light = pixels.filter(|pixel| brightness(pixel) > LIGHT).count();
        light * 100 * 4 / self.bytes.len().max(1)
    }

    /// A part of it; `strip` counts from its own corner.
    ///
    /// # Panics
    /// If it is not inside.
    #[must_use]
    pub fn part(&self, strip: Strip) -> Self {
        let at = |number: i16| usize::try_from(number).expect("a part lies inside");
        let (left, width) = (at(strip.x) * 4, usize::from(strip.width) * 4);
        let rows = self.bytes.chunks_exact(self.width * 4);
        let rows = rows.skip(at(strip.y)).take(strip.height.into());
        Self {
            width: strip.width.into(),
            bytes: rows
                .flat_map(|row| &row[left..left + width])
                .copied()
                .collect(),
        }
    }

    /// How bright most of it is: from 0, black, to 255, white.
    #[must_use]
    pub fn ground(&self) -> u32 {
        let mut shades: BTreeMap<u32, u32> = BTreeMap::new();
        for pixel in self.bytes.chunks_exact(4) {
            *shades.entry(brightness(pixel)).or_default() += 1;
        }
        let most = shades.iter().max_by_key(|(_, count)| **count);
        most.map_or(0, |(shade, _)| *shade)
    }
}

/// As an eye has it, from 0 to 255, of blue, green and red.
fn brightness(pixel: &[u8]) -> u32 {
    let part = |at: usize, weight: u32| u32::from(pixel[at]) * weight;
    (part(0, 11) + part(1, 59) + part(2, 30)) / 100
}

/// Looks at a strip whenever something was drawn on the display, until it is dropped.
pub struct Watch {
    connection: Arc<RustConnection>,
    /// Never shown: a message to it ends the watch.
    own: Window,
    pictures: Receiver<(Instant, Picture)>,
    eye: Option<JoinHandle<()>>,
}

impl Watch {
    /// Begins to look. What is drawn from here on is seen.
    ///
    /// # Panics
    /// If the display does not answer, or does not tell what is drawn.
    #[must_use]
    pub fn of(display: &str, strip: Strip) -> Self {
        let (connection, screen) =
            RustConnection::connect(Some(display)).expect("the display of the desktop answers");
        let root = connection.setup().roots[screen].root;
        let (own, damage) = listen(&connection, root).expect("the display tells what is drawn");
        let connection = Arc::new(connection);
        let (sender, pictures) = mpsc::channel();
        let eye = Eye {
            connection: Arc::clone(&connection),
            root,
            damage,
            strip,
            sender,
        };
        Self {
            connection,
            own,
            pictures,
            eye: Some(thread::spawn(move || eye.look())),
        }
    }

    /// The next picture that differs from the one before, and when it was seen; `None` if that does
    /// not come within the time.
    #[must_use]
    pub fn next(&self, within: Duration) -> Option<(Instant, Picture)> {
        self.pictures.recv_timeout(within).ok()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let message = ClientMessageEvent::new(32, self.own, AtomEnum::STRING, [0; 5]);
        let sent = self
            .connection
            .send_event(false, self.own, EventMask::NO_EVENT, message)
            .ok()
            .and_then(|asked| asked.check().ok());
        // A display that is gone has ended the eye already.
        if sent.is_some()
            && let Some(eye) = self.eye.take()
        {
            let _ = eye.join();
        }
    }
}

fn listen(connection: &RustConnection, root: Window) -> Result<(Window, Damage), ReplyError> {
    connection.damage_query_version(1, 1)?.reply()?;
    let (own, damage) = (unseen_window(connection, root)?, id(connection));
    connection
        .damage_create(damage, root, ReportLevel::NON_EMPTY)?
        .check()?;
    Ok((own, damage))
}

fn id(connection: &RustConnection) -> u32 {
    connection
        .generate_id()
        .expect("a display has more names than one watch needs")
}

/// Looks, on a thread of its own.
struct Eye {
    connection: Arc<RustConnection>,
    root: Window,
    damage: Damage,
    strip: Strip,
    sender: Sender<(Instant, Picture)>,
}

impl Eye {
    fn look(self) {
        let mut last = None;
        // Whatever goes wrong here, the display is gone.
        while let Ok(event) = self.connection.wait_for_event() {
            match event {
                Event::DamageNotify(_) => {}
                Event::ClientMessage(_) => return,
                _ => continue,
            }
            let Ok(picture) = self.picture() else { return };
            if last.as_ref() != Some(&picture) {
                last = Some(picture.clone());
                if self.sender.send((Instant::now(), picture)).is_err() {
                    return;
                }
            }
        }
    }

    fn picture(&self) -> Result<Picture, ReplyError> {
        // First, so that what is drawn while we look is told again.
        self.connection.damage_subtract(self.damage, NONE, NONE)?;
        let Strip {
            x,
            y,
            width,
            height,
        } = self.strip;
        let all = u32::MAX;
        let image = self
            .connection
            .get_image(ImageFormat::Z_PIXMAP, self.root, x, y, width, height, all)?
            .reply()?;
        Ok(Picture {
            width: width.into(),
            bytes: image.data,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of five pixels a row, one letter a row: `.` ground, `-` a grey bar, `#` text.
    fn picture(rows: &str) -> Picture {
        let row = |kind: char| {
            let shade = match kind {
                '#' => 20,
                '-' => 200,
                _ => 250,
            };
            [[250; 4], [shade; 4], [250; 4], [250; 4], [250; 4]].concat()
        };
        Picture {
            width: 5,
            bytes: rows.chars().flat_map(row).collect(),
        }
    }

    #[test]
    fn lines_of_text_are_counted_and_grey_bars_are_not() {
        assert_eq!(picture("......").lines_of_text(), 0);
        assert_eq!(picture("..---.").lines_of_text(), 0);
        assert_eq!(picture(".##.#.").lines_of_text(), 2);
        assert_eq!(picture("##..-#").lines_of_text(), 2);
    }

    #[test]
    fn a_part_is_cut_out_where_it_lies() {
        let whole = picture("..#.");
        let part = Strip {
            x: 1,
            y: 1,
            width: 2,
            height: 3,
        };
        let part = whole.part(part);
        assert_eq!((part.width, part.bytes.len()), (2, 2 * 3 * 4));
        assert_eq!(part.lines_of_text(), 1);
        assert_eq!(part.bytes[2 * 4], 20, "the text is in its second row");
    }

    #[test]
    fn light_is_counted_by_its_share() {
        assert_eq!(picture("..").light_share(), 100);
        // One of ten pixels is text.
        assert_eq!(picture(".#").light_share(), 90);
    }

    #[test]
    fn the_ground_is_what_most_of_it_is() {
        assert_eq!(picture("##..-#").ground(), 250);
        let black = Picture {
            width: 1,
            bytes: [[0; 4], [0; 4], [255; 4]].concat(),
        };
        assert_eq!(black.ground(), 0);
    }
}
