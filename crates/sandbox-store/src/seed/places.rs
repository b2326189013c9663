//! Towns to send things to, with what their states tax. Rates are made up to look right.

/// A town.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) city: &'static str,
    pub(crate) state: &'static str,
    /// First characters of the postcode; the rest is drawn.
    pub(crate) zip: &'static str,
    pub(crate) area_code: &'static str,
    /// Sales tax in thousandths of a percent; 0 where none is collected.
    pub(crate) tax: u32,
    /// The state taxes shipping too.
    pub(crate) taxes_shipping: bool,
    pub(crate) is_canada: bool,
}

impl Place {
    /// Near enough to the shop to fetch things there: in its state.
    pub(crate) fn is_near(&self) -> bool {
        self.state == PLACES[HOME].state
    }
}

const fn us(
    city: &'static str,
    state: &'static str,
    zip: &'static str,
    area_code: &'static str,
    tax: u32,
    taxes_shipping: bool,
) -> Place {
    Place {
        city,
        state,
        zip,
        area_code,
        tax,
        taxes_shipping,
        is_canada: false,
    }
}

const fn canada(
    city: &'static str,
    state: &'static str,
    zip: &'static str,
    area_code: &'static str,
) -> Place {
    Place {
        city,
        state,
        zip,
        area_code,
        tax: 0,
        taxes_shipping: false,
        is_canada: true,
    }
}

/// Where the shop is, among the places.
pub(crate) const HOME: usize = 0;

/// Where the customers live; the north-west more than once, since the shop is there.
pub(crate) const PLACES: &[Place] = &[
    us("Bellingham", "Washington", "982", "360", 8_800, true),
    us("Seattle", "Washington", "981", "206", 10_250, true),
    us("Spokane", "Washington", "992", "509", 9_000, true),
    us("Wenatchee", "Washington", "988", "509", 8_600, true),
    us("Portland", "Oregon", "972", "503", 0, false),
    us("Bend", "Oregon", "977", "541", 0, false),
    us("Eugene", "Oregon", "974", "541", 0, false),
    us("San Francisco", "California", "941", "415", 8_625, false),
    us("Oakland", "California", "946", "510", 10_250, false),
    us("Sacramento", "California", "958", "916", 8_750, false),
    us("San Diego", "California", "921", "619", 7_750, false),
    us("Bishop", "California", "935", "760", 7_750, false),
    us("Boise", "Idaho", "837", "208", 6_000, false),
    us("Missoula", "Montana", "598", "406", 0, false),
    us("Bozeman", "Montana", "597", "406", 0, false),
    us("Salt Lake City", "Utah", "841", "801", 7_750, false),
    us("Moab", "Utah", "845", "435", 8_850, false),
    us("Denver", "Colorado", "802", "303", 8_810, true),
    us("Boulder", "Colorado", "803", "303", 9_045, true),
    us("Durango", "Colorado", "813", "970", 8_400, true),
    us("Flagstaff", "Arizona", "860", "928", 9_180, false),
    us("Santa Fe", "New Mexico", "875", "505", 8_190, true),
    us("Anchorage", "Alaska", "995", "907", 0, false),
    us("Minneapolis", "Minnesota", "554", "612", 9_030, true),
    us("Duluth", "Minnesota", "558", "218", 8_880, true),
    us("Madison", "Wisconsin", "537", "608", 5_500, true),
    us("Chicago", "Illinois", "606", "312", 10_250, false),
    us("Ann Arbor", "Michigan", "481", "734", 6_000, true),
    us("Austin", "Texas", "787", "512", 8_250, true),
    us("Asheville", "North Carolina", "288", "828", 7_000, true),
    us("Knoxville", "Tennessee", "379", "865", 9_250, true),
    us("Burlington", "Vermont", "054", "802", 7_000, true),
    us("Concord", "New Hampshire", "033", "603", 0, false),
    us("Boston", "Massachusetts", "021", "617", 6_250, false),
    us("Ithaca", "New York", "148", "607", 8_000, true),
    us("New York", "New York", "100", "212", 8_875, true),
    us("Portland", "Maine", "041", "207", 5_500, false),
    us("Lander", "Wyoming", "825", "307", 6_000, true),
    canada("Vancouver", "British Columbia", "V5K 0", "604"),
    canada("Calgary", "Alberta", "T2P 1", "403"),
    canada("Québec", "Quebec", "G1R 2", "418"),
];

/// What is taxed in that town, in thousandths of a percent; 0 where nothing is known.
pub(crate) fn tax_in(city: &str, state: &str) -> u32 {
    PLACES
        .iter()
        .find(|place| place.city == city && place.state == state)
        .map_or(0, |place| place.tax)
}
