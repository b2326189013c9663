//! Questions to the storefront.

use std::{sync::Arc, time::Duration};

use bigcommerce::{
    Error as Api, Lane, Storefront,
    request::storefront::{self, GraphqlAnswer, GraphqlError},
};
use commerce::{AccessToken, ChannelId};
use credentials::Prompt;
use desk::ProfileKey;
use futures::future::{AbortHandle, Abortable};
use serde_json::Value;

use super::{Record, StorefrontTrouble, schema};
use crate::{Error, Workbench, lock, store::OpenStore};

/// Longest question, in bytes.
pub const QUESTION_MAX: usize = 64 * 1024;
/// Longest answer that is shown, in bytes; what is beyond is cut off.
const SHOWN_MAX: usize = 2 * 1024 * 1024;

/// A question to the storefront.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorefrontQuestion {
    /// Whose storefront: a channel that the token is good for.
    pub channel: ChannelId,
    /// A GraphQL document of queries, at most [`QUESTION_MAX`] bytes.
    pub document: String,
    /// Values for the query's variables, as a JSON object. May be empty.
    pub variables: String,
    /// A name by which it can be stopped.
    pub id: String,
}

/// What the storefront answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorefrontAnswer {
    /// The data as JSON, indented. `null` where there is none.
    pub data: String,
    /// The end of it was cut off.
    pub is_cut: bool,
    /// What the storefront holds against the question.
    pub errors: Vec<GraphqlError>,
    /// The host that answered.
    pub host: String,
    /// How long it took.
    pub took: Duration,
}

/// The way to a storefront, and what it is signed with.
struct Way {
    storefront: Storefront,
    token: AccessToken,
    record: Record,
}

impl Workbench {
    /// Asks the storefront. Only queries are sent, so this may also be done for a store that is
    /// read-only here.
    ///
    /// # Errors
    /// [`Error::NotAQuery`] and [`Error::BadInput`] before anything is sent; [`Error::Storefront`],
    /// [`Error::Keychain`], [`Error::Api`]; [`Error::Cancelled`] if it was stopped.
    pub async fn ask_storefront(
        &self,
        key: &ProfileKey,
        question: &StorefrontQuestion,
    ) -> Result<StorefrontAnswer, Error> {
        if question.document.len() > QUESTION_MAX {
            return Err(Error::BadInput("document"));
        }
        let variables = variables(&question.variables)?;
        let request = storefront::query(&question.document, variables)?;
        let store = self.inner.open_store(key).await?;
        let (handle, registration) = AbortHandle::new_pair();
        let before = lock(&store.counter.asking).insert(question.id.clone(), handle);
        if let Some(before) = before {
            before.abort();
        }
        let asking = async {
            let way = self.way(&store, question.channel, Prompt::Allowed).await?;
            let asked = self.inner.clock.now();
            let answer = self.put(&store, &way, &request).await?;
            let (data, is_cut) = shown(&answer.data, &way.token);
            Ok(StorefrontAnswer {
                data,
                is_cut,
                errors: answer.errors,
                host: way.storefront.host().to_owned(),
                took: self.inner.clock.now().since(asked),
            })
        };
        let answer = Abortable::new(asking, registration).await;
        lock(&store.counter.asking).remove(&question.id);
        answer.map_err(|_| Error::Cancelled)?
    }

    /// Stops a question. Fine if it was answered already.
    pub fn stop_asking(&self, key: &ProfileKey, id: &str) {
        if let Some(store) = self.inner.open_stores().get(key)
            && let Some(asking) = lock(&store.counter.asking).remove(id)
        {
            asking.abort();
        }
    }

    /// All that can be asked of the storefront, in the GraphQL schema language, made from what it says
    /// of itself. Asked once for as long as the store is open. Asks nobody for a password.
    ///
    /// # Errors
    /// As [`Workbench::ask_storefront`].
    pub async fn storefront_schema(
        &self,
        key: &ProfileKey,
        channel: ChannelId,
    ) -> Result<Arc<str>, Error> {
        let store = self.inner.open_store(key).await?;
        if let Some(schema) = lock(&store.counter.schemas).get(&channel) {
            return Ok(Arc::clone(schema));
        }
        let way = self.way(&store, channel, Prompt::Never).await?;
        let question = storefront::query(schema::QUESTION, Value::Null)?;
        let answer = self.put(&store, &way, &question).await?;
        let Some(schema) = schema::written(&answer.data["__schema"]) else {
            let said = answer.errors.first().map(|error| error.message.clone());
            let said = said.unwrap_or_default();
            return Err(Error::Storefront(StorefrontTrouble::Said(said)));
        };
        let schema: Arc<str> = schema.into();
        lock(&store.counter.schemas).insert(channel, Arc::clone(&schema));
        Ok(schema)
    }

    async fn put(
        &self,
        store: &OpenStore,
        way: &Way,
        question: &bigcommerce::request::Request<GraphqlAnswer>,
    ) -> Result<GraphqlAnswer, Error> {
        let answer = way
            .storefront
            .ask(question, Lane::Person, self.patience())
            .await
            .map_err(understood);
        self.inner
            .note_refusal(&store.profile(), &way.record, answer.as_ref().err())?;
        Ok(answer?.value)
    }

    /// The way to a channel's storefront, signed with the token in use.
    async fn way(
        &self,
        store: &OpenStore,
        channel: ChannelId,
        prompt: Prompt,
    ) -> Result<Way, Error> {
        let profile = store.profile();
        let client = store.client(prompt).await?;
        let (record, token) = self.inner.storefront_in_use(&profile, prompt).await?;
        if !record.channels.contains(&channel.0) {
            return Err(Error::Storefront(StorefrontTrouble::NotAllowed));
        }
        let mut ways = lock(&store.counter.ways);
        let kept = ways.get(&channel).filter(|(of, _)| of.is_same(&record));
        let storefront = match kept {
            Some((_, way)) => way.clone(),
            None => client.storefront(channel, token.clone()),
        };
        ways.insert(channel, (record.clone(), storefront.clone()));
        Ok(Way {
            storefront,
            token: token.token().clone(),
            record,
        })
    }
}

fn variables(text: &str) -> Result<Value, Error> {
    if text.trim().is_empty() {
        return Ok(Value::Null);
    }
    if text.len() > QUESTION_MAX {
        return Err(Error::BadInput("variables"));
    }
    match serde_json::from_str(text) {
        Ok(object @ Value::Object(_)) => Ok(object),
        _ => Err(Error::BadInput("variables")),
    }
}

/// An answer for a person to read.
fn shown(data: &Value, token: &AccessToken) -> (String, bool) {
    // What was read as JSON can be written as JSON.
    let mut text = serde_json::to_string_pretty(data).unwrap_or_default();
    // A storefront that gives back what it was signed with gives it to nobody but us.
    if text.contains(token.expose()) {
        text = text.replace(token.expose(), "[REDACTED]");
    }
    let is_cut = text.len() > SHOWN_MAX;
    if is_cut {
        let ends = (0..=SHOWN_MAX).rev().find(|at| text.is_char_boundary(*at));
        text.truncate(ends.unwrap_or_default());
    }
    (text, is_cut)
}

/// What a storefront refuses is about its own token, not about the store's.
pub(super) fn understood(error: Api) -> Error {
    Error::Storefront(match error {
        Api::Unauthorized => StorefrontTrouble::Refused,
        Api::Forbidden { .. } | Api::MissingScope { .. } => StorefrontTrouble::NotAllowed,
        Api::NotFound => StorefrontTrouble::NoSite,
        Api::Invalid { message, .. } => StorefrontTrouble::Said(message),
        other => return other.into(),
    })
}
