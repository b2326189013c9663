//! What a new token would take away from a store that is connected, as far as anybody knows.
//!
//! The store says what may be read as soon as it is asked. What may be changed it says only of a
//! token that was asked about, with consent, or that has changed something: so each loss comes with
//! how sure it is.

use commerce::{Access, Scope};
use desk::Profile;

use super::{CheckReport, Grant, ScopeLine};

/// How sure it is that something is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// The token in use has it, and the new one has not.
    Lost,
    /// The new one has it not. The token in use was meant to have it; nobody has seen that it does.
    OldUnproven,
    /// The token in use has it. Nobody has asked about the new one.
    NewUnchecked,
    /// The token in use was meant to have it. Nobody has asked about either.
    NeitherChecked,
}

/// Something that the token in use can do, or may be able to do, and the new one may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The scope.
    pub scope: Scope,
    /// All of it, or only changing things.
    pub access: Access,
    /// How sure it is.
    pub doubt: Doubt,
}

/// What saving the checked token takes away from the store that it replaces the token of, in the order
/// of [`Scope::ALL`]; of a scope the most that is known. A token for the storefront that was made with
/// the one in use is something that it can do.
pub(super) fn losses(
    report: &CheckReport,
    old: &Profile,
    last_4: &str,
    uses_storefront: bool,
) -> Vec<Loss> {
    // The same token once more can do what it could do before.
    let is_same = old.token_last_4 == last_4;
    report
        .scopes
        .iter()
        .filter_map(|line| loss(line, old, uses_storefront))
        .filter(|loss| !is_same || matches!(loss.doubt, Doubt::Lost | Doubt::OldUnproven))
        .collect()
}

fn loss(line: &ScopeLine, old: &Profile, uses_storefront: bool) -> Option<Loss> {
    let for_storefront = line.scope.for_storefront().filter(|_| uses_storefront);
    let lacked = old
        .missing_scopes
        .iter()
        .find(|(scope, _)| *scope == line.scope)
        .map(|(_, access)| *access);
    let of = |access, doubt| Loss {
        scope: line.scope,
        access,
        doubt,
    };
    if line.read == Grant::Missing {
        // What no preset asks for may not have been looked at when the token in use was checked.
        let doubt = match line.scope.used() {
            Some(_) => Doubt::Lost,
            None => Doubt::OldUnproven,
        };
        return (lacked != Some(Access::Read)).then(|| of(Access::Read, doubt));
    }
    let proven = old.proven_writes.contains(&line.scope);
    let meant = old.preset.level(line.scope).max(for_storefront) == Some(Access::Modify);
    if lacked.is_some() || !(proven || meant) {
        return None;
    }
    let doubt = match (line.write, proven) {
        (Grant::Granted, _) => return None,
        (Grant::Missing, true) => Doubt::Lost,
        (Grant::Missing, false) => Doubt::OldUnproven,
        (Grant::NotChecked | Grant::NotNeeded, true) => Doubt::NewUnchecked,
        (Grant::NotChecked | Grant::NotNeeded, false) => Doubt::NeitherChecked,
    };
    Some(of(Access::Modify, doubt))
}

#[cfg(test)]
mod tests {
    use commerce::{Preset, SafetyMode, StoreColor};
    use desk::{ProfileKey, TokenHome};

    use super::*;

    fn old(lacks: &[(Scope, Access)], proven: &[Scope]) -> Profile {
        let hash = "abc123".parse().unwrap();
        Profile {
            key: ProfileKey::of_store(&hash),
            hash,
            origin: String::new(),
            is_sample: false,
            name: String::new(),
            color: StoreColor::default(),
            safety: SafetyMode::AskRisky,
            channel_id: None,
            token_home: TokenHome::Keychain,
            token_last_4: "0ld4".to_owned(),
            added_at: jiff::Timestamp::UNIX_EPOCH,
            position: 0,
            info: None,
            preset: Preset::OrdersDesk,
            missing_scopes: lacks.to_vec(),
            proven_writes: proven.to_vec(),
            token_number: 0,
        }
    }

    fn about(scope: Scope, read: Grant, write: Grant, old: &Profile) -> Option<(Access, Doubt)> {
        let line = ScopeLine {
            scope,
            wants: None,
            read,
            write,
        };
        loss(&line, old, true).map(|loss| (loss.access, loss.doubt))
    }

    #[test]
    fn access_to_the_storefront_is_not_lost_without_a_word() {
        use Grant::{Missing, NotChecked, NotNeeded};
        let plain = old(&[], &[]);
        let tokens = |old| about(Scope::StorefrontTokens, NotNeeded, NotChecked, old);
        let modify = |doubt| Some((Access::Modify, doubt));
        assert_eq!(tokens(&plain), modify(Doubt::NeitherChecked));
        let made = old(&[], &[Scope::StorefrontTokens]);
        assert_eq!(tokens(&made), modify(Doubt::NewUnchecked));
        let channels = |old| about(Scope::ChannelSettings, Missing, NotNeeded, old);
        let perhaps = Some((Access::Read, Doubt::OldUnproven));
        assert_eq!(channels(&plain), perhaps);
        let without = old(&[(Scope::ChannelSettings, Access::Read)], &[]);
        assert_eq!(channels(&without), None);

        let line = ScopeLine {
            scope: Scope::StorefrontTokens,
            wants: None,
            read: NotNeeded,
            write: NotChecked,
        };
        assert_eq!(
            loss(&line, &plain, false),
            None,
            "nobody asks the storefront"
        );
    }

    #[test]
    fn nothing_is_lost_that_the_old_token_never_had() {
        use Grant::{Granted, Missing, NotNeeded};
        let without = old(
            &[
                (Scope::Customers, Access::Read),
                (Scope::Orders, Access::Modify),
            ],
            &[],
        );
        assert_eq!(about(Scope::Customers, Missing, Missing, &without), None);
        assert_eq!(about(Scope::Orders, Granted, Missing, &without), None);
        // It could be read, though.
        let lost = Some((Access::Read, Doubt::Lost));
        assert_eq!(about(Scope::Orders, Missing, Missing, &without), lost);
        // Neither meant nor seen.
        assert_eq!(about(Scope::Products, Granted, NotNeeded, &without), None);
    }

    #[test]
    fn a_proof_counts_whatever_the_token_was_meant_for() {
        use Grant::{Granted, Missing, NotNeeded};
        let seen = old(&[], &[Scope::Products]);
        let modify = |doubt| Some((Access::Modify, doubt));
        let products = |write| about(Scope::Products, Granted, write, &seen);
        assert_eq!(products(NotNeeded), modify(Doubt::NewUnchecked));
        assert_eq!(products(Missing), modify(Doubt::Lost));
        assert_eq!(products(Granted), None);
        let orders = |write| about(Scope::Orders, Granted, write, &seen);
        assert_eq!(orders(Grant::NotChecked), modify(Doubt::NeitherChecked));
        assert_eq!(orders(Missing), modify(Doubt::OldUnproven));
    }
}
