use workbench::{
    Error, StorefrontTrouble as Shop,
    parts::{
        api::{Error as Api, NetworkKind, NotAQuery, StoreTrouble as ApiTrouble},
        credentials::{KeychainError, KeychainTrouble as Keys, TokenMistake as Mistake},
    },
};

use super::{need, scope_name, seconds};
use crate::{
    AppError, FieldProblem, KeychainTrouble, NetworkTrouble, StoreTrouble, StorefrontTrouble,
    TokenMistake,
};

impl From<Mistake> for TokenMistake {
    fn from(mistake: Mistake) -> Self {
        match mistake {
            Mistake::Empty => Self::Empty,
            Mistake::ClientSecret => Self::ClientSecret,
            Mistake::StorefrontToken => Self::StorefrontToken,
            Mistake::CutOff => Self::CutOff,
            Mistake::Masked => Self::Masked,
            Mistake::ApiPath => Self::ApiPath,
            Mistake::Whitespace => Self::Whitespace,
            Mistake::Characters => Self::Characters,
            Mistake::TooLong => Self::TooLong,
            Mistake::ClientId => Self::ClientId,
            Mistake::StencilToken => Self::StencilToken,
            Mistake::Shopify => Self::Shopify,
            Mistake::Stripe => Self::Stripe,
            Mistake::WooCommerce => Self::WooCommerce,
            Mistake::Square => Self::Square,
            Mistake::OtherService => Self::OtherService,
            Mistake::UnknownService => Self::UnknownService,
            Mistake::Placeholder => Self::Placeholder,
            Mistake::FilePath => Self::FilePath,
            Mistake::Binary => Self::Binary,
            Mistake::Several => Self::Several,
            Mistake::Missing => Self::Missing,
        }
    }
}

impl From<KeychainError> for AppError {
    fn from(error: KeychainError) -> Self {
        match error {
            KeychainError::Absent => Self::KeychainAbsent,
            KeychainError::Locked => Self::KeychainLocked,
            KeychainError::Refused => Self::KeychainRefused,
            KeychainError::NoEntry => Self::KeychainNoEntry,
            KeychainError::Ambiguous => Self::KeychainAmbiguous,
            KeychainError::Failed { what } => {
                let (trouble, message) = match what {
                    Keys::NotKept => (KeychainTrouble::NotKept, String::new()),
                    Keys::NotAToken => (KeychainTrouble::NotAToken, String::new()),
                    Keys::Damaged => (KeychainTrouble::Damaged, String::new()),
                    Keys::NotTaken => (KeychainTrouble::NotTaken, String::new()),
                    Keys::Unknown => (KeychainTrouble::Unknown, String::new()),
                    Keys::Said(words) => (KeychainTrouble::Said, words),
                };
                Self::KeychainFailed { trouble, message }
            }
        }
    }
}

impl From<Api> for AppError {
    fn from(error: Api) -> Self {
        match error {
            Api::Unauthorized => Self::Unauthorized,
            Api::MissingScope { needs } => Self::MissingScope {
                needs: needs.map(|(scope, access)| need(scope, access)),
            },
            Api::Forbidden { message } => Self::WrongStore { message },
            Api::NotFound => Self::NotFound,
            Api::Invalid {
                fields, message, ..
            } => Self::Invalid {
                fields: fields
                    .into_iter()
                    .map(|field| FieldProblem {
                        path: field.path,
                        message: field.message,
                    })
                    .collect(),
                message,
            },
            Api::Conflict { message, .. }
            | Api::TooLarge { message }
            | Api::LimitReached { message } => Self::Invalid {
                fields: Vec::new(),
                message,
            },
            Api::RateLimited { retry_after, .. } => Self::RateLimited {
                seconds: seconds(retry_after),
            },
            Api::StoreUnavailable { status, kind, .. } => Self::StoreUnavailable {
                trouble: match kind {
                    ApiTrouble::Maintenance | ApiTrouble::Suspended => StoreTrouble::Unavailable,
                    ApiTrouble::Locked => StoreTrouble::Locked,
                    _ => StoreTrouble::ServerTrouble,
                },
                status: u32::from(status),
            },
            Api::Network { kind, host, .. } => Self::Network {
                trouble: match kind {
                    NetworkKind::Dns => NetworkTrouble::Dns,
                    NetworkKind::Refused => NetworkTrouble::Refused,
                    NetworkKind::NoAuthorities => NetworkTrouble::NoAuthorities,
                    NetworkKind::Tls => NetworkTrouble::Tls,
                    NetworkKind::Proxy => NetworkTrouble::Proxy,
                    NetworkKind::TimedOut => NetworkTrouble::TimedOut,
                    NetworkKind::Reset => NetworkTrouble::Reset,
                    NetworkKind::Redirected => NetworkTrouble::Redirected,
                    _ => NetworkTrouble::Other,
                },
                host,
            },
            Api::UnexpectedAnswer { path, .. } => Self::UnexpectedAnswer { path },
            // What is to be told is why there was no answer; the entry itself says the rest.
            Api::Unknown { cause } => (*cause).into(),
            // Nothing was sent, so nothing can be said of the network.
            Api::DeadlinePassed {
                waiting: Some(_), ..
            } => Self::NotSentInTime,
            Api::DeadlinePassed { host, .. } => Self::Network {
                trouble: NetworkTrouble::TimedOut,
                host,
            },
            other => Self::Internal {
                message: other.to_string(),
            },
        }
    }
}

impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        let file = |file: workbench::DataFile| {
            match file {
                workbench::DataFile::Mirror => "mirror",
                workbench::DataFile::Desk => "desk",
                workbench::DataFile::Journal => "journal",
            }
            .to_owned()
        };
        match error {
            Error::Api(api) => api.into(),
            Error::Keychain(keychain) => keychain.into(),
            Error::DiskFull => Self::DiskFull,
            Error::NotWritten(message) => Self::FileNotWritten { message },
            Error::NewerFile(_) => Self::NewerFiles,
            Error::Damaged(which) => Self::DamagedFile { file: file(which) },
            Error::File { file: which, what } => Self::Internal {
                message: format!("{}: {what}", file(which)),
            },
            Error::NoHash => Self::NoHash,
            Error::Token(mistake) => Self::TokenMistake {
                mistake: mistake.into(),
            },
            Error::NoScopes => Self::NoScopes,
            Error::OtherScopes(scopes) => Self::OtherScopes {
                scopes: scopes.into_iter().map(scope_name).collect(),
            },
            Error::WrongStore => Self::WrongStore {
                message: String::new(),
            },
            Error::BadInput(field) => Self::BadInput {
                field: field.to_owned(),
            },
            Error::ReadOnly => Self::ReadOnly,
            Error::OtherOrigin => Self::OtherOrigin,
            Error::Storefront(shop) => {
                let trouble = match &shop {
                    Shop::NoToken => StorefrontTrouble::NoToken,
                    Shop::Gone => StorefrontTrouble::Gone,
                    Shop::Expired => StorefrontTrouble::Expired,
                    Shop::Refused => StorefrontTrouble::Refused,
                    Shop::NotAllowed => StorefrontTrouble::NotAllowed,
                    Shop::NoSite => StorefrontTrouble::NoSite,
                    Shop::Said(_) => StorefrontTrouble::Said,
                };
                let message = match shop {
                    Shop::Said(message) => message,
                    _ => String::new(),
                };
                Self::Storefront { trouble, message }
            }
            Error::NotAQuery(not) => Self::NotAQuery {
                changes: not == NotAQuery::Changes,
            },
            Error::PlanGone => Self::PlanGone,
            Error::NeedsConfirmation => Self::NeedsConfirmation,
            Error::ViewGone => Self::ViewGone,
            Error::StoreGone => Self::StoreGone,
            Error::AttemptGone => Self::AttemptGone,
            Error::EntryMoved => Self::EntryMoved,
            Error::NotFound => Self::NotFound,
            Error::Sample(message) => Self::Internal { message },
            Error::SampleOutdated => Self::SampleOutdated,
            Error::SampleNewer => Self::SampleNewer,
            Error::Cancelled | Error::Stopping => Self::Cancelled,
            other => Self::Internal {
                message: other.to_string(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use workbench::parts::api::WaitReason;

    #[test]
    fn a_computer_that_can_trust_nobody_is_no_store_that_is_not_trusted() {
        let told = AppError::from(Error::Api(Api::Network {
            kind: NetworkKind::NoAuthorities,
            host: "api.example.com".to_owned(),
            detail: String::new(),
            lost: false,
        }));
        let AppError::Network { trouble, .. } = told else {
            panic!("{told:?}");
        };
        assert_eq!(trouble, NetworkTrouble::NoAuthorities);
    }

    #[test]
    fn a_store_that_did_not_answer_in_time_is_named_and_one_that_was_not_asked_is_no_network_trouble()
     {
        let passed = |waiting| {
            AppError::from(Error::Api(Api::DeadlinePassed {
                waiting,
                host: "api.example.com".to_owned(),
                lost: false,
            }))
        };
        let timed_out = AppError::Network {
            trouble: NetworkTrouble::TimedOut,
            host: "api.example.com".to_owned(),
        };
        assert_eq!(passed(None), timed_out);
        // So is one whose answer began, and came a byte a second.
        let dripped = AppError::from(Error::Api(Api::Network {
            kind: NetworkKind::TimedOut,
            host: "api.example.com".to_owned(),
            detail: String::new(),
            lost: false,
        }));
        assert_eq!(dripped, timed_out);
        assert_eq!(passed(Some(WaitReason::InLine)), AppError::NotSentInTime);
    }
}
