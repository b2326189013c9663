use std::collections::BTreeSet;

use surface::{
    Tag,
    commands::{COMMANDS, Command, CommandKind},
};

/// What no write makes stale, and why no window shows an old answer all the same.
const STALED_BY_NONE: &[(Tag, &str)] = &[(
    Tag::Layout,
    "the window alone writes it, and puts what it writes into its own cache",
)];

/// Writes after which every answer is as good as before, and why.
const STALES_NOTHING: &[(&str, &str)] = &[
    ("set_layout", "the window has put it into its own cache"),
    ("draft_notes", "the window has put it into its own cache"),
    ("draft_product", "the window has put it into its own cache"),
    ("announce_orders", "the system is told, and nothing is kept"),
    ("open_page", "the system is told, and nothing is kept"),
    ("connect_begin", "an attempt is no store yet"),
    ("connect_environment", "an attempt is no store yet"),
    ("connect_check", "an attempt is no store yet"),
    ("connect_check_writes", "an attempt is no store yet"),
    ("connect_cancel", "an attempt is no store yet"),
    ("connect_forget", "an attempt is no store yet"),
    ("connect_tidy", "clipboard and files are no answers of ours"),
    ("examine", "it only looks"),
    ("ask_storefront", "it only asks"),
    ("stop_asking", "it only asks"),
    ("read_storefront_token", "it only reads what was typed"),
    ("plan_change", "a plan changes nothing"),
    ("plan_undo", "a plan changes nothing"),
    ("plan_retry", "a plan changes nothing"),
    ("plan_retry_job", "a plan changes nothing"),
    ("plan_undo_job", "a plan changes nothing"),
    ("plan_resolve", "a plan changes nothing"),
    ("discard_plan", "a plan changes nothing"),
    (
        "export_activity",
        "a file of the person's is no answer of ours",
    ),
];

fn of(kind: CommandKind) -> impl Iterator<Item = &'static Command> {
    COMMANDS.iter().filter(move |command| command.kind == kind)
}

fn tags_of(kind: CommandKind) -> Vec<Tag> {
    of(kind).flat_map(|command| command.tags).copied().collect()
}

#[test]
fn every_answer_that_may_be_kept_is_made_stale_by_some_write() {
    let (provided, staled) = (tags_of(CommandKind::Read), tags_of(CommandKind::Write));
    for tag in Tag::ALL {
        assert!(provided.contains(tag), "no answer carries {tag:?}");
        let is_excused = STALED_BY_NONE.iter().any(|(excused, _)| excused == tag);
        assert_ne!(
            staled.contains(tag),
            is_excused,
            "{tag:?} is made stale by a write, or stands in the list with a reason"
        );
    }
}

#[test]
fn every_write_makes_something_stale_or_says_why_not() {
    let silent: BTreeSet<&str> = of(CommandKind::Write)
        .filter(|command| command.tags.is_empty())
        .map(|command| command.name)
        .collect();
    let excused: BTreeSet<&str> = STALES_NOTHING.iter().map(|(name, _)| *name).collect();
    assert_eq!(silent, excused);
}
