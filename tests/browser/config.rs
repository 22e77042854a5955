//! The configuration in `index.html`.

use coder_external_auth::Config;
use leptos::prelude::document;
use wasm_bindgen_test::wasm_bindgen_test;

/// The configuration of a page whose tag has these attributes.
fn read(attributes: &[(&str, &str)]) -> Config {
    let tag = document().create_element("meta").unwrap();
    tag.set_attribute("name", "coder-external-auth").unwrap();
    for (name, value) in attributes {
        tag.set_attribute(name, value).unwrap();
    }
    document().head().unwrap().append_child(&tag).unwrap();
    let config = Config::from_page();
    tag.remove();
    config
}

#[wasm_bindgen_test]
fn attributes_are_read() {
    let config = read(&[
        ("data-base-url", "https://coder.example"),
        ("data-docs-url", "https://wiki.example/git"),
    ]);

    assert_eq!(&*config.base_url, "https://coder.example");
    assert_eq!(&*config.docs_url, "https://wiki.example/git");
}

#[wasm_bindgen_test]
fn a_slash_at_the_end_of_the_origin_makes_no_double_one() {
    let config = read(&[("data-base-url", "https://coder.example/")]);

    assert_eq!(&*config.base_url, "https://coder.example");
}

#[wasm_bindgen_test]
fn an_origin_has_one_form() {
    let config = read(&[("data-base-url", "HTTPS://Coder.Example:443/")]);
    assert_eq!(&*config.base_url, "https://coder.example");

    let own = document().location().unwrap().origin().unwrap();
    let config = read(&[("data-base-url", &own.to_uppercase())]);
    assert_eq!(&*config.base_url, "");
}

#[wasm_bindgen_test]
fn an_address_that_may_not_be_configured_leads_nowhere() {
    for address in [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "https://coder.example@evil.example",
    ] {
        let config = read(&[("data-base-url", address), ("data-docs-url", address)]);
        assert_eq!(&*config.base_url, "about:invalid#", "{address}");
        assert_eq!(config.refused_setting, Some("data-base-url"), "{address}");
        assert_eq!(config.docs_url, Config::default().docs_url, "{address}");
    }
}

#[wasm_bindgen_test]
fn a_documentation_address_that_may_not_be_configured_is_named() {
    let config = read(&[("data-docs-url", "javascript:alert(1)")]);
    assert_eq!(config.refused_setting, Some("data-docs-url"));
    assert!(!config.is_base_refused());
}

#[wasm_bindgen_test]
fn defaults_are_the_pages_origin_and_coders_documentation() {
    for attributes in [&[][..], &[("data-base-url", ""), ("data-docs-url", "")]] {
        let config = read(attributes);
        assert_eq!(config, Config::default());
        assert_eq!(&*config.base_url, "");
        assert!(config.docs_url.starts_with("https://coder.com/docs/"));
    }
    assert_eq!(Config::from_page(), Config::default(), "without a tag");
}
