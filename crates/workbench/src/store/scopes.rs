//! What the token may do, as far as the store has said, and what is therefore not asked for.

use commerce::{Access, Scope};
use desk::Profile;
use mirror::Area;

use super::OpenStore;
use crate::{Error, lock};

impl OpenStore {
    /// Something was learned of a token. It stays with the profile if that token is still in use.
    ///
    /// Whether anything is new.
    fn learned(&self, token_number: u32, note: impl FnOnce(&mut Profile)) -> Result<bool, Error> {
        let mut is_new = false;
        self.bench()?.change_profile(&self.key, |profile| {
            if profile.token_number != token_number || profile.is_sample {
                return;
            }
            let before = profile.clone();
            note(profile);
            is_new = *profile != before;
        })?;
        Ok(is_new)
    }

    /// The store has said of these scopes whether they may be read with this token. Of others, and of
    /// those that may be read and are known to lack writing, stays what is known. What the token in use
    /// lacks now.
    ///
    /// # Errors
    /// [`Error::File`] and its kin.
    pub(crate) fn says_lacks(
        &self,
        token_number: u32,
        may_read: &[(Scope, bool)],
    ) -> Result<Vec<(Scope, Access)>, Error> {
        let is_new = self.learned(token_number, |profile| {
            let said = |scope| may_read.iter().find(|(asked, _)| *asked == scope);
            let lacks = &mut profile.missing_scopes;
            lacks.retain(|(scope, level)| match said(*scope) {
                None => true,
                Some((_, may_read)) => *may_read && *level == Access::Modify,
            });
            let unread = may_read.iter().filter(|(_, may_read)| !may_read);
            lacks.extend(unread.map(|(scope, _)| (*scope, Access::Read)));
            lacks.sort_unstable();
        })?;
        if is_new {
            self.bench()?.stale_app();
            // What it lacks no more may be what a job waits for.
            self.kick_changes.notify_one();
        }
        Ok(self.profile().missing_scopes)
    }

    /// The store has refused this token something for want of a scope: the profile says so from now on.
    ///
    /// # Errors
    /// [`Error::File`] and its kin.
    pub(crate) fn lacks(
        &self,
        token_number: u32,
        scope: Scope,
        access: Access,
    ) -> Result<(), Error> {
        let known = |(lacked, level): &(Scope, Access)| *lacked == scope && *level <= access;
        if self.profile().missing_scopes.iter().any(known) {
            return Ok(());
        }
        let is_new = self.learned(token_number, |profile| {
            let lacks = &mut profile.missing_scopes;
            if lacks.iter().any(known) {
                return;
            }
            lacks.retain(|(lacked, _)| *lacked != scope);
            lacks.push((scope, access));
            lacks.sort_unstable();
            profile.proven_writes.retain(|proven| *proven != scope);
        })?;
        if is_new {
            self.bench()?.stale_app();
        }
        Ok(())
    }

    /// As [`OpenStore::lacks`], of an answer that says so. What can't be written down is told to the log.
    pub(crate) fn note_lack(&self, token_number: u32, error: &bigcommerce::Error) {
        if let bigcommerce::Error::MissingScope {
            needs: Some((scope, access)),
        } = error
            && let Err(error) = self.lacks(token_number, *scope, *access)
        {
            tracing::warn!(store = %self.key, %error, "a missing scope could not be written down");
        }
    }

    /// Whether the token in use is known not to be able to read this.
    pub(crate) fn is_known_to_lack(&self, scope: Scope) -> bool {
        let lack = (scope, Access::Read);
        self.profile().missing_scopes.contains(&lack)
    }

    /// The store changed something, which it does only for a token with this scope.
    pub(crate) fn was_allowed(&self, token_number: u32, scope: Scope) {
        *lock(&self.forbidden) = None;
        if let Err(error) = self.may_write(token_number, scope) {
            tracing::warn!(%error, "what the token may change could not be written down");
        }
    }

    pub(crate) fn may_write(&self, token_number: u32, scope: Scope) -> Result<(), Error> {
        if self.profile().proven_writes.contains(&scope) {
            return Ok(());
        }
        self.learned(token_number, |profile| {
            if !profile.proven_writes.contains(&scope) {
                profile.proven_writes.push(scope);
                profile.proven_writes.sort_unstable();
            }
        })
        .map(drop)
    }

    /// Notes what the token of this number may not read, or what can't be read of the store. Not if the
    /// store has another token by now.
    pub(crate) fn set_out_of_reach(&self, token_number: u32, area: Area, because: Error) {
        self.set_doing(|doing| {
            // Whoever replaces the token writes its number down first, and then clears what is noted.
            if self.signs_with(token_number) {
                doing.out_of_reach.insert(area, because);
            }
        });
    }

    /// Notes that an area can be read again.
    pub(crate) fn set_within_reach(&self, area: Area) {
        self.set_doing(|doing| {
            doing.out_of_reach.remove(&area);
        });
    }

    /// The store was connected for something that needs this.
    pub(crate) fn is_wanted(&self, area: Area) -> bool {
        self.profile().preset.level(scope_of(area)).is_some()
    }

    /// What the token may not read, and was not made to read, is not asked for in vain.
    pub(crate) fn leave_out_what_is_not_wanted(&self) {
        let profile = self.profile();
        let (lacked, number) = (profile.missing_scopes, profile.token_number);
        for area in [
            Area::Orders,
            Area::Products,
            Area::Brands,
            Area::Categories,
            Area::Customers,
        ] {
            let lack = (scope_of(area), Access::Read);
            if lacked.contains(&lack) && !self.is_wanted(area) && self.out_of_reach(area).is_none()
            {
                let needs = Some(lack);
                let because = bigcommerce::Error::MissingScope { needs };
                self.set_out_of_reach(number, area, because.into());
            }
        }
    }

    pub(crate) fn out_of_reach(&self, area: Area) -> Option<Error> {
        lock(&self.doing).out_of_reach.get(&area).cloned()
    }

    /// Has everything tried again that the token may not read.
    pub(crate) fn reach_again(&self) {
        let mut doing = lock(&self.doing);
        doing.out_of_reach.clear();
        doing.told_of_itself = false;
    }
}

/// The scope that lets an area be read.
const fn scope_of(area: Area) -> Scope {
    match area {
        Area::Orders => Scope::Orders,
        Area::Products | Area::Brands | Area::Categories => Scope::Products,
        Area::Customers => Scope::Customers,
    }
}
