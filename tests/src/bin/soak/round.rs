//! One job, its kills and faults, and what became of it.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use host::Milestone;
use serde_json::{Value, json};
use stockroom_tests::{
    bridge::Bridge,
    damage::{spoil_last_frame, spoil_last_page},
    power_cut::cut_power,
    wait,
    world::World,
};

use crate::{
    chance::Chance,
    job::{Job, Wish},
    met,
    place::{Disk, Place},
    tally::Tally,
};

pub(crate) fn play(seed: u64) -> Tally {
    let mut chance = Chance(seed);
    let place = Place::any(&mut chance);
    let wish = Wish::any(&mut chance);
    let size = wish.size as u64;
    let mut tally = Tally {
        jobs: 1,
        ..Tally::default()
    };
    tally.begins_on(place.disk, place.untried);
    let first = kill_at(&mut chance, wish);
    let (mut bridge, store, prepared) = if wish.is_undo() {
        let (mut bridge, store) = place.connected(&[]);
        let prepared = wish.prepare(&place.world, &bridge, &store);
        bridge.kill();
        drop(bridge);
        let bridge = place.again(&store, &first.as_pairs());
        bridge.wait_for_rest(&store);
        (bridge, store, Some(prepared))
    } else {
        let (bridge, store) = place.connected(&first.as_pairs());
        (bridge, store, None)
    };
    let job = Job::planned(&place.world, &bridge, &store, wish, prepared);
    if chance.between(0, 2) == 0 && job.meddle(&place.world) {
        tally.met += 1;
    }
    misbehave(&place.world, &mut chance);
    let before = place.world.writes();
    let accepted = apply(&place, &bridge, &job, before, &mut chance, &mut tally);
    let mut moment = first.moment;

    let lives = match place.disk {
        // As much as possible is still to be done.
        Disk::DamagedPage => 1,
        Disk::Sound | Disk::Full | Disk::PowerCut => chance.between(1, 3),
    };
    for life in 1..=lives {
        // It may end by itself at its place, or live on until the job is over.
        if lived(
            &place,
            wish,
            moment,
            &mut bridge,
            &store,
            &mut chance,
            &mut tally,
        ) {
            tally.kills += 1;
        }
        drop(bridge);
        fail(&place, &store, &mut chance, &mut tally);
        let next = kill_at(&mut chance, wish);
        moment = next.moment;
        let next = next.as_pairs();
        bridge = place.again(&store, if life == lives { &[] } else { &next });
    }

    let end = ended(&bridge, &store, &job, &place.world);
    // From here on nothing moves any more.
    bridge.kill();
    drop(bridge);
    let wrong = job.wrong(&place.world);
    tally.doubled += wrong.doubled;
    let log = place.world.sandbox.log();
    // Those of the disk until here.
    let excuses = tally.kills + tally.faults + met::spoiled_answers(&log);
    tally.faults += met::faults(&log);
    tally.doubled += job.taken_again(&place.world).saturating_sub(excuses);
    match end {
        // Damage may take the words that something was sent, but not what was done.
        Ok(End::Over { .. }) if place.disk == Disk::DamagedPage => tally.lost += wrong.undone,
        Ok(End::Over { unnoted }) => tally.lost += wrong.undone + unnoted,
        // What was not even written down never happened, and the person knows.
        Ok(End::Unwritten) if wrong.undone == size && !accepted => {}
        // All there was of it was on the page that is damaged.
        Ok(End::Unwritten) if wrong.undone == size && place.disk == Disk::DamagedPage => {
            tally.taken_by_damage += 1;
        }
        Ok(End::Unwritten) => tally.lost += size,
        Err(error) if place.disk == Disk::DamagedPage && is_damage(&error) => {
            // Another start says the same, and does not go on either.
            let bridge = place.again(&store, &[]);
            let again = ended(&bridge, &store, &job, &place.world);
            assert!(matches!(again, Err(error) if is_damage(&error)));
            drop(bridge);
            assert_eq!(job.wrong(&place.world), wrong, "nothing more is sent");
            tally.told_damaged += 1;
        }
        Err(error) => panic!("{error}"),
    }
    println!(
        "  {size} changes, {:?}: {} done; {tally}",
        place.disk,
        job.done(&place.world)
    );
    tally
}

/// Gives whether the app said that the job is accepted. Where the disk is full it may say no, and is
/// asked again once there is room.
fn apply(
    place: &Place,
    bridge: &Bridge,
    job: &Job,
    writes_before: usize,
    chance: &mut Chance,
    tally: &mut Tally,
) -> bool {
    if let Some(small) = &place.small
        && chance.between(0, 2) == 0
    {
        small.fill();
        tally.faults += 1;
        tally.full_disks += 1;
        let answer = bridge.ask_apply(&job.plan);
        let refused = matches!(&answer, Ok(Err(error)) if error["code"] == "diskFull");
        if refused {
            assert_eq!(
                place.world.writes(),
                writes_before,
                "nothing is sent that is not written down"
            );
        }
        small.make_room();
        if !refused {
            return matches!(answer, Ok(Ok(_)));
        }
    }
    matches!(bridge.ask_apply(&job.plan), Ok(Ok(_)))
}

/// Waits until it ends where it is told to, its moment has come, or the job is over, and kills it then. On a
/// small disk there is no room left from some place on, and once the app has said so, it is killed or
/// given room. Gives whether it was killed or ended by itself before the job was over.
fn lived(
    place: &Place,
    wish: Wish,
    moment: Option<Duration>,
    bridge: &mut Bridge,
    store: &str,
    chance: &mut Chance,
    tally: &mut Tally,
) -> bool {
    let fill_after = usize::try_from(chance.between(0, wish.writes() / 2)).expect("a small number");
    let fill_at = place.world.writes() + fill_after;
    let dies_full = chance.between(0, 1) == 0;
    let (mut filled, mut roomy) = (false, false);
    let began = Instant::now();
    let early = wait::within(2 * wait::PATIENCE, || {
        // Wherever it is just now: in the middle of a transaction, of a request, of an answer.
        if moment.is_some_and(|moment| began.elapsed() >= moment) {
            return Some(true);
        }
        if bridge.ends_within(Duration::ZERO).is_some() {
            return Some(true);
        }
        if let Some(small) = &place.small
            && !filled
            && place.world.writes() >= fill_at
        {
            small.fill();
            filled = true;
        }
        let Ok(Ok(state)) = bridge.ask("store_state", json!({ "store": store })) else {
            return None;
        };
        if state["trouble"]["code"] == "diskFull" && filled && !roomy {
            if dies_full {
                return Some(true);
            }
            place.small.as_ref()?.make_room();
            roomy = true;
        }
        (state["changesWaiting"] == 0).then_some(false)
    });
    bridge.kill();
    if filled {
        tally.faults += 1;
        tally.full_disks += 1;
    }
    if let (Some(small), true, false) = (&place.small, filled, roomy) {
        small.make_room();
    }
    early.expect("a job ends, or its process does")
}

/// The disk fails in its way, right after the app was killed.
fn fail(place: &Place, store: &str, chance: &mut Chance, tally: &mut Tally) {
    match place.disk {
        // It was full while the app lived.
        Disk::Sound | Disk::Full => {}
        Disk::PowerCut => {
            tally.power_cuts += 1;
            tally.faults += 1;
            tally.pages_cut += cut_power(&place.home()) as u64;
        }
        Disk::DamagedPage => {
            damage(&place.journal(store), chance);
            tally.damaged_pages += 1;
            tally.faults += 1;
        }
    }
}

/// The last page of the journal, or the last one written into its log, becomes something else.
fn damage(journal: &Path, chance: &mut Chance) {
    let in_log = chance.between(0, 1) == 0;
    if !in_log || !spoil_last_frame(journal) {
        spoil_last_page(journal);
    }
}

fn is_damage(error: &Value) -> bool {
    *error == json!({ "code": "damagedFile", "file": "journal" })
}

/// How a job ended.
enum End {
    Over {
        /// Done by the store without the journal knowing that it was sent.
        unnoted: u64,
    },
    /// The journal knows nothing of it.
    Unwritten,
}

/// Waits for the end, and tries again what was not applied, as a person would.
///
/// # Errors
/// What the app said instead.
fn ended(bridge: &Bridge, store: &str, job: &Job, world: &World) -> Result<End, Value> {
    rest(bridge, store)?;
    if job.rows(bridge, store, "all")?.is_empty() {
        return Ok(End::Unwritten);
    }
    for _ in 0..5 {
        let rows = job.rows(bridge, store, "toLookAt")?;
        let Some(row) = rows.first() else {
            break;
        };
        let plan = bridge.call(
            "plan_retry_job",
            json!({ "store": store, "job": row["job"] }),
        )?;
        // Its effect is there, though damage took the words that it was sent: nothing to try again.
        if plan["items"].as_array().is_some_and(Vec::is_empty) {
            break;
        }
        bridge.apply(&plan)?;
        rest(bridge, store)?;
    }
    let unnoted = job.sent_unnoted(world, bridge, store)?;
    Ok(End::Over { unnoted })
}

/// Waits until nothing is on its way and everything is pulled.
///
/// # Errors
/// That the journal is damaged.
fn rest(bridge: &Bridge, store: &str) -> Result<(), Value> {
    let mut last = Value::Null;
    let rested = wait::within(2 * wait::PATIENCE, || {
        let state = match bridge.call("store_state", json!({ "store": store })) {
            Ok(state) => state,
            Err(error) => return Some(Err(error)),
        };
        if is_damage(&state["trouble"]) {
            return Some(Err(state["trouble"].clone()));
        }
        let rests = state["changesWaiting"] == 0
            && state["phase"] == "idle"
            && !state["refreshedAt"].is_null();
        last = state;
        rests.then_some(Ok(()))
    });
    rested.unwrap_or_else(|| panic!("waited in vain for the end; last: {last:#}"))
}

/// Where a life of the app ends, if the job isn't over before.
struct KillAt {
    /// At this place, for the time of that number.
    place: String,
    /// Or so long after it began to live.
    moment: Option<Duration>,
}

impl KillAt {
    fn as_pairs(&self) -> [(&'static str, &str); 1] {
        [("STOCKROOM_KILL_AT", &self.place)]
    }
}

fn kill_at(chance: &mut Chance, wish: Wish) -> KillAt {
    let milestone = *chance.one_of(&Milestone::OF_A_CHANGE);
    // In every second life it ends at any moment, wherever that is.
    let moment = (chance.between(0, 1) == 0).then(|| {
        let longest = 60 + 30 * wish.writes();
        Duration::from_millis(chance.between(1, longest))
    });
    let times = match milestone {
        _ if moment.is_some() => u64::from(u32::MAX),
        Milestone::Journalled => 1,
        _ => chance.between(1, wish.writes()),
    };
    KillAt {
        place: format!("{}:{times}", milestone.name()),
        moment,
    }
}

/// Arranges faults. Whether they come depends on how much is asked.
fn misbehave(world: &World, chance: &mut Chance) {
    let faults = [
        json!({ "kind": "rateLimited", "resetMs": 150 }),
        json!({ "kind": "rateLimitedBare" }),
        json!({ "kind": "resetAfter" }),
        json!({ "kind": "resetBefore" }),
        json!({ "kind": "halfBody" }),
        json!({ "kind": "html502", "applied": true }),
        json!({ "kind": "html502", "applied": false }),
        json!({ "kind": "latency", "ms": 120 }),
        json!({ "kind": "resetThenApplied", "ms": 1_500 }),
    ];
    for _ in 0..chance.between(0, 5) {
        world.sandbox.misbehave(json!({
            "match": { "method": chance.one_of(&["PUT", "POST", "PUT", "GET", "DELETE"]) },
            "after": chance.between(0, 40), "times": 1, "fault": chance.one_of(&faults),
        }));
    }
}
