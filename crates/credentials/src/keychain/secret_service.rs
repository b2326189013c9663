//! Linux: the Secret Service, asked beforehand so that no question comes up unbidden.
//!
//! The keyring crate unlocks whatever it meets, and waits. So each call first finds out over D-Bus
//! what is locked, unlocks it itself where that is allowed, and only then lets the crate work.
//!
//! Source: freedesktop.org, "Secret Service API", 0.2 draft.

use std::collections::HashMap;

use commerce::AccessToken;
use zbus::{
    Connection, Proxy,
    export::ordered_stream::OrderedStreamExt,
    proxy::CacheProperties,
    zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value},
};

use super::{
    Ask, Backend, KeychainError, KeychainPlace, KeychainState, Prompt, TokenKey, core::Core,
};

const BUS_NAME: &str = "org.freedesktop.secrets";
const SERVICE_PATH: &str = "/org/freedesktop/secrets";
const SERVICE: &str = "org.freedesktop.Secret.Service";
const COLLECTION: &str = "org.freedesktop.Secret.Collection";
const PROMPT: &str = "org.freedesktop.Secret.Prompt";
/// How the specification writes "no object".
const NONE: &str = "/";
/// Known services, by another name that they hold on the bus.
const NAMES: &[(&str, &str)] = &[
    ("org.gnome.keyring", "GNOME Keyring"),
    ("org.kde.kwalletd", "KDE Wallet"),
    ("org.kde.secretservicecompat", "KDE Wallet"),
    ("org.keepassxc.KeePassXC", "KeePassXC"),
];

/// The desktop's Secret Service.
pub(super) struct SecretService {
    core: Core,
}

/// What a call is about to do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Read,
    Write,
}

impl SecretService {
    pub(super) fn new(core: Core) -> Self {
        Self { core }
    }

    /// Makes sure that `purpose` meets nothing locked.
    fn open(&self, key: &TokenKey, purpose: Purpose, ask: &Ask) -> Result<Desk, KeychainError> {
        let attributes = self.core.attributes(key);
        zbus::block_on(async {
            let desk = Desk::reach().await?;
            desk.unlock_for(&attributes, purpose, ask).await?;
            // The answer may have come after whoever wanted it had given up: then nothing is done with it.
            if ask.is_cancelled() {
                return Err(KeychainError::Refused);
            }
            Ok(desk)
        })
    }
}

impl Backend for SecretService {
    fn state(&self) -> KeychainState {
        zbus::block_on(async {
            let Ok(desk) = Desk::reach().await else {
                return KeychainState::Absent;
            };
            let name = desk.name().await;
            match desk.default_collection().await {
                Err(_) => KeychainState::Absent,
                Ok(None) => KeychainState::NotSetUp { name },
                Ok(Some(collection)) => match desk.is_locked(&collection).await {
                    Ok(false) => KeychainState::Ready { name },
                    Ok(true) => KeychainState::Locked { name },
                    Err(_) => KeychainState::Absent,
                },
            }
        })
    }

    fn collection(&self, key: Option<&TokenKey>) -> Option<String> {
        zbus::block_on(async {
            let desk = Desk::reach().await.ok()?;
            let Some(key) = key else {
                return desk.default_label().await;
            };
            match desk.collection_of(&self.core.attributes(key)).await {
                Some(collection) => desk.label(collection).await,
                None => desk.default_label().await,
            }
        })
    }

    fn save(
        &self,
        key: &TokenKey,
        token: &AccessToken,
        ask: &Ask,
    ) -> Result<KeychainPlace, KeychainError> {
        let desk = self.open(key, Purpose::Write, ask)?;
        let place = self.core.put(key, token)?;
        Ok(KeychainPlace {
            name: zbus::block_on(desk.name()),
            collection: zbus::block_on(desk.default_label()),
            ..place
        })
    }

    fn load(&self, key: &TokenKey, ask: &Ask) -> Result<AccessToken, KeychainError> {
        self.open(key, Purpose::Read, ask)?;
        self.core.get(key)
    }

    fn delete(&self, key: &TokenKey, ask: &Ask) -> Result<(), KeychainError> {
        self.open(key, Purpose::Read, ask)?;
        self.core.take_out(key)
    }
}

/// A line to the Secret Service.
struct Desk {
    bus: Connection,
    service: Proxy<'static>,
}

impl Desk {
    async fn reach() -> Result<Self, KeychainError> {
        let bus = Connection::session()
            .await
            .map_err(|_| KeychainError::Absent)?;
        let service = proxy(&bus, SERVICE_PATH.try_into().map_err(failed)?, SERVICE).await?;
        Ok(Self { bus, service })
    }

    /// What people call it.
    async fn name(&self) -> String {
        self.known_name()
            .await
            .unwrap_or("Secret Service")
            .to_owned()
    }

    async fn known_name(&self) -> Option<&'static str> {
        let bus = zbus::fdo::DBusProxy::new(&self.bus).await.ok()?;
        let ours = bus.get_name_owner(BUS_NAME.try_into().ok()?).await.ok()?;
        for taken in bus.list_names().await.ok()? {
            let known = NAMES.iter().find(|(name, _)| taken.starts_with(name));
            if let Some((_, name)) = known
                && bus
                    .get_name_owner(taken.inner().clone())
                    .await
                    .is_ok_and(|owner| owner == ours)
            {
                return Some(name);
            }
        }
        None
    }

    /// The collection new entries go to; `None` if there is none yet.
    async fn default_collection(&self) -> Result<Option<OwnedObjectPath>, KeychainError> {
        let path: OwnedObjectPath = self
            .service
            .call("ReadAlias", &"default")
            .await
            .map_err(failed)?;
        Ok((path.as_str() != NONE).then_some(path))
    }

    async fn default_label(&self) -> Option<String> {
        let path = self.default_collection().await.ok()??;
        self.label(path).await
    }

    async fn label(&self, collection: OwnedObjectPath) -> Option<String> {
        let collection = proxy(&self.bus, collection.into_inner(), COLLECTION).await;
        let label: String = collection.ok()?.get_property("Label").await.ok()?;
        (!label.is_empty()).then_some(label)
    }

    /// Where an entry with these attributes is; `None` if there is none, or if a locked collection does
    /// not say.
    ///
    /// Source: Secret Service API, "Object paths": an item's path is its collection's, and one more word.
    async fn collection_of(&self, attributes: &HashMap<&str, &str>) -> Option<OwnedObjectPath> {
        let (open, locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
            self.service.call("SearchItems", attributes).await.ok()?;
        let item = open.into_iter().chain(locked).next()?;
        let (collection, _) = item.as_str().rsplit_once('/')?;
        OwnedObjectPath::try_from(collection.to_owned()).ok()
    }

    async fn is_locked(&self, collection: &OwnedObjectPath) -> Result<bool, KeychainError> {
        let path = collection.clone().into_inner();
        let collection = proxy(&self.bus, path, COLLECTION).await?;
        collection.get_property("Locked").await.map_err(failed)
    }

    async fn unlock_for(
        &self,
        attributes: &HashMap<&str, &str>,
        purpose: Purpose,
        ask: &Ask,
    ) -> Result<(), KeychainError> {
        let (open, locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) = self
            .service
            .call("SearchItems", attributes)
            .await
            .map_err(failed)?;
        if !locked.is_empty() {
            return self.unlock(&locked, ask).await;
        }
        if !open.is_empty() {
            return Ok(());
        }
        // Not every service finds entries in a locked collection.
        match (self.default_collection().await?, purpose) {
            (None, Purpose::Read) => Err(KeychainError::NoEntry),
            (None, Purpose::Write) => self.create_default(ask).await,
            (Some(collection), _) if self.is_locked(&collection).await? => {
                self.unlock(&[collection], ask).await
            }
            (Some(_), _) => Ok(()),
        }
    }

    async fn unlock(&self, objects: &[OwnedObjectPath], ask: &Ask) -> Result<(), KeychainError> {
        if ask.prompt() == Prompt::Never {
            return Err(KeychainError::Locked);
        }
        let (_, prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) = self
            .service
            .call("Unlock", &objects)
            .await
            .map_err(failed)?;
        self.answered(prompt, ask).await
    }

    /// Makes the collection that new entries go to; the person chooses its password.
    async fn create_default(&self, ask: &Ask) -> Result<(), KeychainError> {
        if ask.prompt() == Prompt::Never {
            return Err(KeychainError::Locked);
        }
        let properties = HashMap::from([(
            "org.freedesktop.Secret.Collection.Label",
            Value::from("Login"),
        )]);
        let (_, prompt): (OwnedObjectPath, OwnedObjectPath) = self
            .service
            .call("CreateCollection", &(properties, "default"))
            .await
            .map_err(failed)?;
        self.answered(prompt, ask).await
    }

    /// Puts the service's question to the person and waits: for their answer, for the caller to
    /// give up, or for the service to go away.
    async fn answered(&self, prompt: OwnedObjectPath, ask: &Ask) -> Result<(), KeychainError> {
        if prompt.as_str() == NONE {
            return Ok(());
        }
        let prompt = proxy(&self.bus, prompt.into_inner(), PROMPT).await?;
        let mut completed = prompt.receive_signal("Completed").await.map_err(failed)?;
        let mut owner = prompt.receive_owner_changed().await.map_err(failed)?;
        // No window of ours to put it above.
        prompt
            .call::<_, _, ()>("Prompt", &"")
            .await
            .map_err(failed)?;
        loop {
            tokio::select! {
                biased;
                // The question stays up until the person closes it. `Dismiss` would take it back,
                // but GNOME Keyring 42 aborts on that (`gkd-secret-unlock.c`, `perform_next_unlock`:
                // `!self->current`) and takes everybody's secrets down with it. Our leaving is safe.
                () = ask.cancelled() => return Err(KeychainError::Refused),
                answer = completed.next() => {
                    let answer = answer.ok_or(KeychainError::Absent)?;
                    let (dismissed, _): (bool, OwnedValue) =
                        answer.body().deserialize().map_err(failed)?;
                    return if dismissed { Err(KeychainError::Refused) } else { Ok(()) };
                }
                change = owner.next() => {
                    if matches!(change, None | Some(None)) {
                        return Err(KeychainError::Absent);
                    }
                }
            }
        }
    }
}

async fn proxy(
    bus: &Connection,
    path: ObjectPath<'static>,
    interface: &'static str,
) -> Result<Proxy<'static>, KeychainError> {
    zbus::proxy::Builder::new(bus)
        .destination(BUS_NAME)
        .and_then(|builder| builder.path(path))
        .and_then(|builder| builder.interface(interface))
        .map_err(failed)?
        .cache_properties(CacheProperties::No)
        .build()
        .await
        .map_err(failed)
}

/// A D-Bus error in our words: a service that is not there, or goes away, is no failure of its own.
fn failed(error: impl Into<zbus::Error>) -> KeychainError {
    let error = error.into();
    let name = match &error {
        zbus::Error::MethodError(name, ..) => name.as_str().to_owned(),
        zbus::Error::FDO(error) => match &**error {
            zbus::fdo::Error::ServiceUnknown(_)
            | zbus::fdo::Error::NameHasNoOwner(_)
            | zbus::fdo::Error::NoReply(_)
            | zbus::fdo::Error::Disconnected(_) => return KeychainError::Absent,
            _ => String::new(),
        },
        zbus::Error::InputOutput(_) => return KeychainError::Absent,
        _ => String::new(),
    };
    match name.strip_prefix("org.freedesktop.DBus.Error.") {
        Some("ServiceUnknown" | "NameHasNoOwner" | "NoReply" | "Disconnected") => {
            KeychainError::Absent
        }
        // The service should have been started and was not.
        Some(name) if name.starts_with("Spawn.") => KeychainError::Absent,
        _ => KeychainError::failed(error),
    }
}
