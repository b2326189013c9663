//! The kinds of things the outfitter sells, with models, colours and sizes.

/// A colour of something, with the flat tone its picture is drawn in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Color {
    pub(crate) name: &'static str,
    /// Three letters of a SKU.
    pub(crate) code: &'static str,
    /// `#rrggbb`.
    pub(crate) hex: &'static str,
}

const fn color(name: &'static str, code: &'static str, hex: &'static str) -> Color {
    Color { name, code, hex }
}

/// The season's colours.
pub(crate) const COLORS: &[Color] = &[
    color("Spruce", "SPR", "#1f6b58"),
    color("Charcoal", "CHR", "#3d4044"),
    color("Rust", "RST", "#a4452a"),
    color("Slate", "SLT", "#5b6b79"),
    color("Ochre", "OCH", "#c8912f"),
    color("Navy", "NVY", "#2c4571"),
    color("Moss", "MOS", "#6f7f45"),
    color("Oat", "OAT", "#cbb99a"),
    color("Lichen", "LCH", "#9fb08b"),
    color("Ember", "EMB", "#c9512f"),
    color("Fjord Blue", "FJB", "#3f6fb0"),
    color("Tan", "TAN", "#b98550"),
    color("Plum", "PLM", "#6b4a78"),
    color("Graphite", "GRP", "#55585c"),
];

/// What else can be chosen besides the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sizing {
    /// Comes in one size.
    One,
    /// XS to XXL.
    Letters,
    /// Shoe sizes.
    Shoes,
    /// Two volumes.
    Volumes,
    /// Left to the bag: regular or long.
    Lengths,
}

impl Sizing {
    /// The option's name, and label with SKU piece of each value.
    pub(crate) fn values(self) -> Option<(&'static str, &'static [(&'static str, &'static str)])> {
        match self {
            Self::One => None,
            Self::Letters => Some((
                "Size",
                &[
                    ("XS", "XS"),
                    ("S", "S"),
                    ("M", "M"),
                    ("L", "L"),
                    ("XL", "XL"),
                    ("XXL", "2X"),
                ],
            )),
            Self::Shoes => Some((
                "Size",
                &[
                    ("7", "07"),
                    ("8", "08"),
                    ("9", "09"),
                    ("9.5", "95"),
                    ("10", "10"),
                    ("11", "11"),
                    ("12", "12"),
                ],
            )),
            Self::Volumes => Some(("Volume", &[("20 oz", "20"), ("32 oz", "32")])),
            Self::Lengths => Some(("Length", &[("Regular", "REG"), ("Long", "LNG")])),
        }
    }
}

/// Which of the drawings shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    Tee,
    Beanie,
    Tent,
    Bottle,
    Boot,
    Sock,
    Jacket,
    Pants,
    Backpack,
    Mug,
    Headlamp,
    Glove,
    SleepingBag,
    Poles,
    Stove,
}

/// A kind of product.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    pub(crate) shape: Shape,
    /// Where it stands in the shop: index into the category list.
    pub(crate) category: usize,
    pub(crate) sizing: Sizing,
    /// At most so many colours of one model.
    pub(crate) colors: u64,
    /// Prices in whole dollars, lowest and highest.
    pub(crate) dollars: (u64, u64),
    /// Hundredths of a pound, lowest and highest.
    pub(crate) weight: (u64, u64),
    /// Most pieces people take at once.
    pub(crate) most: u64,
    /// How well it sells in winter and in summer, of 10.
    pub(crate) season: (u64, u64),
    /// Models with a name of their own: name, price in cents.
    pub(crate) models: &'static [(&'static str, i64)],
    /// What further models are called after the line's name.
    pub(crate) nouns: &'static [&'static str],
    /// One sentence about any of them.
    pub(crate) about: &'static str,
}

/// Everything on the shelves.
pub(crate) const KINDS: &[Kind] = &[
    Kind {
        shape: Shape::Jacket,
        category: 0,
        sizing: Sizing::Letters,
        colors: 4,
        dollars: (119, 420),
        weight: (80, 190),
        most: 1,
        season: (10, 5),
        models: &[
            ("Fjell 3L Shell Jacket", 32_900),
            ("Kjol Down Hoody", 27_500),
            ("Skare Wind Jacket", 14_900),
            ("Tind Insulated Parka", 38_900),
        ],
        nouns: &["Shell Jacket", "Fleece Jacket", "Down Vest", "Rain Jacket"],
        about: "Keeps the weather outside and lets the sweat go.",
    },
    Kind {
        shape: Shape::Tee,
        category: 0,
        sizing: Sizing::Letters,
        colors: 4,
        dollars: (32, 85),
        weight: (25, 50),
        most: 3,
        season: (5, 10),
        models: &[
            ("Merino Day Tee", 6_900),
            ("Sommer Trail Tee", 3_800),
            ("Northfold Logo Tee", 3_200),
        ],
        nouns: &["Merino Tee", "Trail Tee", "Long Sleeve", "Base Layer Top"],
        about: "Soft, light, and dry again before the next hut.",
    },
    Kind {
        shape: Shape::Sock,
        category: 0,
        sizing: Sizing::Letters,
        colors: 3,
        dollars: (14, 34),
        weight: (15, 25),
        most: 4,
        season: (10, 8),
        models: &[("Merino Crew Sock", 2_400), ("Sti Liner Sock", 1_600)],
        nouns: &["Hiking Sock", "Ski Sock", "Trail Sock", "Camp Sock"],
        about: "Cushioned where it matters, thin where it does not.",
    },
    Kind {
        shape: Shape::Pants,
        category: 0,
        sizing: Sizing::Letters,
        colors: 3,
        dollars: (79, 189),
        weight: (70, 130),
        most: 1,
        season: (7, 8),
        models: &[
            ("Vidde Trail Pants", 11_900),
            ("Skog Softshell Pants", 15_900),
        ],
        nouns: &["Hiking Pants", "Shell Pants", "Climbing Pants", "Shorts"],
        about: "Cut to move in, with pockets a pack does not cover.",
    },
    Kind {
        shape: Shape::Beanie,
        category: 1,
        sizing: Sizing::One,
        colors: 4,
        dollars: (22, 48),
        weight: (15, 30),
        most: 2,
        season: (10, 2),
        models: &[("Ull Rib Beanie", 3_400), ("Nord Pom Beanie", 3_800)],
        nouns: &["Beanie", "Watch Cap", "Headband", "Balaclava"],
        about: "Knitted from wool, warm without the itch.",
    },
    Kind {
        shape: Shape::Glove,
        category: 1,
        sizing: Sizing::Letters,
        colors: 2,
        dollars: (29, 110),
        weight: (30, 60),
        most: 2,
        season: (10, 2),
        models: &[("Vante Work Glove", 4_800), ("Storm Mitt", 8_900)],
        nouns: &["Glove", "Mitt", "Liner Glove", "Shell Mitt"],
        about: "Warm fingers that can still tie a knot.",
    },
    Kind {
        shape: Shape::Boot,
        category: 2,
        sizing: Sizing::Shoes,
        colors: 2,
        dollars: (129, 310),
        weight: (220, 380),
        most: 1,
        season: (8, 7),
        models: &[("Rabben Leather Boot", 24_900), ("Myr Rubber Boot", 12_900)],
        nouns: &[
            "Hiking Boot",
            "Approach Shoe",
            "Winter Boot",
            "Trail Runner",
        ],
        about: "Holds on wet rock and can be resoled.",
    },
    Kind {
        shape: Shape::Tent,
        category: 3,
        sizing: Sizing::One,
        colors: 2,
        dollars: (249, 780),
        weight: (300, 950),
        most: 1,
        season: (2, 10),
        models: &[
            ("Hytte 3 Tent", 52_900),
            ("Lavvo 2 Tent", 44_900),
            ("Bre 4 Season Tent", 74_900),
        ],
        nouns: &["1 Tent", "2 Tent", "Tarp", "Shelter"],
        about: "Stands in the wind and packs into a loaf of bread.",
    },
    Kind {
        shape: Shape::SleepingBag,
        category: 3,
        sizing: Sizing::Lengths,
        colors: 2,
        dollars: (119, 460),
        weight: (150, 420),
        most: 1,
        season: (5, 10),
        models: &[
            ("Dvale 20 Sleeping Bag", 28_900),
            ("Dvale 0 Sleeping Bag", 39_900),
        ],
        nouns: &["Sleeping Bag", "Quilt", "Bag Liner"],
        about: "For the nights that get colder than the forecast.",
    },
    Kind {
        shape: Shape::Stove,
        category: 4,
        sizing: Sizing::One,
        colors: 1,
        dollars: (39, 165),
        weight: (20, 110),
        most: 1,
        season: (4, 10),
        models: &[("Glo Canister Stove", 5_900), ("Bål Twin Stove", 14_900)],
        nouns: &["Stove", "Alcohol Stove", "Cook Set"],
        about: "Boils a litre before the kettle has been looked at.",
    },
    Kind {
        shape: Shape::Mug,
        category: 4,
        sizing: Sizing::One,
        colors: 4,
        dollars: (12, 34),
        weight: (40, 70),
        most: 6,
        season: (8, 8),
        models: &[("Enamel Camp Mug", 1_800), ("Kopp Insulated Mug", 2_900)],
        nouns: &["Mug", "Titanium Cup", "Bowl"],
        about: "Survives the fall from the table it will have.",
    },
    Kind {
        shape: Shape::Bottle,
        category: 4,
        sizing: Sizing::Volumes,
        colors: 4,
        dollars: (24, 52),
        weight: (70, 110),
        most: 2,
        season: (6, 10),
        models: &[("Tarn Bottle", 3_800), ("Kilde Filter Bottle", 4_900)],
        nouns: &["Bottle", "Flask", "Water Filter"],
        about: "Cold for a day, hot for a night.",
    },
    Kind {
        shape: Shape::Backpack,
        category: 5,
        sizing: Sizing::One,
        colors: 3,
        dollars: (69, 340),
        weight: (110, 420),
        most: 1,
        season: (5, 10),
        models: &[
            ("Talus 60 Pack", 28_900),
            ("Talus 28 Day Pack", 13_900),
            ("Vandre Hip Pack", 5_900),
        ],
        nouns: &["22 Pack", "35 Pack", "48 Pack", "Duffel"],
        about: "Carries close to the back and opens where you need it.",
    },
    Kind {
        shape: Shape::Headlamp,
        category: 6,
        sizing: Sizing::One,
        colors: 2,
        dollars: (29, 120),
        weight: (15, 35),
        most: 2,
        season: (10, 5),
        models: &[
            ("Lumen 400 Headlamp", 6_400),
            ("Lumen 900 Headlamp", 11_900),
        ],
        nouns: &["Headlamp", "Lantern", "Clip Light"],
        about: "Enough light for the path, and a red one for the tent.",
    },
    Kind {
        shape: Shape::Poles,
        category: 6,
        sizing: Sizing::One,
        colors: 2,
        dollars: (59, 190),
        weight: (80, 130),
        most: 1,
        season: (4, 9),
        models: &[
            ("Stav Aluminium Poles", 8_900),
            ("Stav Carbon Poles", 16_900),
        ],
        nouns: &["Trekking Poles", "Folding Poles", "Snow Poles"],
        about: "Two more legs for the way down.",
    },
];

/// Name and path of each category; ids start at [`FIRST_CATEGORY`].
pub(crate) const CATEGORIES: &[(&str, &str)] = &[
    ("Clothing", "/clothing/"),
    ("Hats & Gloves", "/hats-gloves/"),
    ("Footwear", "/footwear/"),
    ("Shelter & Sleep", "/shelter-sleep/"),
    ("Camp Kitchen", "/camp-kitchen/"),
    ("Packs", "/packs/"),
    ("Light & Trail", "/light-trail/"),
];

/// Where else things of each category may stand: indices into the category list.
pub(crate) const NEIGHBORS: &[&[u64]] = &[&[1, 2], &[0], &[0], &[6], &[6], &[6], &[3, 5]];

/// Id of the first category.
pub(crate) const FIRST_CATEGORY: u64 = 21;

/// Shelves below the categories: parent, name, whether shoppers see it. Their ids go on from the
/// categories'.
pub(crate) const SHELVES: &[(u64, &str, bool)] = &[
    (FIRST_CATEGORY, "Outlet", true),
    (FIRST_CATEGORY + 3, "Rental", true),
    (FIRST_CATEGORY + 3, "Spare parts", false),
];

/// Where things were made.
pub(crate) const MADE_IN: &[&str] = &["Portugal", "Norway", "Vietnam", "Estonia"];

/// Brands, the house's own first; ids start at [`FIRST_BRAND`].
pub(crate) const BRANDS: &[&str] = &[
    "Northfold",
    "Vardefjell",
    "Granite & Pine",
    "Lowtide",
    "Kestrel Works",
    "Ember Lake",
];

/// Id of the first brand.
pub(crate) const FIRST_BRAND: u64 = 35;

/// Lines that further models are named after.
pub(crate) const LINES: &[&str] = &[
    "Aur", "Bjerk", "Brisk", "Cairn", "Dal", "Drift", "Elv", "Eng", "Falk", "Foss", "Furu", "Gran",
    "Hav", "Hauk", "Heim", "Holt", "Isbre", "Jord", "Knaus", "Krake", "Li", "Lyng", "Mo", "Nes",
    "Nutt", "Odde", "Os", "Rim", "Ro", "Rype", "Sletta", "Sol", "Sund", "Svale", "Tjern", "Topp",
    "Ulv", "Varde", "Vik", "Ås",
];
