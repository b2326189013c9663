//! From shapes to a PNG.

use tiny_skia::{
    Color as Tone, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, Transform,
};

use super::shapes::{Ink, Part, parts};
use crate::seed::kinds::{Color, Shape};

/// The light ground all pictures have.
const GROUND: (u8, u8, u8) = (243, 242, 238);

/// Draws the shape in the middle of a picture of that many pixels; `None` if there is no memory.
pub(super) fn png(shape: Shape, color: &Color, width: u32, height: u32) -> Option<Vec<u8>> {
    let mut picture = Pixmap::new(width, height)?;
    picture.fill(Tone::from_rgba8(GROUND.0, GROUND.1, GROUND.2, 255));
    let (wide, high) = (side(width), side(height));
    // Shapes live on a square of 100; a margin of a tenth is left around it.
    let scale = wide.min(high) * 0.8 / 100.0;
    let place = Transform::from_row(
        scale,
        0.0,
        0.0,
        scale,
        (wide - 100.0 * scale) / 2.0,
        (high - 100.0 * scale) / 2.0,
    );
    for part in parts(shape) {
        paint(&mut picture, &part, color, place);
    }
    picture.encode_png().ok()
}

fn side(pixels: u32) -> f32 {
    f32::from(u16::try_from(pixels).unwrap_or(u16::MAX))
}

fn paint(picture: &mut Pixmap, part: &Part, color: &Color, place: Transform) {
    let (red, green, blue) = tone(part.ink, color);
    let mut paint = Paint::default();
    paint.set_color_rgba8(red, green, blue, 255);
    paint.anti_alias = true;
    let Some(path) = path(part) else { return };
    match part.stroke {
        None => picture.fill_path(&path, &paint, FillRule::Winding, place, None),
        Some(width) => {
            let stroke = Stroke {
                width,
                line_cap: LineCap::Round,
                line_join: LineJoin::Round,
                ..Stroke::default()
            };
            picture.stroke_path(&path, &paint, &stroke, place, None);
        }
    }
}

/// Reads the few commands of an SVG path that the shapes use: `M L Q C Z`, absolute.
fn path(part: &Part) -> Option<Path> {
    let mut builder = PathBuilder::new();
    let mut words = part.path.split_whitespace();
    let number =
        |words: &mut std::str::SplitWhitespace<'_>| -> Option<f32> { words.next()?.parse().ok() };
    while let Some(word) = words.next() {
        match word {
            "M" => builder.move_to(number(&mut words)?, number(&mut words)?),
            "L" => builder.line_to(number(&mut words)?, number(&mut words)?),
            "Q" => builder.quad_to(
                number(&mut words)?,
                number(&mut words)?,
                number(&mut words)?,
                number(&mut words)?,
            ),
            "C" => builder.cubic_to(
                number(&mut words)?,
                number(&mut words)?,
                number(&mut words)?,
                number(&mut words)?,
                number(&mut words)?,
                number(&mut words)?,
            ),
            "Z" => builder.close(),
            _unknown => return None,
        }
    }
    builder.finish()
}

fn tone(ink: Ink, color: &Color) -> (u8, u8, u8) {
    let byte = |at: usize| {
        color
            .hex
            .get(at..at + 2)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
            .unwrap_or(0x80)
    };
    let (red, green, blue) = (byte(1), byte(3), byte(5));
    let mix = |part: u8, with: u16, tenths: u16| {
        let mixed = (u16::from(part) * (10 - tenths) + with * tenths) / 10;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    match ink {
        Ink::Body => (red, green, blue),
        Ink::Shade => (mix(red, 0, 3), mix(green, 0, 3), mix(blue, 0, 3)),
        Ink::Light => (mix(red, 255, 3), mix(green, 255, 3), mix(blue, 255, 3)),
        Ink::Dark => (52, 54, 58),
        Ink::Metal => (168, 172, 176),
        Ink::Ground => GROUND,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::kinds::{COLORS, KINDS};

    #[test]
    fn every_part_of_every_shape_can_be_read() {
        for kind in KINDS {
            let parts = parts(kind.shape);
            assert!(!parts.is_empty());
            for part in parts {
                assert!(path(&part).is_some(), "{:?}: {}", kind.shape, part.path);
            }
        }
    }

    #[test]
    fn a_picture_is_a_png_of_the_size_asked_for() {
        let bytes = png(Shape::Tent, &COLORS[0], 44, 58).unwrap();
        let picture = Pixmap::decode_png(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (44, 58));
    }
}
