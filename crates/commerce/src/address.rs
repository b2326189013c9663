use serde::{Deserialize, Serialize};

/// A postal address with the person and the ways to reach them. Empty text where nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Company, or empty.
    pub company: String,
    /// Street and number.
    pub street_1: String,
    /// Flat, floor or similar.
    pub street_2: String,
    /// City.
    pub city: String,
    /// State or province, written out: abbreviations break tax documents.
    pub state: String,
    /// Postal code.
    pub postal_code: String,
    /// Country, written out.
    pub country: String,
    /// ISO 3166-1 alpha-2 code, or empty.
    pub country_code: String,
    /// Telephone number as the shopper wrote it.
    pub phone: String,
    /// E-mail address.
    pub email: String,
}

impl Address {
    /// The person's name, or the company where no person is named. May be empty.
    #[must_use]
    pub fn name(&self) -> String {
        let name = format!("{} {}", self.first_name.trim(), self.last_name.trim());
        let name = name.trim();
        if name.is_empty() {
            self.company.trim().to_owned()
        } else {
            name.to_owned()
        }
    }
}
