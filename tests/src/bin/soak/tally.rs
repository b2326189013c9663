//! What happened so far.

use std::{fmt, ops::AddAssign};

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
    /// Rounds that were to have a disk of a kind that can't be had here.
    pub(crate) untried: u64,
    /// Jobs that met somebody else's change.
    pub(crate) met: u64,
}

impl Tally {
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
            untried,
            met,
            ..
        } = self;
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
        self.untried += more.untried;
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
