//! Where a round takes place: a store, and a home for the app that outlives its kills.

use std::path::PathBuf;

use serde_json::json;
use stockroom_tests::{
    bridge::{Bridge, text},
    desktop::KeychainKind,
    power_cut,
    sandbox::SandboxOptions,
    small_disk::SmallDisk,
    world::World,
};

use crate::chance::Chance;

/// What else is bad, besides kills and the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disk {
    Sound,
    /// It gets full, and later there is room again.
    Full,
    /// With each kill the power goes as well.
    PowerCut,
    /// With the last kill the last page of the journal is damaged.
    DamagedPage,
}

impl Disk {
    const ALL: [Self; 4] = [Self::Sound, Self::Full, Self::PowerCut, Self::DamagedPage];
}

pub(crate) struct Place {
    // Ends before the desktop's folder goes.
    pub(crate) small: Option<SmallDisk>,
    pub(crate) world: World,
    pub(crate) disk: Disk,
    /// It was to have this disk, which can't be had here.
    pub(crate) untried: Option<Disk>,
}

impl Place {
    /// With any disk. Where the system doesn't allow one to fail, it is sound.
    pub(crate) fn any(chance: &mut Chance) -> Self {
        let disk = *chance.one_of(&Disk::ALL);
        let keychain = match disk {
            // No keyring: it would not know who asks from behind another mount.
            Disk::Full => KeychainKind::NoBus,
            Disk::Sound | Disk::PowerCut | Disk::DamagedPage => KeychainKind::Unlocked,
        };
        let options = SandboxOptions {
            orders: 120,
            products: 90,
            ..SandboxOptions::default()
        };
        let mut place = Self {
            small: None,
            world: World::on(keychain, options),
            disk,
            untried: None,
        };
        match disk {
            Disk::Full => {
                let home = place.home();
                place.small = SmallDisk::mount(&place.world.desktop, &home, 64);
                if place.small.is_none() {
                    place.disk = Disk::Sound;
                }
            }
            Disk::PowerCut if !power_cut::can_be_seen(place.world.desktop.root()) => {
                place.disk = Disk::Sound;
            }
            Disk::Sound | Disk::PowerCut | Disk::DamagedPage => {}
        }
        place.untried = (place.disk != disk).then_some(disk);
        if place.untried.is_some() {
            println!("  this system can have no disk of the kind {disk:?}: a sound one instead");
        }
        place
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.world.desktop.stockroom_home()
    }

    pub(crate) fn journal(&self, store: &str) -> PathBuf {
        let stores = self.home().join("stores");
        stores.join(store).join("journal.sqlite")
    }

    /// The app with the store connected and pulled.
    pub(crate) fn connected(&self, extra: &[(&str, &str)]) -> (Bridge, String) {
        let bridge = self.started(extra);
        let attempt = bridge.begin(&self.world.sandbox);
        let report = bridge.check(&attempt);
        assert_eq!(report["canSave"], true, "{report:#}");
        let saved = bridge.save(&attempt, "askRisky", !self.has_keychain());
        let store = text(&saved.expect("there is room")["key"]);
        bridge.wait_for_rest(&store);
        (bridge, store)
    }

    /// The app started again on the same home, with its token. It may end again at once.
    pub(crate) fn again(&self, store: &str, extra: &[(&str, &str)]) -> Bridge {
        let bridge = self.started(extra);
        if !self.has_keychain() {
            let token = self.world.sandbox.token();
            let give = json!({ "store": store, "token": token, "untilQuit": true });
            // The store may misbehave for this as well.
            let given = |_: &u32| !matches!(bridge.ask("give_token", give.clone()), Ok(Err(_)));
            assert!((1..20).any(|time| given(&time)), "the store took no token");
        }
        bridge
    }

    fn has_keychain(&self) -> bool {
        self.small.is_none()
    }

    fn started(&self, extra: &[(&str, &str)]) -> Bridge {
        let Some(small) = &self.small else {
            return self.world.bridge(extra);
        };
        let origin = self.world.sandbox.origin();
        Bridge::try_start_on(small, &self.world.desktop, &self.home(), origin, extra)
            .unwrap_or_else(|refused| panic!("the bridge did not start: {refused:?}"))
    }
}
