//! What happened so far.

use std::{fmt, ops::AddAssign};

use crate::place::Disk;

/// What happened so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) jobs: u64,
    pub(crate) kills: u64,
    /// Of the store, as requests have met them, and of the disk below the app.
    pub(crate) faults: u64,
    pub(crate) lost: u64,
    pub(crate) doubled: u64,
    pub(crate) full_disks: u64,
    pub(crate) power_cuts: u64,
    /// Pages that had not reached the disk when the power was cut.
    pub(crate) pages_cut: u64,
    pub(crate) damaged_pages: u64,
    /// Jobs that the app would not go on with, and said that the journal can't be read.
    pub(crate) told_damaged: u64,
    /// Jobs of which nothing had been sent when damage took all that was written about them.
    pub(crate) taken_by_damage: u64,
    /// Rounds with a disk that gets full.
    pub(crate) full: Rounds,
    /// Rounds with one that loses what had not reached it.
    pub(crate) cut: Rounds,
    /// Jobs that met somebody else's change.
    pub(crate) met: u64,
}

/// Rounds that were to have a disk of one kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rounds {
    /// They had it.
    tried: u64,
    /// It can't be had here.
    untried: u64,
}

impl Rounds {
    /// Nothing is known of such a disk, though there were rounds for it.
    const fn none_was_tried(self) -> bool {
        self.tried == 0 && self.untried > 0
    }
}

impl AddAssign for Rounds {
    fn add_assign(&mut self, more: Self) {
        self.tried += more.tried;
        self.untried += more.untried;
    }
}

impl Tally {
    /// A round begins on this disk; it was to have the other, if that can't be had.
    pub(crate) fn begins_on(&mut self, disk: Disk, untried: Option<Disk>) {
        if let Some(rounds) = self.rounds_of(disk) {
            rounds.tried += 1;
        }
        if let Some(rounds) = untried.and_then(|disk| self.rounds_of(disk)) {
            rounds.untried += 1;
        }
    }

    /// Of a disk that not every system can have.
    const fn rounds_of(&mut self, disk: Disk) -> Option<&mut Rounds> {
        match disk {
            Disk::Full => Some(&mut self.full),
            Disk::PowerCut => Some(&mut self.cut),
            Disk::Sound | Disk::DamagedPage => None,
        }
    }

    /// What nothing is known of, since every round for it had another disk: a line for each.
    pub(crate) fn not_tried(self) -> Vec<String> {
        [(self.full, "a full disk"), (self.cut, "a power cut")]
            .into_iter()
            .filter(|(rounds, _)| rounds.none_was_tried())
            .map(|(rounds, what)| {
                let untried = rounds.untried;
                format!("not tried: {what}, in any of the {untried} rounds for it: this system can't have one")
            })
            .collect()
    }

    pub(crate) const fn is_clean(self) -> bool {
        self.lost == 0 && self.doubled == 0
    }

    /// How the disks failed, in a sentence.
    pub(crate) fn disks(self) -> String {
        let Self {
            full_disks,
            power_cuts,
            pages_cut,
            damaged_pages,
            told_damaged,
            taken_by_damage,
            full,
            cut,
            met,
            ..
        } = self;
        let untried = full.untried + cut.untried;
        let untried = if untried == 0 {
            String::new()
        } else {
            format!(" NOT TRIED: {untried} rounds were to have a disk that this system can't have.")
        };
        format!(
            "The disk was full {full_disks} times; {power_cuts} power cuts took {pages_cut} pages that had not \
             reached it; {damaged_pages} last pages were damaged: {told_damaged} times the app said so and sent \
             nothing more, {taken_by_damage} times a job was gone of which nothing had been sent. \
             {met} jobs met somebody else's change.{untried}"
        )
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        self.jobs += more.jobs;
        self.kills += more.kills;
        self.faults += more.faults;
        self.lost += more.lost;
        self.doubled += more.doubled;
        self.full_disks += more.full_disks;
        self.power_cuts += more.power_cuts;
        self.pages_cut += more.pages_cut;
        self.damaged_pages += more.damaged_pages;
        self.told_damaged += more.told_damaged;
        self.taken_by_damage += more.taken_by_damage;
        self.full += more.full;
        self.cut += more.cut;
        self.met += more.met;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            jobs,
            kills,
            faults,
            lost,
            doubled,
            ..
        } = self;
        write!(
            f,
            "{jobs} jobs, {kills} kills, {faults} faults, {lost} lost, {doubled} doubled"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_that_no_round_had_is_told_and_one_that_some_had_is_not() {
        let mut tally = Tally::default();
        tally.begins_on(Disk::Sound, None);
        tally.begins_on(Disk::DamagedPage, None);
        assert_eq!(
            tally.not_tried(),
            Vec::<String>::new(),
            "none was to have one"
        );
        tally.begins_on(Disk::Sound, Some(Disk::Full));
        tally.begins_on(Disk::Sound, Some(Disk::PowerCut));
        let mut another = Tally::default();
        another.begins_on(Disk::Sound, Some(Disk::Full));
        another.begins_on(Disk::PowerCut, None);
        tally += another;
        assert_eq!(
            tally.not_tried(),
            ["not tried: a full disk, in any of the 2 rounds for it: this system can't have one"]
        );
        assert!(tally.disks().contains("NOT TRIED: 3 rounds"));
    }
}
