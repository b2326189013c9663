//! One token in place of another, so that a power cut at any point leaves one that works and a profile
//! that says which.
//!
//! The keychain exchanges a token in one step, the desk a profile in another. What the profile is to say
//! is written down before the first; whoever reads the token next sees by its last four characters
//! whether the exchange came about.

use commerce::{Access, AccessToken, Preset, Scope};
use desk::{Profile, Scope as SettingScope};
use serde::{Deserialize, Serialize};

use crate::{Error, Inner};

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
    /// notices one that another program put there. `None` if the profile says the truth already.
    ///
    /// What can't be written down now is seen again with the next start: it keeps nobody from working.
    pub(crate) fn settle_replacement(
        &self,
        profile: &Profile,
        token: &AccessToken,
    ) -> Option<Profile> {
        if self.expects_token(&self.token_key(profile)) {
            // Whoever exchanges it at this moment still needs the note, and ends it.
            return None;
        }
        let scope = SettingScope::Store(profile.key.clone());
        let noted = self.desk.setting(&scope, SETTING).ok().flatten();
        let is_noted = noted.is_some();
        let intent: Option<Intent> = noted.and_then(|noted| serde_json::from_value(noted).ok());
        let last_4 = token.last_4();
        let settled = match intent {
            Some(intent) if intent.last_4 == last_4 => Some(Profile {
                token_last_4: intent.last_4,
                preset: intent.preset,
                missing_scopes: intent.missing_scopes,
                proven_writes: intent.proven_writes,
                ..profile.clone()
            }),
            _ if profile.token_last_4 != last_4 => Some(Profile {
                token_last_4: last_4,
                // Nobody has seen this one change anything.
                proven_writes: Vec::new(),
                ..profile.clone()
            }),
            _ => None,
        };
        let write = || {
            if let Some(settled) = &settled {
                self.desk.update_profile(settled)?;
            }
            if is_noted {
                self.forget_replacement(profile)?;
            }
            Ok::<(), Error>(())
        };
        if let Err(error) = write() {
            tracing::warn!(store = %profile.key, %error, "a replaced token could not be written down");
        }
        settled
    }
}
