//! Who has a name, a SKU, an address or an e-mail: found without looking through everything.

use std::collections::HashMap;

use super::catalog::Product;

/// What an address in the storefront leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    Product(u64),
    Brand(u64),
    Category(u64),
}

/// Everything that may be there once only, and who has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Index {
    names: HashMap<Box<str>, u64>,
    /// Of products and of their variants; to the product.
    skus: HashMap<Box<str>, u64>,
    urls: HashMap<Box<str>, Owner>,
    /// From variant to product.
    variants: HashMap<u64, u64>,
    emails: HashMap<Box<str>, u64>,
}

/// How names, SKUs and e-mail addresses are compared.
pub(crate) fn same(text: &str) -> String {
    text.trim().to_lowercase()
}

/// How addresses in the storefront are compared.
fn same_url(path: &str) -> String {
    path.trim_matches('/').to_lowercase()
}

impl Index {
    /// The product of that name.
    pub(crate) fn named(&self, name: &str) -> Option<u64> {
        self.names.get(same(name).as_str()).copied()
    }

    /// The product that has the SKU, itself or in one of its variants.
    pub(crate) fn with_sku(&self, sku: &str) -> Option<u64> {
        self.skus.get(same(sku).as_str()).copied()
    }

    pub(crate) fn at_url(&self, path: &str) -> Option<Owner> {
        self.urls.get(same_url(path).as_str()).copied()
    }

    /// The product that a variant belongs to.
    pub(crate) fn product_of(&self, variant: u64) -> Option<u64> {
        self.variants.get(&variant).copied()
    }

    /// The customer with that e-mail address.
    pub(crate) fn with_email(&self, email: &str) -> Option<u64> {
        self.emails.get(same(email).as_str()).copied()
    }

    pub(crate) fn add(&mut self, product: &Product) {
        self.names.insert(same(&product.name).into(), product.id);
        for sku in skus(product) {
            self.skus.insert(sku.into(), product.id);
        }
        self.add_url(&product.url.path, Owner::Product(product.id));
        for variant in &product.variants {
            self.variants.insert(variant.id, product.id);
        }
    }

    pub(crate) fn remove(&mut self, product: &Product) {
        let name = same(&product.name);
        if self.names.get(name.as_str()) == Some(&product.id) {
            self.names.remove(name.as_str());
        }
        for sku in skus(product) {
            if self.skus.get(sku.as_str()) == Some(&product.id) {
                self.skus.remove(sku.as_str());
            }
        }
        self.remove_url(&product.url.path, Owner::Product(product.id));
        for variant in &product.variants {
            self.variants.remove(&variant.id);
        }
    }

    pub(crate) fn add_url(&mut self, path: &str, owner: Owner) {
        self.urls.insert(same_url(path).into(), owner);
    }

    pub(crate) fn remove_url(&mut self, path: &str, owner: Owner) {
        let path = same_url(path);
        if self.urls.get(path.as_str()) == Some(&owner) {
            self.urls.remove(path.as_str());
        }
    }

    pub(crate) fn add_email(&mut self, email: &str, customer: u64) {
        self.emails.insert(same(email).into(), customer);
    }

    pub(crate) fn remove_email(&mut self, email: &str, customer: u64) {
        let email = same(email);
        if self.emails.get(email.as_str()) == Some(&customer) {
            self.emails.remove(email.as_str());
        }
    }
}

/// Its own and those of its variants.
fn skus(product: &Product) -> impl Iterator<Item = String> {
    std::iter::once(&product.sku)
        .chain(
            product
                .variants
                .iter()
                .map(|variant| product.sku_of(variant)),
        )
        .filter(|sku| !sku.is_empty())
        .map(|sku| same(sku))
}
