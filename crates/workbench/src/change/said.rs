//! What the journal keeps of an error of the store's: a reason as a code, and the store's own words.

use bigcommerce::{Error as Api, FieldError};
use commerce::{Access, Field, Scope};
use journal::{Reason, Said};

/// Of an error of the store's, as far as a person can use it.
pub(super) fn said(error: &Api) -> Said {
    match error {
        Api::Unauthorized => Reason::TokenRefused.into(),
        Api::MissingScope { needs } => {
            let name = needs.and_then(oauth_name).unwrap_or_default();
            Said::about(Reason::MissingScope, name)
        }
        Api::Forbidden { message } => Said::because(Reason::Forbidden, message),
        Api::NotFound => Reason::Gone.into(),
        Api::Invalid {
            fields, message, ..
        } => Said::because(Reason::Invalid, invalid_words(fields, message)),
        Api::Conflict { message, .. } => Said::because(Reason::Conflict, message),
        Api::TooLarge { message } => Said::because(Reason::TooLarge, message),
        Api::LimitReached { message } => Said::because(Reason::LimitReached, message),
        Api::RateLimited { .. } => Reason::RateLimited.into(),
        Api::StoreUnavailable { .. } => Reason::Unavailable.into(),
        Api::Network { .. } => Reason::NoConnection.into(),
        Api::UnexpectedAnswer { path, .. } => Said::about(Reason::Unreadable, path),
        Api::DeadlinePassed { .. } => Reason::TooLate.into(),
        Api::Unknown { cause } => said(cause),
        // Whoever withdrew it is told of it elsewhere, and an error of a later client has no code here yet.
        _ => Said::default(),
    }
}

/// Fields that an answer left out.
pub(super) fn not_said(fields: &[Field]) -> Said {
    let members: Vec<&str> = fields.iter().map(|field| field.member()).collect();
    Said::about(Reason::NotSaid, members.join(", "))
}

/// What OAuth calls a scope of that level.
fn oauth_name((scope, access): (Scope, Access)) -> Option<&'static str> {
    let names = scope.oauth_names();
    match access {
        Access::Read => names.read,
        Access::Modify => names.modify,
    }
}

/// Field by field, or as a whole where the store names no field.
fn invalid_words(fields: &[FieldError], message: &str) -> String {
    if fields.is_empty() {
        return message.to_owned();
    }
    let of = |FieldError { path, message }: &FieldError| {
        if path.is_empty() {
            message.clone()
        } else {
            format!("{path}: {message}")
        }
    };
    fields.iter().map(of).collect::<Vec<_>>().join("; ")
}
