//! How much memory a program takes, with everything it has started, and what is in it.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io,
    os::unix::fs::FileExt as _,
};

use memchr::memmem;

/// The proportional set size of a process and all its descendants, in bytes: what several share is
/// counted once among them.
///
/// Source: Linux, `Documentation/filesystems/proc.rst`, `smaps_rollup`.
#[must_use]
pub fn proportional(process: u32) -> u64 {
    family(process).iter().map(|id| of_one(*id)).sum()
}

/// A process and all its descendants, itself first.
#[must_use]
pub fn family(process: u32) -> Vec<u32> {
    let parents = parents();
    let mut family = vec![process];
    let mut next = 0;
    while let Some(&parent) = family.get(next) {
        let children = parents.iter().filter(|(_, of)| **of == parent);
        family.extend(children.map(|(id, _)| *id));
        next += 1;
    }
    family
}

/// Where in the memory of a process a text stands, one byte or two bytes a letter: the address and
/// the name of each place. Its environment and its arguments are in there, too.
///
/// # Errors
/// If the system does not let us look, as some do whose administrator has said so.
///
/// Source: Linux, `Documentation/filesystems/proc.rst`, `maps` and `mem`;
/// `Documentation/admin-guide/mm/pagemap.rst`.
pub fn holds(process: u32, text: &str) -> io::Result<Vec<String>> {
    let narrow = memmem::Finder::new(text.as_bytes());
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = memmem::Finder::new(&wide);
    let smaps = fs::read_to_string(format!("/proc/{process}/smaps"))?;
    let memory = File::open(format!("/proc/{process}/mem"))?;
    let pages = File::open(format!("/proc/{process}/pagemap"))?;
    let mut places = Vec::new();
    for stretch in stretches(&smaps) {
        for (from, to) in stretch.in_use(&pages) {
            // A page that belongs to a device is nobody's text.
            let mut piece = vec![0; usize::try_from(to - from).unwrap_or_default()];
            let Ok(read) = memory.read_at(&mut piece, from) else {
                continue;
            };
            for finder in [&narrow, &wide] {
                let found = finder.find_iter(&piece[..read]);
                let name = &stretch.name;
                places.extend(found.map(|place| format!("{:x} {name}", from + place as u64)));
            }
        }
    }
    Ok(places)
}

const PAGE: u64 = 4096;

/// A stretch of memory that may be read and of which something is there.
struct Stretch {
    from: u64,
    to: u64,
    name: String,
}

impl Stretch {
    /// The parts of which something is there. A page that was never touched is not: a browser
    /// keeps far more room for itself than any computer has.
    fn in_use(&self, pages: &File) -> Vec<(u64, u64)> {
        let (first, count) = (self.from / PAGE, (self.to - self.from) / PAGE);
        let mut flags = vec![0; usize::try_from(count * 8).unwrap_or_default()];
        let read = pages.read_at(&mut flags, first * 8).unwrap_or_default();
        let mut parts: Vec<(u64, u64)> = Vec::new();
        for (page, flag) in (first..).zip(flags[..read].chunks_exact(8)) {
            // Present, or swapped out.
            if flag[7] & 0b1100_0000 == 0 {
                continue;
            }
            let (from, to) = (page * PAGE, (page + 1) * PAGE);
            match parts.last_mut() {
                Some((_, end)) if *end == from => *end = to,
                _ => parts.push((from, to)),
            }
        }
        parts
    }
}

fn stretches(smaps: &str) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut is_readable = false;
    for line in smaps.lines() {
        if let Some((from, to, name)) = head(line) {
            is_readable = name.is_some();
            let name = name.unwrap_or_default().to_owned();
            stretches.push(Stretch { from, to, name });
        } else if let Some(there) = line.strip_prefix("Rss:")
            && (!is_readable || there.trim() == "0 kB")
        {
            stretches.pop();
        }
    }
    stretches
}

/// Begin and end of a stretch, and its name if it can be read and looked at.
fn head(line: &str) -> Option<(u64, u64, Option<&str>)> {
    let mut words = line.split_ascii_whitespace();
    let (from, to) = words.next()?.split_once('-')?;
    let number = |text| u64::from_str_radix(text, 16).ok();
    let (from, to, rights) = (number(from)?, number(to)?, words.next()?);
    let name = words.nth(3).unwrap_or("(memory)");
    let readable = rights.starts_with('r') && !matches!(name, "[vvar]" | "[vsyscall]");
    Some((from, to, readable.then_some(name)))
}

fn of_one(process: u32) -> u64 {
    // One that has ended meanwhile takes nothing.
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kibibytes.unwrap_or(0) * 1024
}

/// The parent of every process.
fn parents() -> BTreeMap<u32, u32> {
    let processes = fs::read_dir("/proc").expect("this is Linux");
    processes
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let id: u32 = entry.file_name().to_str()?.parse().ok()?;
            let status = fs::read_to_string(entry.path().join("status")).ok()?;
            let parent = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
            Some((id, parent.trim().parse().ok()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn a_child_counts_as_much_as_its_parent() {
        // A shell that waits for a shell that waits for us.
        let mut parent = Command::new("sh")
            .args(["-c", "sh -c 'echo ready; read -r _; :'; :"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("every Unix has sh");
        let mut ready = String::new();
        let out = parent.stdout.take().expect("it is piped");
        std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut ready)
            .expect("it says so");

        let (alone, all) = (of_one(parent.id()), proportional(parent.id()));
        drop(parent.stdin.take());
        parent.wait().expect("it is our child");

        assert!(alone > 0);
        assert!(all > alone, "{all} of both, {alone} of one");
    }

    #[test]
    fn what_a_process_was_started_with_is_found_and_nothing_else() {
        let mut child = Command::new("sh")
            .args(["-c", "read -r _"])
            .env("CANARY", "yellow-bird-in-a-coal-mine")
            .stdin(Stdio::piped())
            .spawn()
            .expect("every Unix has sh");
        let there = crate::wait::within(std::time::Duration::from_secs(10), || {
            let places = holds(child.id(), "yellow-bird-in-a-coal-mine").ok()?;
            (!places.is_empty()).then_some(places)
        });
        let elsewhere = holds(child.id(), "another-bird-in-a-coal-mine");
        drop(child.stdin.take());
        child.wait().expect("it is our child");
        assert!(there.is_some());
        assert_eq!(elsewhere.expect("it is our child"), Vec::<String>::new());
    }
}
