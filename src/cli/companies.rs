//! `mspdash companies …`: which command is which, and those that are a few lines.

use super::args::{Companies, Format, Show, Tag};
use super::desk::{Desk, End, intent, odd};
use super::record::CompanyRecord;
use super::{company_edit, launch, list, setup, table, unlink};
use crate::domain::company::Company;
use crate::domain::error::Operation;
use crate::domain::field::split_tags;
use crate::domain::request::{Answer, CompanyChanges, Request};
use crate::domain::text::one_line;

pub(super) async fn run(command: &Companies, desk: &mut Desk<'_>) -> Result<(), End> {
    match command {
        Companies::List(args) => list::run(args, desk).await,
        Companies::Show(args) => show(args, desk).await,
        Companies::Add(args) => company_edit::add(args, desk).await,
        Companies::Edit(args) => company_edit::edit(args, desk).await,
        Companies::Tag(args) => tag(args, desk).await,
        Companies::Launch(args) => launch::run(args, desk).await,
        Companies::Unlink(args) => unlink::run(args, desk).await,
        Companies::Setup(args) => setup::show(args, desk).await,
        Companies::SetStep(args) => setup::set_step(args, desk).await,
    }
}

async fn show(args: &Show, desk: &mut Desk<'_>) -> Result<(), End> {
    let company = desk.company(&args.id).await?;
    written(&company, args.format, desk)
}

/// Writes one company as `companies show` does.
pub(super) fn written(company: &Company, format: Format, desk: &mut Desk<'_>) -> Result<(), End> {
    desk.show(format, &CompanyRecord::from(company), || table::show(company))
}

async fn tag(args: &Tag, desk: &mut Desk<'_>) -> Result<(), End> {
    let before = desk.company(&args.id).await?;
    let tags = tagged(&before.tags, args);
    if tags == before.tags {
        // Asked twice, the second time finds it done.
        return written(&before, args.write.format, desk);
    }
    let changes = CompanyChanges { tags: Some(tags), ..CompanyChanges::default() };
    let request = Request::EditCompany { company: before.id, etag: before.etag, changes, key: intent() };
    let Answer::Company(after) = desk.change(request, args.write).await? else {
        return Err(odd(Operation::EditCompany));
    };
    written(&after, args.write.format, desk)
}

/// The tags there will be, in their order, new ones last.
fn tagged(before: &[String], args: &Tag) -> Vec<String> {
    let named = |given: &[String]| split_tags(&given.iter().map(|tag| one_line(tag)).collect::<Vec<_>>().join(","));
    let (add, remove) = (named(&args.add), named(&args.remove));
    let mut tags = before.to_vec();
    tags.extend(add.into_iter().filter(|tag| !before.contains(tag)));
    tags.retain(|tag| !remove.contains(tag));
    tags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Write;

    #[test]
    fn tags_are_added_once_and_removed_exactly() {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let args = |add: &[&str], remove: &[&str]| Tag {
            id: "A".into(),
            add: words(add),
            remove: words(remove),
            write: Write::default(),
        };
        let before = words(&["north", "vip"]);
        assert_eq!(tagged(&before, &args(&["new", " new ", "vip"], &[])), ["north", "vip", "new"]);
        assert_eq!(tagged(&before, &args(&["new"], &["north", "VIP"])), ["vip", "new"]);
        assert_eq!(tagged(&before, &args(&["a, b\r", "a"], &["vip,north"])), ["a", "b"], "as the form has them");
    }
}
