//! Where the names of hosts lead.

use std::{
    collections::BTreeSet,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::public;

/// Finds the hosts of pictures at addresses of the public internet only: one whose name leads into a private
/// network, or to this computer, is not found.
///
/// Any other name that the HTTP library asks for is that of the system's proxy, which may well be in the office's
/// own network, and mostly finds the hosts of pictures by itself. Clones know the same hosts.
#[derive(Clone, Default)]
pub(super) struct Names {
    of_pictures: Arc<Mutex<BTreeSet<String>>>,
}

impl Names {
    /// A picture is about to be asked of that host.
    pub(super) fn ask_for_pictures(&self, host: &str) {
        let mut hosts = self
            .of_pictures
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        hosts.insert(plain(host));
    }

    fn is_of_pictures(&self, host: &str) -> bool {
        let hosts = self
            .of_pictures
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        hosts.contains(&plain(host))
    }
}

/// The same for whatever leads to the same host.
fn plain(host: &str) -> String {
    host.trim_end_matches('.').to_ascii_lowercase()
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let is_of_pictures = self.is_of_pictures(name.as_str());
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0))
                .await?
                .filter(|address| !is_of_pictures || public::is_public(address.ip()))
                .collect();
            if found.is_empty() {
                return Err("no public address".into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_proxy_may_be_in_a_private_network_and_a_host_of_pictures_may_not() {
        if std::net::ToSocketAddrs::to_socket_addrs("localhost:80").is_err() {
            return testkit::not_tried("a name of this computer, for here it has none");
        }
        let names = Names::default();
        let asked = names.clone();
        let found = || names.resolve("localhost".parse().unwrap());
        assert!(found().await.is_ok());
        asked.ask_for_pictures("cdn11.bigcommerce.com");
        assert!(found().await.is_ok());
        asked.ask_for_pictures("LocalHost.");
        let error = found().await.err().expect("nothing was found");
        assert_eq!(error.to_string(), "no public address");
    }
}
