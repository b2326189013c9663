//! The kinds of things that are pulled, each with its own marks and version.

/// A kind of thing that is pulled by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Orders.
    Orders,
    /// Products.
    Products,
    /// Brands.
    Brands,
    /// Categories.
    Categories,
    /// Customers.
    Customers,
}

impl Area {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Orders,
        Self::Products,
        Self::Brands,
        Self::Categories,
        Self::Customers,
    ];

    /// Its table, which is also its name in other tables.
    pub(crate) const fn table(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Products => "products",
            Self::Brands => "brands",
            Self::Categories => "categories",
            Self::Customers => "customers",
        }
    }

    pub(crate) fn from_table(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.table() == name)
    }

    pub(crate) const fn place(self) -> usize {
        match self {
            Self::Orders => 0,
            Self::Products => 1,
            Self::Brands => 2,
            Self::Categories => 3,
            Self::Customers => 4,
        }
    }
}
