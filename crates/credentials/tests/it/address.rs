//! What people put where the store is asked for.

use credentials::{AddressReading, FoundIn, read_address};
use proptest::prelude::*;

/// The hash, where it was found, and the marked part of the text.
fn found(text: &str) -> Option<(String, FoundIn, String)> {
    match read_address(text) {
        AddressReading::Hash {
            hash,
            found_in,
            start,
            end,
        } => {
            let units: Vec<u16> = text.encode_utf16().collect();
            let marked = String::from_utf16(&units[start..end]).unwrap();
            Some((hash.to_string(), found_in, marked))
        }
        _ => None,
    }
}

fn hash(text: &str, found_in: FoundIn) {
    let (hash, was_in, marked) =
        found(text).unwrap_or_else(|| panic!("{text:?} is {:?}", read_address(text)));
    assert_eq!(hash, "abc123", "{text:?}");
    assert_eq!(was_in, found_in, "{text:?}");
    assert_eq!(marked.to_lowercase(), hash, "{text:?}");
}

fn host(text: &str, expected: &str) {
    let host = expected.to_owned();
    assert_eq!(
        read_address(text),
        AddressReading::NoHash { host },
        "{text:?}"
    );
}

#[test]
fn a_bare_hash_is_read() {
    for text in [
        "abc123",
        " ABC123\n",
        "\"abc123\"",
        "<abc123>",
        "„abc123“",
        "\u{feff}abc123\u{200b}",
        "abc123/",
        "ABC123/ ",
        "/abc123",
        "//abc123//",
        "\"abc123/\"",
    ] {
        hash(text, FoundIn::Bare);
    }
}

#[test]
fn the_api_path_is_read() {
    for text in [
        "https://api.bigcommerce.com/stores/abc123/v3/",
        "https://api.bigcommerce.com/stores/abc123/v2",
        "https://api.bigcommerce.com/stores/abc123",
        "api.bigcommerce.com/stores/abc123/",
        "HTTPS://API.BIGCOMMERCE.COM/STORES/ABC123/V3/",
        "https://api.bigcommerce.com:443/stores/abc123/v3/catalog?limit=1",
        "//api.bigcommerce.com//stores/abc123",
        "/stores/abc123/v3",
        "stores/abc123",
        "API PATH: https://api.bigcommerce.com/stores/abc123/v3/",
        "curl 'https://api.bigcommerce.com/stores/abc123/v2/time'",
    ] {
        hash(text, FoundIn::ApiPath);
    }
}

#[test]
fn the_control_panel_s_address_is_read() {
    for text in [
        "https://store-abc123.mybigcommerce.com/manage/dashboard",
        "store-abc123.mybigcommerce.com",
        "Store-ABC123.MyBigCommerce.com/",
        "store-abc123.mybigcommerce.com.",
        "our shop is https://store-abc123.mybigcommerce.com, come in",
        "https://store-abc123.mybigcommerce.com:443/manage?a=b#c",
    ] {
        hash(text, FoundIn::ControlPanel);
    }
}

#[test]
fn a_channel_s_address_is_read() {
    for text in [
        "https://store-abc123-2.mybigcommerce.com/",
        "store-abc123-664177.mybigcommerce.com",
    ] {
        hash(text, FoundIn::ChannelAddress);
    }
}

#[test]
fn an_address_is_read_while_it_is_typed() {
    let address = "store-abc123.mybigcommerce.com";
    for end in "store-abc123".len()..=address.len() {
        hash(&address[..end], FoundIn::ControlPanel);
    }
    hash("\"store-abc123\"", FoundIn::ControlPanel);
}

#[test]
fn a_shop_s_own_name_holds_no_hash() {
    host("celigo.mybigcommerce.com", "celigo.mybigcommerce.com");
    host("https://Shop.Example.com/tea?x=1", "shop.example.com");
    host("shop.example.com:8443", "shop.example.com");
    host("<https://täe.example.com>", "täe.example.com");
    host("https://api.bigcommerce.com/", "api.bigcommerce.com");
    host(
        "https://login.bigcommerce.com/deep-links",
        "login.bigcommerce.com",
    );
}

#[test]
fn an_address_that_only_looks_like_bigcommerce_s_is_not_taken_for_it() {
    host("https://shop.example.com/stores/berlin", "shop.example.com");
    host(
        "https://api.bigcommerce.com.example.net/stores/abc123",
        "api.bigcommerce.com.example.net",
    );
    host(
        "https://myapi.bigcommerce.com/stores/abc123",
        "myapi.bigcommerce.com",
    );
    host(
        "store-abc123.mybigcommerce.com.example.net",
        "store-abc123.mybigcommerce.com.example.net",
    );
    host(
        "bookstore-abc123.mybigcommerce.com",
        "bookstore-abc123.mybigcommerce.com",
    );
    host("store-front.example.com", "store-front.example.com");
    host(
        "store-abc-def.mybigcommerce.com",
        "store-abc-def.mybigcommerce.com",
    );
}

#[test]
fn nothing_is_empty_and_the_rest_is_unclear() {
    for text in ["", "  \n", "\"\"", "<>", "\u{feff}"] {
        assert_eq!(read_address(text), AddressReading::Empty, "{text:?}");
    }
    for text in [
        "ab",
        "my shop",
        "me@shop.example.com",
        "stores/abc-def/",
        "abc_123",
        "abc-123",
        "abc/123",
        "/",
        "ftp://a.b",
        "a..b",
    ] {
        assert_eq!(read_address(text), AddressReading::Unclear, "{text:?}");
    }
}

#[test]
fn a_token_in_the_wrong_field_is_not_shown_as_a_hash() {
    for length in [31, 32, 64] {
        assert_eq!(
            read_address(&"k3".repeat(length)[..length]),
            AddressReading::Secret
        );
    }
    let slashed = format!("{}/", "k3".repeat(16));
    assert_eq!(read_address(&slashed), AddressReading::Secret);
}

fn decorated() -> impl Strategy<Value = (String, String, FoundIn)> {
    let forms = prop_oneof![
        Just(("", "", FoundIn::Bare)),
        Just(("api.bigcommerce.com/stores/", "", FoundIn::ApiPath)),
        Just(("api.bigcommerce.com/stores/", "/v2", FoundIn::ApiPath)),
        Just((
            "https://api.bigcommerce.com/stores/",
            "/v3",
            FoundIn::ApiPath
        )),
        Just(("store-", ".mybigcommerce.com", FoundIn::ControlPanel)),
        Just((
            "https://store-",
            ".mybigcommerce.com/manage",
            FoundIn::ControlPanel
        )),
        Just((
            "http://store-",
            "-2.mybigcommerce.com",
            FoundIn::ChannelAddress
        )),
    ];
    let around = prop_oneof![
        Just(""),
        Just(" "),
        Just("\t\n"),
        Just("\""),
        Just("< "),
        Just("🛒 ")
    ];
    (
        "[a-z0-9]{4,16}",
        forms,
        around,
        "(| |\"|>|\\r\\n)",
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(hash, (before, after, found_in), lead, trail, upper, slash)| {
                let slash = if slash { "/" } else { "" };
                let lead = if found_in == FoundIn::Bare {
                    lead.trim_start_matches("🛒 ")
                } else {
                    lead
                };
                let core = format!("{before}{hash}{after}{slash}");
                let core = if upper { core.to_uppercase() } else { core };
                (format!("{lead}{core}{trail}"), hash, found_in)
            },
        )
}

/// As many of each as of the mutations of whole texts, and run along with them.
mod mutations {
    use super::*;

    proptest! {
        #![proptest_config(crate::mutations::cases())]

        #[test]
        fn every_form_in_every_dress_gives_its_hash((text, hash, found_in) in decorated()) {
            let (read, was_in, marked) = found(&text).expect("a hash");
            prop_assert_eq!(marked.to_lowercase(), hash.as_str());
            prop_assert_eq!(read, hash);
            prop_assert_eq!(was_in, found_in);
        }

        #[test]
        fn no_text_is_too_odd(text in any::<String>()) {
            let _ = found(&text);
        }

        #[test]
        fn no_mangled_address_is_too_odd(
            text in "((https?|HTTP)://|🛒|ß|İ)?(api\\.bigcommerce\\.com|store-|stores/|/|-|\\.|[a-z0-9]{0,3}|:9|é|mybigcommerce\\.com| ){0,8}"
        ) {
            let _ = found(&text);
        }
    }
}
