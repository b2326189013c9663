//! An API account made by chance, what may stand in its token's place, and a text about it with what has to be read.

use credentials::{StoreNamed, TextKind, TokenMistake};
use proptest::{prelude::*, sample::select};

/// What is true of an account.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) hash: String,
    pub(crate) token: String,
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) name: String,
}

pub(crate) fn account() -> impl Strategy<Value = Account> {
    // Words that people call accounts by; some of them on purpose near to what is looked for.
    let names = select(vec![
        "Stockroom",
        "Packing desk 2",
        "Ünïcode & Söhne",
        "my access token",
        "Client ID",
        "test: please delete",
        "a=b",
        "O'Brien's \"shop\"",
        "日本の店",
        "#1",
        "// old",
    ]);
    (
        "[a-z0-9]{6,10}",
        // At least one digit and one letter, as a hash of 31 signs always has.
        "[a-z][0-9][a-z0-9]{29}",
        "[a-z][0-9][a-z0-9]{28,29}",
        "[0-9a-f]{64}",
        names,
    )
        .prop_filter(
            "a secret without a letter or a token like the ID",
            |(_, token, id, secret, _)| token != id && secret.bytes().any(|b| b.is_ascii_digit()),
        )
        .prop_map(|(hash, token, id, secret, name)| Account {
            hash,
            token,
            id,
            secret,
            name: name.to_owned(),
        })
}

/// What stands in the token's place.
#[derive(Clone, Debug)]
pub(crate) enum InPlace {
    Token,
    /// Something else, and what it is.
    Wrong(String, TokenMistake),
    /// Its line is not there.
    Gone,
}

pub(crate) fn in_place() -> impl Strategy<Value = InPlace> {
    use TokenMistake as M;
    let wrong = |text: &'static str, mistake| {
        proptest::string::string_regex(text)
            .unwrap()
            .prop_map(move |text| InPlace::Wrong(text, mistake))
    };
    prop_oneof![
        8 => Just(InPlace::Token),
        1 => Just(InPlace::Gone),
        1 => wrong("[0-9a-f]{63}[0-9]", M::ClientSecret),
        1 => wrong("eyJ[A-Za-z0-9_-]{10,40}\\.[A-Za-z0-9_-]{10,90}\\.[A-Za-z0-9_-]{20,43}", M::StorefrontToken),
        1 => wrong("shp(at|ca|pa|ss)_[0-9a-f]{32}", M::Shopify),
        1 => wrong("(sk|rk|pk)_(live|test)_[A-Za-z0-9]{24}", M::Stripe),
        1 => wrong("(ck|cs)_[0-9a-f]{40}", M::WooCommerce),
        1 => wrong("sq0(atp|csp)-[A-Za-z0-9_-]{22,43}", M::Square),
        1 => wrong("(gh[po]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}|glpat-[A-Za-z0-9]{20}|xox[bp]-[0-9]{10,13}-[A-Za-z0-9]{24}|AIza[A-Za-z0-9_-]{35})", M::OtherService),
        1 => wrong("(/home|/Users|/tmp|~)/[a-z]{2,8}/[A-Za-z0-9-]{3,20}\\.(txt|env|json)", M::FilePath),
        1 => wrong("[a-z0-9]{8,20}(…|\\.\\.\\.)", M::CutOff),
        1 => wrong("[a-z0-9]{4,8}(…|\\.\\.\\.)[a-z0-9]{4,8}", M::CutOff),
        1 => wrong("(•{8,31}|\\*{8,31}|x{8,31})", M::Masked),
        1 => wrong("https://api\\.bigcommerce\\.com/stores/[a-z0-9]{6,10}/v[23]/?", M::ApiPath),
        1 => wrong("(YOUR_ACCESS_TOKEN|your-token-here|\\$BC_TOKEN|\\{\\{ACCESS_TOKEN\\}\\})", M::Placeholder),
    ]
}

/// A text and what has to be read out of it.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) bytes: Vec<u8>,
    pub(crate) kind: TextKind,
    pub(crate) token: Result<String, TokenMistake>,
    pub(crate) store: StoreNamed,
    /// What must be nowhere in what the reading prints.
    pub(crate) secrets: Vec<String>,
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = String::from_utf8_lossy(&self.bytes);
        write!(
            f,
            "{text:?}: {:?}, {:?}, {:?}",
            self.kind, self.token, self.store
        )
    }
}

pub(crate) fn named(hash: &str) -> StoreNamed {
    StoreNamed::One(hash.parse().unwrap())
}

pub(crate) fn case(
    text: &str,
    dress: Dress,
    kind: TextKind,
    account: &Account,
    place: &InPlace,
    store: StoreNamed,
) -> Case {
    let (token, wrong) = match place {
        InPlace::Token => (Ok(account.token.clone()), None),
        InPlace::Wrong(text, mistake) => (Err(*mistake), Some(text.clone())),
        InPlace::Gone => (Err(TokenMistake::Missing), None),
    };
    // An address in the token's place names a store of its own.
    let store = match place {
        InPlace::Wrong(text, TokenMistake::ApiPath) if !text.is_empty() => {
            let other = text.split('/').nth(4).unwrap();
            if store == StoreNamed::None || store == named(other) {
                named(other)
            } else {
                let StoreNamed::One(first) = store else {
                    unreachable!("a case names one store")
                };
                let mut both = vec![first, other.parse().unwrap()];
                both.sort_by(|a: &commerce::StoreHash, b| a.as_str().cmp(b.as_str()));
                StoreNamed::Several(both)
            }
        }
        _ => store,
    };
    let mut secrets = vec![
        account.token.clone(),
        account.secret.clone(),
        account.id.clone(),
    ];
    secrets.extend(wrong.filter(|text| text.len() > 15 && !text.contains("bigcommerce")));
    Case {
        bytes: dress.put_on(text),
        kind,
        token,
        store,
        secrets,
    }
}

/// How a text is written down, which changes nothing about what it says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dress {
    line_end: &'static str,
    encoding: Encoding,
    trailing: &'static str,
}

#[derive(Clone, Copy, Debug)]
enum Encoding {
    Utf8,
    Utf8WithMark,
    Utf16Le,
    Utf16Be,
}

pub(crate) fn dress() -> impl Strategy<Value = Dress> {
    let encoding = select(vec![
        Encoding::Utf8,
        Encoding::Utf8,
        Encoding::Utf8WithMark,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
    ]);
    (
        select(vec!["\n", "\r\n", "\r"]),
        encoding,
        select(vec!["", "\n", "\n\n", "  \n", "\u{1a}"]),
    )
        .prop_map(|(line_end, encoding, trailing)| Dress {
            line_end,
            encoding,
            trailing,
        })
}

impl Dress {
    fn put_on(self, text: &str) -> Vec<u8> {
        let text = format!("{text}{}", self.trailing).replace('\n', self.line_end);
        let marked = format!("\u{feff}{text}");
        match self.encoding {
            Encoding::Utf8 => text.into_bytes(),
            Encoding::Utf8WithMark => marked.into_bytes(),
            Encoding::Utf16Le => marked.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => marked.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        }
    }
}

pub(crate) fn placed(account: &Account, place: &InPlace) -> Option<String> {
    match place {
        InPlace::Token => Some(account.token.clone()),
        InPlace::Wrong(text, _) => Some(text.clone()),
        InPlace::Gone => None,
    }
}

/// A permutation by its number.
pub(crate) fn shuffled<T: Clone>(items: &[T], mut seed: usize) -> Vec<T> {
    let mut rest = items.to_vec();
    let mut out = Vec::new();
    while !rest.is_empty() {
        let at = seed % rest.len();
        seed = seed / rest.len() + 7 * at;
        out.push(rest.remove(at));
    }
    out
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Case3 {
    Upper,
    Lower,
    Sentence,
}

pub(crate) fn written(label: &str, how: Case3) -> String {
    match how {
        Case3::Upper => label.to_uppercase(),
        Case3::Lower => label.to_lowercase(),
        Case3::Sentence => {
            let lower = label.to_lowercase();
            lower[..1].to_uppercase() + &lower[1..]
        }
    }
}

pub(crate) fn cases3() -> impl Strategy<Value = Case3> {
    select(vec![Case3::Upper, Case3::Lower, Case3::Sentence])
}
