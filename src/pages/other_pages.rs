use leptos::prelude::*;

use super::{LinkedPage, ProviderPage};
use crate::Config;
use crate::chunk::{Chunk, ChunkStatus, declare_chunk};
use crate::components::{ListSkeleton, part_failed};
use crate::reactive::dynamic;
use crate::text;
use crate::view::{fetch_later_parts, later_parts_status};

declare_chunk! {
    /// The pages that are not the list.
    OTHER_PAGES, later::other_pages: dyn OtherPages = &DrawnPages
}

/// The pages that are not the list.
trait OtherPages {
    fn provider(&self, config: Config, id: String, redirected: bool) -> AnyView;
    fn linked(&self, config: Config, id: String) -> AnyView;
}

struct DrawnPages;

impl OtherPages for DrawnPages {
    fn provider(&self, config: Config, id: String, redirected: bool) -> AnyView {
        view! { <ProviderPage config id redirected /> }.into_any()
    }

    fn linked(&self, config: Config, id: String) -> AnyView {
        view! { <LinkedPage config id /> }.into_any()
    }
}

/// The page of one provider.
pub(super) fn provider_page(config: Config, id: String, redirected: bool) -> AnyView {
    when_fetched(Box::new(move |pages| {
        pages.provider(config.clone(), id.clone(), redirected)
    }))
}

/// The return page of a redirect flow.
pub(super) fn linked_page(config: Config, id: String) -> AnyView {
    when_fetched(Box::new(move |pages| {
        pages.linked(config.clone(), id.clone())
    }))
}

type Draw = Box<dyn Fn(&'static dyn OtherPages) -> AnyView + Send>;

/// Draws a page when all code for it is there: a command that it begins needs more
/// than the page itself.
fn when_fetched(draw: Draw) -> AnyView {
    let fetch = || {
        fetch_later_parts();
        Chunk::load(&OTHER_PAGES);
    };
    fetch();
    dynamic(
        move || match later_parts_status().and(Chunk::status(&OTHER_PAGES)) {
            ChunkStatus::Ready => Chunk::get(&OTHER_PAGES).map(|pages| untrack(|| draw(pages))),
            ChunkStatus::Failed => Some(part_failed(fetch)),
            ChunkStatus::Awaited => {
                Some(view! { <h1>{text::title()}</h1> <ListSkeleton cards=1 /> }.into_any())
            }
        },
    )
}
