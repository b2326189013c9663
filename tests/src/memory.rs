//! How much memory a program takes, with everything it has started.

use std::{collections::BTreeMap, fs};

/// The proportional set size of a process and all its descendants, in bytes: what several share is
/// counted once among them.
///
/// Source: Linux, `Documentation/filesystems/proc.rst`, `smaps_rollup`.
#[must_use]
pub fn proportional(process: u32) -> u64 {
    let parents = parents();
    let mut family = vec![process];
    let mut next = 0;
    while let Some(&parent) = family.get(next) {
        let children = parents.iter().filter(|(_, of)| **of == parent);
        family.extend(children.map(|(id, _)| *id));
        next += 1;
    }
    family.iter().map(|id| of_one(*id)).sum()
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
}
