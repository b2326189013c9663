//! One token in place of another, so that a power cut at any point leaves one that works and a profile
//! that says which.
//!
//! The keychain exchanges a token in one step, the desk a profile in another. What the profile is to say
//! is written down before the first; whoever reads the token next sees by its last four characters
//! whether the exchange came about.

use commerce::{Access, AccessToken, Preset, Scope};
use desk::{Profile, Scope as SettingScope};
use serde::{Deserialize, Serialize};

use crate::{Error, Inner, store::OpenStore};

const SETTING: &str = "replacing-token";

/// What a profile is to say once another token is in the keychain.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Intent {
    last_4: String,
    preset: Preset,
    missing_scopes: Vec<(Scope, Access)>,
    #[serde(default)]
    proven_writes: Vec<Scope>,
}

impl Inner {
    /// Writes down that the profile's token is about to be replaced, and what `profile` says then.
    pub(crate) fn note_replacement(&self, profile: &Profile) -> Result<(), Error> {
        let intent = Intent {
            last_4: profile.token_last_4.clone(),
            preset: profile.preset,
            missing_scopes: profile.missing_scopes.clone(),
            proven_writes: profile.proven_writes.clone(),
        };
        // A struct of strings and lists is always JSON.
        let intent = serde_json::to_value(intent).unwrap_or_default();
        let scope = SettingScope::Store(profile.key.clone());
        Ok(self.desk.set_setting(&scope, SETTING, &intent)?)
    }

    /// The profile says it by itself now.
    pub(crate) fn forget_replacement(&self, profile: &Profile) -> Result<(), Error> {
        let scope = SettingScope::Store(profile.key.clone());
        Ok(self.desk.remove_setting(&scope, SETTING)?)
    }

    /// Ends a replacement that was cut short, now that the token is known that the keychain holds; and
    /// notices one that another program put there. Whether the profile says something new.
    ///
    /// What can't be written down now is seen again with the next start: it keeps nobody from working.
    pub(crate) fn settle_replacement(
        &self,
        store: &OpenStore,
        profile: &Profile,
        token: &AccessToken,
    ) -> bool {
        if self.expects_token(&self.token_key(profile)) {
            // Whoever exchanges it at this moment still needs the note, and ends it.
            return false;
        }
        let scope = SettingScope::Store(profile.key.clone());
        let noted = self.desk.setting(&scope, SETTING).ok().flatten();
        let is_noted = noted.is_some();
        let last_4 = token.last_4();
        let intent = noted
            .and_then(|noted| serde_json::from_value::<Intent>(noted).ok())
            .filter(|intent| intent.last_4 == last_4);
        let is_new = intent.is_some() || profile.token_last_4 != last_4;
        let settle = |profile: &mut Profile| {
            profile.token_number = profile.token_number.wrapping_add(1);
            profile.token_last_4.clone_from(&last_4);
            match &intent {
                Some(intent) => {
                    profile.preset = intent.preset;
                    profile.missing_scopes.clone_from(&intent.missing_scopes);
                    profile.proven_writes.clone_from(&intent.proven_writes);
                }
                // Nobody has seen this one change anything.
                None => profile.proven_writes.clear(),
            }
        };
        let trouble = |error: Error| tracing::warn!(store = %profile.key, %error, "a replaced token could not be written down");
        if is_new && let Err(error) = self.change_profile(&profile.key, settle) {
            trouble(error);
            let mut settled = profile.clone();
            settle(&mut settled);
            store.set_profile(settled);
        } else if is_noted && let Err(error) = self.forget_replacement(profile) {
            trouble(error);
        }
        is_new
    }
}
