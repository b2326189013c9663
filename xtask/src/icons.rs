//! Every icon the packages need, drawn from `icons/stockroom.svg`.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::hash::Hash;
use crate::project::Project;
use crate::steps;

/// The drawing, the copy of it that the window shows, and what says which files belong together: the drawing and all
/// that was made from it.
const SOURCE: &str = "icons/stockroom.svg";
const SHOWN: &str = "ui/public/icon.svg";
const MADE_FROM: &str = "icons/made-from";

const WINDOWS: &str = "icon.ico";
const APPLE: &str = "icon.icns";

const PNGS: &[(&str, u32)] = &[
    ("32x32.png", 32),
    ("128x128.png", 128),
    ("128x128@2x.png", 256),
    ("icon.png", 512),
];

/// Sizes in the Windows icon. The first is the one that development builds show.
const ICO: &[u32] = &[32, 16, 24, 48, 64, 256];

/// Kinds of picture in Apple's icon, each with its size in pixels.
const ICNS: &[(&[u8; 4], u32)] = &[
    (b"ic11", 32),
    (b"ic12", 64),
    (b"ic07", 128),
    (b"ic13", 256),
    (b"ic08", 256),
    (b"ic14", 512),
    (b"ic09", 512),
    (b"ic10", 1024),
];

/// `cargo xtask icons`
pub(crate) fn icons(project: &Project) -> Result<ExitCode> {
    let folder = project.root.join("icons");
    let source = project.root.join(SOURCE);
    steps::step("Icons", || {
        let drawing = fs::read(&source).with_context(|| format!("reading {}", source.display()))?;
        for (name, size) in PNGS {
            write(&folder.join(name), &draw(&source, *size)?)?;
        }
        let pictures = |sizes: &mut dyn Iterator<Item = u32>| -> Result<Vec<Vec<u8>>> {
            sizes.map(|size| draw(&source, size)).collect()
        };
        let windows = pictures(&mut ICO.iter().copied())?;
        write(
            &folder.join(WINDOWS),
            &ico(&ICO.iter().copied().zip(windows).collect::<Vec<_>>())?,
        )?;
        let apple = pictures(&mut ICNS.iter().map(|(_, size)| *size))?;
        write(
            &folder.join(APPLE),
            &icns(
                &ICNS
                    .iter()
                    .map(|(kind, _)| *kind)
                    .zip(apple)
                    .collect::<Vec<_>>(),
            )?,
        )?;
        write(&project.root.join(SHOWN), &drawing)?;
        let marks = marks(&project.root)?;
        write(&project.root.join(MADE_FROM), marks.as_bytes())?;
        Ok(format!("{} files", PNGS.len() + 3))
    })?;
    Ok(ExitCode::SUCCESS)
}

/// A line for the drawing and for each file that was made from it: the hash of what is in it now, and its name.
fn marks(root: &Path) -> Result<String> {
    let pngs = PNGS.iter().map(|(name, _)| *name);
    let icons = pngs
        .chain([WINDOWS, APPLE])
        .map(|name| format!("icons/{name}"));
    let files = [SOURCE, SHOWN].map(str::to_owned).into_iter().chain(icons);
    files
        .map(|name| {
            let path = root.join(&name);
            let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            let mut hash = Hash::new();
            hash.add(&bytes);
            Ok(format!("{:016x} {name}\n", hash.value()))
        })
        .collect()
}

/// The picture in one size, as PNG with transparency.
fn draw(source: &Path, size: u32) -> Result<Vec<u8>> {
    let size = size.to_string();
    let output = Command::new("rsvg-convert")
        .args(["--width", &size, "--height", &size, "--format", "png"])
        .arg(source)
        .output()
        .context("rsvg-convert is missing; on Debian and Ubuntu: apt-get install librsvg2-bin")?;
    if !output.status.success() {
        bail!(
            "rsvg-convert: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(output.stdout)
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))
}

/// A Windows icon that holds PNGs: a directory of 16 bytes per picture, then the pictures.
///
/// Source: Microsoft, "Icons" (ICONDIR, ICONDIRENTRY); PNG entries since Windows Vista.
fn ico(pictures: &[(u32, Vec<u8>)]) -> Result<Vec<u8>> {
    let count = u16::try_from(pictures.len())?;
    let mut file = Vec::new();
    for word in [0, 1, count] {
        file.extend(u16::to_le_bytes(word));
    }
    let mut offset = 6 + 16 * u32::from(count);
    for (size, png) in pictures {
        let length = u32::try_from(png.len())?;
        // One byte per side, in which 0 means 256; no palette; one plane of 32 bits.
        let side = u8::try_from(*size % 256)?;
        file.extend([side, side, 0, 0, 1, 0, 32, 0]);
        file.extend(length.to_le_bytes());
        file.extend(offset.to_le_bytes());
        offset += length;
    }
    pictures.iter().for_each(|(_, png)| file.extend(png));
    Ok(file)
}

/// Apple's icon that holds PNGs: `icns`, the length of all, then kind, length and picture each.
///
/// Source: Apple, "IconFamily" in `Icons.h`; PNG entries since Mac OS X 10.7.
fn icns(pictures: &[(&[u8; 4], Vec<u8>)]) -> Result<Vec<u8>> {
    let mut entries = Vec::new();
    for (kind, png) in pictures {
        entries.extend_from_slice(*kind);
        entries.extend(u32::try_from(png.len() + 8)?.to_be_bytes());
        entries.extend(png);
    }
    let mut file = b"icns".to_vec();
    file.extend(u32::try_from(entries.len() + 8)?.to_be_bytes());
    file.extend(entries);
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_picture_of_a_windows_icon_lies_where_the_directory_says() {
        let file = ico(&[(32, vec![1; 5]), (256, vec![2; 7])]).unwrap();
        assert_eq!(&file[..6], [0, 0, 1, 0, 2, 0]);
        let second = &file[6 + 16..6 + 32];
        assert_eq!(second[0], 0, "256 is written as 0");
        let number =
            |at: usize| u32::from_le_bytes(second[at..at + 4].try_into().unwrap()) as usize;
        let (length, offset) = (number(8), number(12));
        assert_eq!(&file[offset..offset + length], [2; 7]);
        assert_eq!(offset + length, file.len());
    }

    #[test]
    fn apples_icon_counts_its_own_headers() {
        let file = icns(&[(b"ic07", vec![1; 5])]).unwrap();
        assert_eq!(
            file,
            [
                b"icns",
                &[0, 0, 0, 21][..],
                b"ic07",
                &[0, 0, 0, 13],
                &[1; 5]
            ]
            .concat()
        );
    }

    #[test]
    fn all_icons_are_those_of_the_drawing() {
        let root = Project::find().unwrap().root;
        let drawing = fs::read(root.join(SOURCE)).unwrap();
        let shown = fs::read(root.join(SHOWN)).unwrap();
        let made_from = fs::read_to_string(root.join(MADE_FROM)).unwrap();
        let again = "draw them anew with `cargo xtask icons`";
        assert!(shown == drawing, "{SHOWN} is another drawing: {again}");
        assert_eq!(marks(&root).unwrap(), made_from, "{again}");
    }
}
