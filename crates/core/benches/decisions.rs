//! The decisions that a long list costs: `cargo bench -p coder-external-auth-core`.

#![allow(missing_docs, reason = "criterion's macros make public items")]
#![allow(clippy::unwrap_used, reason = "an input that is wrong ends the bench")]

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use external_auth_core::wire::{ExternalAuthList, decode};
use external_auth_core::{ProviderRecord, RowInput, RowModel, Timestamp, redact};
use serde_json::{Value, json};

const PROVIDERS: usize = 1_000;
/// Of five providers, so many are linked.
const LINKED_OF_FIVE: usize = 2;
const NOW: Timestamp = Timestamp::from_unix_ms(1_780_000_000_000);

/// An answer of `GET /external-auth`.
fn answer() -> String {
    let id = |number: usize| format!("github-team-{number}");
    let providers: Vec<Value> = (0..PROVIDERS)
        .map(|number| {
            json!({
                "id": id(number),
                "type": "github",
                "device": false,
                "display_name": format!("GitHub Team {number}"),
                "display_icon": "/icon/github.svg",
                "allow_refresh": true,
                "allow_validate": true,
                "supports_revocation": true,
                "code_challenge_methods_supported": ["S256"],
            })
        })
        .collect();
    let links: Vec<Value> = (0..PROVIDERS)
        .filter(|number| number % 5 < LINKED_OF_FIVE)
        .map(|number| {
            json!({
                "provider_id": id(number),
                "created_at": "2026-01-05T08:09:10.123Z",
                "updated_at": "2026-02-06T11:12:13Z",
                "has_refresh_token": number % 2 == 0,
                "expires": "2099-12-31T23:59:59.5Z",
                "authenticated": number % 10 != 0,
                "validate_error": if number % 10 == 0 { "token expired" } else { "" },
            })
        })
        .collect();
    json!({ "providers": providers, "links": links }).to_string()
}

/// What is known of each provider after the answer.
fn records() -> Vec<(String, ProviderRecord)> {
    let list: ExternalAuthList = decode(&answer()).unwrap();
    let mut links: BTreeMap<String, _> = list
        .links
        .into_iter()
        .map(|link| (link.provider_id.clone(), link))
        .collect();
    list.providers
        .into_iter()
        .map(|provider| {
            let id = provider.id.clone();
            let mut record = ProviderRecord::default();
            record.apply_list(Some(provider), links.remove(&id), 1, NOW);
            (id, record)
        })
        .collect()
}

fn models(records: &[(String, ProviderRecord)]) -> Vec<RowModel> {
    records
        .iter()
        .map(|(id, record)| {
            RowModel::of(RowInput {
                id,
                name: id,
                record,
                pending: None,
                warning: None,
                is_linking: false,
                verification_uri: "",
                now: NOW,
            })
        })
        .collect()
}

/// An error of 3 KB as Coder makes it from a provider's answer: the request's
/// address with its secrets, and a page.
fn long_error() -> String {
    let page = "<p>The service is not available at the moment.</p>\n".repeat(56);
    format!(
        "POST https://provider.test/token?client_id=app&device_code=0123456789abcdef&code=a1b2: \
         unexpected status code 503: {page}"
    )
}

fn decisions(criterion: &mut Criterion) {
    let answer = answer();
    criterion.bench_function("decode a list of 1,000", |bench| {
        bench.iter(|| decode::<ExternalAuthList>(black_box(&answer)).unwrap());
    });

    let records = records();
    assert_eq!(records.len(), PROVIDERS);
    criterion.bench_function("row models of 1,000", |bench| {
        bench.iter(|| models(black_box(&records)));
    });

    let models = models(&records);
    let found = |query: &str| {
        let finds = |model: &&RowModel| model.matches(query, str::to_lowercase);
        models.iter().filter(finds).count()
    };
    assert_eq!(found("team 777"), 1);
    criterion.bench_function("search over 1,000", |bench| {
        bench.iter(|| found(black_box("team 777")));
    });

    let error = long_error();
    assert!((2_900..3_300).contains(&error.len()), "{}", error.len());
    assert!(!redact(&error).contains("0123456789abcdef"));
    criterion.bench_function("redact an error of 3 KB", |bench| {
        bench.iter(|| redact(black_box(&error)));
    });
}

criterion_group!(benches, decisions);
criterion_main!(benches);
