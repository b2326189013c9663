//! Trying a token out.

use std::time::Duration;

use bigcommerce::{Client, Lane, request::storefront};
use commerce::{ChannelId, StorefrontScope};
use credentials::Prompt;
use desk::{Profile, ProfileKey};
use serde_json::Value;

use super::{Record, StorefrontTrouble};
use crate::{Error, Workbench};

/// How long the storefront may not know a token that was just made, until that counts as a no; and how
/// long after one try the next comes.
const FRESH: Duration = Duration::from_secs(8);
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// A question that was asked on each channel of a token to see whether it is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorefrontTried {
    /// The host that answered first.
    pub host: String,
    /// How long it took.
    pub took: Duration,
    /// The shop's name, where the token may ask for it.
    pub shop: Option<String>,
    /// Channels that nothing answers for: they have no site.
    pub without_site: Vec<ChannelId>,
}

impl Workbench {
    /// Asks the storefront something small with the token in use, on each channel that it is for. It is
    /// good if one of them answers and no other one is against it.
    ///
    /// # Errors
    /// [`Error::Storefront`], [`Error::Keychain`], [`Error::Api`]; [`Error::Cancelled`] after
    /// [`Workbench::cancel_unlock`].
    pub async fn try_storefront_token(&self, key: &ProfileKey) -> Result<StorefrontTried, Error> {
        let store = self.inner.open_store(key).await?;
        let profile = store.profile();
        let trying = async {
            let client = store.client(Prompt::Allowed).await?;
            let (record, token) = self
                .inner
                .storefront_in_use(&profile, Prompt::Allowed)
                .await?;
            let tried = self.try_out(&profile, &client, &record, &token).await;
            self.inner
                .note_refusal(&profile, &record, tried.as_ref().err())?;
            tried
        };
        self.asking(key, trying).await
    }

    /// Tries out a token that was made a moment ago, which may not have got about yet.
    pub(super) async fn try_fresh(
        &self,
        profile: &Profile,
        client: &Client,
        record: &Record,
        token: &storefront::StorefrontToken,
    ) -> Result<StorefrontTried, Error> {
        let clock = &self.inner.clock;
        let until = clock.now() + FRESH;
        loop {
            let tried = self.try_out(profile, client, record, token).await;
            let is_unknown = matches!(tried, Err(Error::Storefront(StorefrontTrouble::Refused)));
            let next = clock.now() + TRY_AGAIN;
            if !is_unknown || next > until {
                return tried;
            }
            clock.sleep_until(next).await;
        }
    }

    /// Asks one channel after the other.
    async fn try_out(
        &self,
        profile: &Profile,
        client: &Client,
        record: &Record,
        token: &storefront::StorefrontToken,
    ) -> Result<StorefrontTried, Error> {
        let mut first = None;
        let mut without_site = Vec::new();
        for channel in record.channels.iter().copied().map(ChannelId) {
            match self
                .try_channel(profile, client, record, token, channel)
                .await
            {
                Ok(tried) => first = first.or(Some(tried)),
                Err(Error::Storefront(StorefrontTrouble::NoSite)) => without_site.push(channel),
                Err(error) => return Err(error),
            }
        }
        let first = first.ok_or(Error::Storefront(StorefrontTrouble::NoSite))?;
        Ok(StorefrontTried {
            without_site,
            ..first
        })
    }

    async fn try_channel(
        &self,
        profile: &Profile,
        client: &Client,
        record: &Record,
        token: &storefront::StorefrontToken,
        channel: ChannelId,
    ) -> Result<StorefrontTried, Error> {
        let may_see_the_site = record.scopes.contains(&StorefrontScope::Unauthenticated);
        let question = storefront::query(
            if may_see_the_site {
                "query { site { settings { storeName storeHash } } }"
            } else {
                "query { __typename }"
            },
            Value::Null,
        )?;
        let way = client.storefront(channel, token.clone());
        let asked = self.inner.clock.now();
        let answer = way
            .ask(&question, Lane::Person, self.patience())
            .await
            .map_err(super::ask::understood)?
            .value;
        if let Some(error) = answer.errors.first() {
            let said = error.message.clone();
            return Err(Error::Storefront(StorefrontTrouble::Said(said)));
        }
        let settings = &answer.data["site"]["settings"];
        let hash = settings["storeHash"].as_str();
        if hash.is_some_and(|hash| hash != profile.hash.to_string()) {
            return Err(Error::WrongStore);
        }
        Ok(StorefrontTried {
            host: way.host().to_owned(),
            took: self.inner.clock.now().since(asked),
            shop: settings["storeName"].as_str().map(str::to_owned),
            without_site: Vec::new(),
        })
    }
}
