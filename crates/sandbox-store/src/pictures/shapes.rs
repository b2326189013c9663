//! The drawings: a few flat parts each, on a square of 100.

use crate::seed::kinds::Shape;

/// Which tone a part has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// The product's colour.
    Body,
    /// Darker.
    Shade,
    /// Lighter.
    Light,
    /// Nearly black, whatever the colour.
    Dark,
    /// Grey metal, whatever the colour.
    Metal,
    /// The ground shows through.
    Ground,
}

/// One part: an SVG path, filled or drawn along.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) ink: Ink,
    /// `M L Q C Z` with blanks between all words.
    pub(super) path: &'static str,
    /// Width of the line; `None` fills.
    pub(super) stroke: Option<f32>,
}

const fn fill(ink: Ink, path: &'static str) -> Part {
    Part {
        ink,
        path,
        stroke: None,
    }
}

const fn line(ink: Ink, width: f32, path: &'static str) -> Part {
    Part {
        ink,
        path,
        stroke: Some(width),
    }
}

/// The parts from back to front.
pub(super) fn parts(shape: Shape) -> Vec<Part> {
    use Ink::{Body, Dark, Ground, Light, Metal, Shade};
    match shape {
        Shape::Tee => vec![
            fill(
                Body,
                "M 36 16 L 20 22 L 6 42 L 20 52 L 27 44 L 27 88 L 73 88 L 73 44 L 80 52 L 94 42 L 80 22 L 64 16 Q 50 30 36 16 Z",
            ),
            line(Shade, 2.0, "M 36 16 Q 50 32 64 16"),
            line(Shade, 1.5, "M 27 44 L 28 36 M 73 44 L 72 36"),
        ],
        Shape::Beanie => vec![
            fill(Body, "M 16 66 Q 14 20 50 18 Q 86 20 84 66 Z"),
            fill(
                Shade,
                "M 12 62 L 88 62 Q 91 62 91 66 L 91 78 Q 91 82 88 82 L 12 82 Q 9 82 9 78 L 9 66 Q 9 62 12 62 Z",
            ),
            line(
                Light,
                2.0,
                "M 34 58 Q 34 34 46 24 M 50 58 L 50 22 M 66 58 Q 66 34 54 24",
            ),
        ],
        Shape::Tent => vec![
            fill(Body, "M 50 16 L 94 84 L 6 84 Z"),
            fill(Light, "M 50 16 L 30 84 L 6 84 Z"),
            fill(Dark, "M 50 34 L 66 84 L 40 84 Z"),
            line(Shade, 2.0, "M 50 16 L 46 8 M 50 16 L 54 8"),
            line(Metal, 1.5, "M 6 84 L 1 90 M 94 84 L 99 90"),
        ],
        Shape::Bottle => vec![
            fill(Dark, "M 40 6 L 60 6 L 60 20 L 40 20 Z"),
            fill(
                Body,
                "M 38 22 L 62 22 Q 70 26 70 36 L 70 88 Q 70 94 64 94 L 36 94 Q 30 94 30 88 L 30 36 Q 30 26 38 22 Z",
            ),
            fill(Light, "M 36 40 L 41 40 L 41 84 L 36 84 Z"),
            fill(Shade, "M 30 58 L 70 58 L 70 62 L 30 62 Z"),
            line(Dark, 3.0, "M 60 10 Q 72 12 66 22"),
        ],
        Shape::Boot => vec![
            fill(
                Body,
                "M 28 10 L 60 10 L 60 46 Q 78 52 90 62 Q 94 66 94 76 L 22 76 L 24 46 Z",
            ),
            fill(Shade, "M 26 10 L 62 10 L 62 20 L 26 20 Z"),
            fill(
                Dark,
                "M 18 76 L 96 76 L 96 86 L 82 86 L 80 82 L 46 82 L 44 88 L 18 88 Z",
            ),
            line(
                Light,
                2.5,
                "M 54 30 L 64 30 M 53 38 L 63 38 M 56 46 L 66 44 M 63 53 L 72 49",
            ),
        ],
        Shape::Sock => vec![
            fill(
                Body,
                "M 36 8 L 64 8 L 64 52 Q 64 60 58 66 L 36 88 Q 28 94 19 87 Q 10 78 18 70 L 36 52 Z",
            ),
            fill(Shade, "M 36 8 L 64 8 L 64 20 L 36 20 Z"),
            fill(Light, "M 18 70 Q 10 78 19 87 Q 26 92 32 90 Q 36 76 24 64 Z"),
            line(Light, 2.0, "M 36 28 L 64 28 M 36 34 L 64 34"),
        ],
        Shape::Jacket => vec![
            fill(
                Body,
                "M 36 16 L 20 24 L 8 74 L 22 78 L 29 48 L 29 90 L 71 90 L 71 48 L 78 78 L 92 74 L 80 24 L 64 16 Z",
            ),
            fill(
                Shade,
                "M 34 18 Q 36 6 50 6 Q 64 6 66 18 L 58 26 L 50 22 L 42 26 Z",
            ),
            line(Light, 1.8, "M 50 22 L 50 90"),
            line(Shade, 2.0, "M 34 62 L 43 56 M 66 62 L 57 56"),
            line(Shade, 1.5, "M 29 48 L 31 38 M 71 48 L 69 38"),
        ],
        Shape::Pants => vec![
            fill(
                Body,
                "M 28 8 L 72 8 L 80 92 L 58 92 L 50 38 L 42 92 L 20 92 Z",
            ),
            fill(Shade, "M 28 8 L 72 8 L 73 17 L 27 17 Z"),
            line(
                Light,
                1.8,
                "M 50 17 L 50 36 M 31 22 L 39 28 M 69 22 L 61 28",
            ),
            line(Shade, 1.6, "M 26 60 L 44 60 M 56 60 L 74 60"),
        ],
        Shape::Backpack => vec![
            line(Dark, 4.0, "M 40 14 Q 40 4 50 4 Q 60 4 60 14"),
            fill(
                Shade,
                "M 14 46 L 24 42 L 24 84 L 16 82 Z M 86 46 L 76 42 L 76 84 L 84 82 Z",
            ),
            fill(
                Body,
                "M 24 34 Q 24 12 50 12 Q 76 12 76 34 L 76 86 Q 76 94 68 94 L 32 94 Q 24 94 24 86 Z",
            ),
            fill(
                Light,
                "M 26 30 Q 30 14 50 14 Q 70 14 74 30 L 74 38 L 26 38 Z",
            ),
            fill(
                Shade,
                "M 32 58 L 68 58 L 68 84 Q 68 88 64 88 L 36 88 Q 32 88 32 84 Z",
            ),
            line(Dark, 2.0, "M 40 38 L 40 52 M 60 38 L 60 52"),
        ],
        Shape::Mug => vec![
            line(Shade, 7.0, "M 70 38 Q 92 36 90 54 Q 88 70 68 66"),
            fill(
                Body,
                "M 18 24 L 72 24 L 70 78 Q 69 86 61 86 L 29 86 Q 21 86 20 78 Z",
            ),
            fill(
                Light,
                "M 16 20 L 74 20 Q 76 20 76 23 L 76 27 L 14 27 L 14 23 Q 14 20 16 20 Z",
            ),
            fill(Light, "M 27 34 L 32 34 L 34 76 L 29 76 Z"),
        ],
        Shape::Headlamp => vec![
            line(Body, 8.0, "M 6 48 Q 18 26 50 26 Q 82 26 94 48"),
            line(Shade, 3.0, "M 6 48 Q 50 72 94 48"),
            fill(
                Dark,
                "M 32 36 L 68 36 Q 74 36 74 42 L 74 66 Q 74 72 68 72 L 32 72 Q 26 72 26 66 L 26 42 Q 26 36 32 36 Z",
            ),
            fill(
                Metal,
                "M 50 42 Q 62 42 62 54 Q 62 66 50 66 Q 38 66 38 54 Q 38 42 50 42 Z",
            ),
            fill(
                Ground,
                "M 50 46 Q 58 46 58 54 Q 58 62 50 62 Q 42 62 42 54 Q 42 46 50 46 Z",
            ),
        ],
        Shape::Glove => vec![
            fill(
                Body,
                "M 34 58 L 24 44 Q 18 36 24 32 Q 30 29 35 36 L 40 44 L 38 16 Q 38 10 43 10 Q 48 10 48 16 L 49 36 L 51 12 Q 51 6 56 6 Q 61 6 61 12 L 60 36 L 64 16 Q 65 10 70 11 Q 75 12 74 18 L 72 40 L 75 30 Q 77 25 81 27 Q 85 29 84 34 L 76 66 L 74 74 L 38 74 Z",
            ),
            fill(
                Shade,
                "M 36 74 L 76 74 L 76 92 Q 76 94 74 94 L 38 94 Q 36 94 36 92 Z",
            ),
            line(Light, 2.0, "M 40 80 L 72 80 M 40 87 L 72 87"),
        ],
        Shape::SleepingBag => vec![
            fill(
                Body,
                "M 50 6 Q 80 8 76 40 L 68 86 Q 66 95 50 95 Q 34 95 32 86 L 24 40 Q 20 8 50 6 Z",
            ),
            fill(
                Dark,
                "M 50 14 Q 68 16 65 32 Q 60 44 50 44 Q 40 44 35 32 Q 32 16 50 14 Z",
            ),
            fill(
                Light,
                "M 50 24 Q 60 24 61 34 Q 57 42 50 42 Q 43 42 39 34 Q 40 24 50 24 Z",
            ),
            line(
                Shade,
                2.0,
                "M 26 52 Q 50 58 74 52 M 28 64 Q 50 70 72 64 M 30 76 Q 50 82 70 76",
            ),
            line(Light, 1.6, "M 60 44 L 57 92"),
        ],
        Shape::Poles => vec![
            line(Metal, 3.0, "M 32 14 L 58 92"),
            line(Metal, 3.0, "M 68 14 L 42 92"),
            line(Body, 7.0, "M 32 12 L 38 30 M 68 12 L 62 30"),
            line(Dark, 3.0, "M 29 10 Q 20 16 28 26 M 71 10 Q 80 16 72 26"),
            line(Shade, 4.0, "M 48 84 L 60 81 M 52 84 L 40 81"),
        ],
        Shape::Stove => vec![
            line(Metal, 3.5, "M 14 22 L 50 38 L 86 22 M 50 38 L 50 20"),
            fill(Dark, "M 40 34 L 60 34 L 62 46 L 38 46 Z"),
            fill(Metal, "M 45 46 L 55 46 L 55 58 L 45 58 Z"),
            line(Dark, 3.0, "M 55 52 L 76 56"),
            fill(
                Body,
                "M 32 58 L 68 58 Q 78 60 78 70 L 78 86 Q 78 92 70 92 L 30 92 Q 22 92 22 86 L 22 70 Q 22 60 32 58 Z",
            ),
            fill(Light, "M 22 72 L 78 72 L 78 80 L 22 80 Z"),
        ],
    }
}
