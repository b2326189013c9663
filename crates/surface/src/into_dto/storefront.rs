use std::time::Duration;

use commerce::StorefrontScope as Scope;
use workbench::{
    PastedToken, ServesPrograms, StorefrontAccess as Access, StorefrontAccessToken,
    StorefrontAnswer as Answer, StorefrontTried as Tried, Which,
    parts::{api::GraphqlError, credentials::StorefrontKind},
};

use super::instant;
use crate::dto::*;

pub(crate) fn storefront_access(access: Access) -> StorefrontAccess {
    let token = |token: StorefrontAccessToken| StorefrontToken {
        last4: token.last_4,
        channels: token.channels.iter().map(|id| id.0.to_string()).collect(),
        scopes: token.scopes.into_iter().map(scope).collect(),
        made_at: instant(token.made_at),
        expires_at: instant(token.expires_at),
        remind_at: instant(token.remind_at),
        entry: token.entry.unwrap_or_default(),
        is_gone: token.is_gone,
        is_refused: token.is_refused,
    };
    StorefrontAccess {
        current: access.current.map(token),
        spare: access.spare.map(token),
        lost: access.lost.into_iter().map(token).collect(),
    }
}

fn scope(scope: Scope) -> StorefrontScope {
    match scope {
        Scope::Unauthenticated => StorefrontScope::Unauthenticated,
        Scope::Customer => StorefrontScope::Customer,
        Scope::B2B => StorefrontScope::B2b,
    }
}

pub(crate) fn storefront_scope(scope: StorefrontScope) -> Scope {
    match scope {
        StorefrontScope::Unauthenticated => Scope::Unauthenticated,
        StorefrontScope::Customer => Scope::Customer,
        StorefrontScope::B2b => Scope::B2B,
    }
}

pub(crate) fn storefront_which(which: StorefrontWhich) -> Which {
    match which {
        StorefrontWhich::Current => Which::Current,
        StorefrontWhich::Spare => Which::Spare,
        StorefrontWhich::Lost => Which::Lost,
    }
}

pub(crate) fn storefront_tried(tried: Tried) -> StorefrontTried {
    StorefrontTried {
        host: tried.host,
        took_ms: millis(tried.took),
        shop: tried.shop,
        without_site: tried
            .without_site
            .iter()
            .map(|id| id.0.to_string())
            .collect(),
    }
}

pub(crate) fn storefront_answer(answer: Answer) -> StorefrontAnswer {
    StorefrontAnswer {
        data: answer.data,
        is_cut: answer.is_cut,
        errors: answer.errors.into_iter().map(problem).collect(),
        host: answer.host,
        took_ms: millis(answer.took),
    }
}

fn problem(error: GraphqlError) -> StorefrontProblem {
    StorefrontProblem {
        message: error.message,
        path: error.path,
        code: error.code,
        line: error.at.map(|(line, _)| line),
        column: error.at.map(|(_, column)| column),
    }
}

pub(crate) fn storefront_pasted(token: PastedToken) -> StorefrontTokenReading {
    StorefrontTokenReading {
        kind: match token.kind {
            StorefrontKind::Browser => StorefrontTokenKind::Browser,
            StorefrontKind::Private => StorefrontTokenKind::Private,
            StorefrontKind::Impersonation => StorefrontTokenKind::Impersonation,
            StorefrontKind::Unsaid => StorefrontTokenKind::Unsaid,
        },
        made_at: token.made_at.map(instant),
        expires_at: token.expires_at.map(instant),
        is_over: token.is_over,
        sites: token.sites,
        for_programs: match token.serves_programs {
            ServesPrograms::Yes => StorefrontForPrograms::Yes,
            ServesPrograms::Until => StorefrontForPrograms::Until,
            ServesPrograms::No => StorefrontForPrograms::No,
            ServesPrograms::Unsaid => StorefrontForPrograms::Unsaid,
        },
    }
}

fn millis(took: Duration) -> u32 {
    u32::try_from(took.as_millis()).unwrap_or(u32::MAX)
}
