//! A filled journal of the version before its jobs said where their entries are.

use commerce::{Field, ProductId};
use database::{Connection, Durability, M, Migrations};
use journal::{EntryId, JobId, Journal, Query, Reason, Said, StepKind};

use crate::{FILE, at, entry, id, job};

fn before() -> Migrations<'static> {
    Migrations::new(vec![
        M::up(include_str!("../../src/schema.sql")),
        M::up(include_str!("../../src/jobs.sql")),
        M::up(include_str!("../../src/steps.sql")),
        M::up(include_str!("../../src/sent.sql")),
        M::up(include_str!("../../src/held_for.sql")),
        M::up(include_str!("../../src/reason.sql")),
        M::up(include_str!("../../src/retries.sql")),
        M::up(include_str!("../../src/failed.sql")),
    ])
}

/// Two jobs of three entries, one without any between them, and in each column a value of its own.
const FILLED: &str = r#"
INSERT INTO jobs (id, at, who, digest, held_at, stopped_at, size, held_because, held_for, held_reason, held_about)
VALUES ('one', 1790000000000, 'you', 'd1', 1790000001000, 1790000002000, 3, 'not for you', '"orders"',
        'missing-scope', 'store_v2_orders'),
       ('none', 1790000003000, 'you', 'd2', NULL, NULL, 0, '', NULL, NULL, ''),
       ('two', 1790000004000, 'somebody', 'd3', NULL, NULL, 3, '', NULL, NULL, '');

INSERT INTO entries (id, job, subject, subject_id, change, made_id, kind, state, state_at, store_words, undoes,
                     undone_by, name, search, found, refused, erased_at, sent, made_as, labels, reason, about, retries,
                     taken, failed, failed_at)
VALUES ('a', 'one', 'order', 7, '{"what":"order","id":7,"before":{"status_id":11},"after":{"status_id":2}}', NULL,
        'once', 'done', 1790000010000, '', NULL, 'd', 'Zoë Example', '7 zoë example shipped', NULL, NULL, NULL,
        '["status"]', NULL, 'Awaiting Fulfillment' || char(10) || 'Shipped', NULL, '', NULL, NULL, 0, NULL),
       ('b', 'one', 'product', 8, '{"what":"product","id":8,"before":{"name":"A","price":"1.00"},"after":{"name":"B","price":"2.00"}}',
        NULL, 'idempotent', 'refused', 1790000011000, 'Nein', NULL, NULL, 'Tarn Mug', '8 tarn mug nein',
        '{"product":{"price":"3.00"}}', '[["price","too odd"]]', NULL, '["name","price"]', NULL, '', 'only-part',
        'price', NULL, '["name"]', 5, 1790000012000),
       ('c', 'one', 'new-product', NULL, '{"what":"create_product","after":{"name":"Beck Bowl"}}', 4711, 'once',
        'done-found', 1790000013000, '', NULL, NULL, 'Beck Bowl', 'beck bowl', NULL, NULL, NULL, '["name"]',
        '{"name":"Beck Bowl"}', '', NULL, '', NULL, NULL, 0, NULL),
       ('d', 'two', 'order', 7, '{"what":"order","id":7,"before":{"status_id":2},"after":{"status_id":11}}', NULL,
        'once', 'done', 1790000014000, '', 'a', NULL, 'Zoë Example', '7 zoë example shipped again', NULL, NULL, NULL,
        '["status"]', NULL, 'Shipped', NULL, '', NULL, NULL, 0, NULL),
       ('e', 'two', 'order', 9, '{"what":"order","id":9,"before":{},"after":{}}', NULL, 'once', 'dropped',
        1790000015000, '', NULL, NULL, '', '9', NULL, NULL, 1790000016000, '[]', NULL, '', 'gone', '', NULL, NULL, 0,
        NULL),
       ('f', 'two', 'product', 8, '{"what":"product","id":8,"before":{"price":"1.00"},"after":{"price":"2.00"}}', NULL,
        'idempotent', 'waiting', 1790000017000, '', NULL, NULL, 'Tarn Mug', '8 tarn mug', NULL, NULL, NULL, '[]', NULL,
        '', NULL, '', 'b', NULL, 2, 1790000018000);

INSERT INTO steps (entry, number, at, kind, words, reason, about, found)
VALUES ('a', 1, 1790000000000, 'written', '', NULL, '', NULL),
       ('a', 2, 1790000001000, 'sent', '', NULL, '', NULL),
       ('a', 3, 1790000010000, 'store-done', '', NULL, '', NULL),
       ('b', 1, 1790000000000, 'written', '', NULL, '', NULL),
       ('b', 2, 1790000011000, 'store-refused', 'Nein', 'only-part', 'price', '{"product":{"price":"3.00"}}'),
       ('f', 1, 1790000004000, 'written', '', NULL, '', NULL);
"#;

fn texts(connection: &Connection, sql: &str) -> Vec<String> {
    let mut select = connection.prepare(sql).unwrap();
    let rows = select.query_map([], |row| row.get(0)).unwrap();
    rows.map(|row| row.unwrap()).collect()
}

fn columns(connection: &Connection, table: &str) -> Vec<String> {
    texts(
        connection,
        &format!("SELECT name FROM pragma_table_info('{table}')"),
    )
}

/// What stands in these columns, a text for each row.
fn rows(connection: &Connection, table: &str, columns: &[String]) -> Vec<String> {
    let values = columns.join(") || ' ' || quote(");
    texts(
        connection,
        &format!("SELECT quote({values}) FROM {table} ORDER BY 1"),
    )
}

#[test]
fn a_filled_journal_holds_the_same_after_its_entries_were_laid_out_anew() {
    const TABLES: [&str; 3] = ["jobs", "entries", "steps"];
    const WORDS: [&str; 6] = ["", "zoë", "tarn mug", "nein", "7", "nothing"];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let old = database::open(&path, &before(), Durability::PowerCut).unwrap();
    old.execute_batch(FILLED).unwrap();
    let kept = TABLES.map(|table| {
        let columns = columns(&old, table);
        for column in &columns {
            let filled =
                format!("SELECT quote({column}) FROM {table} WHERE {column} NOT IN ('', 0)");
            assert!(!texts(&old, &filled).is_empty(), "{table}.{column}");
        }
        let rows = rows(&old, table, &columns);
        (table, columns, rows)
    });
    let found = |job: &str, word: &str| {
        texts(
            &old,
            &format!(
                "SELECT id FROM entries WHERE job = '{job}' AND instr(search, '{word}') > 0 \
                 ORDER BY number DESC"
            ),
        )
    };
    let found: Vec<(&str, &str, Vec<String>)> = ["one", "none", "two"]
        .into_iter()
        .flat_map(|job| WORDS.map(|word| (job, word, found(job, word))))
        .collect();
    drop(old);

    let journal = Journal::open(&path).unwrap();
    let new = database::open_reader(&path).unwrap();
    for (table, columns, before) in &kept {
        assert_eq!(&rows(&new, table, columns), before, "{table}");
    }
    let broken = "SELECT \"table\" FROM pragma_foreign_key_check";
    assert_eq!(texts(&new, broken), Vec::<String>::new());
    assert_eq!(texts(&new, "PRAGMA integrity_check"), ["ok"]);
    for (job, word, before) in found {
        let query = Query {
            search: word.into(),
            job: Some(JobId(job.into())),
            ..Query::default()
        };
        let ids = journal.ids(&query).unwrap();
        assert_eq!(ids, before.into_iter().map(EntryId).collect::<Vec<_>>());
    }

    // And so it is read.
    let one = journal.job(&JobId("one".into())).unwrap();
    let lack = Said {
        reason: Some(Reason::MissingScope),
        about: "store_v2_orders".into(),
        words: "not for you".into(),
    };
    assert_eq!((one.held_at, one.held_because), (Some(at(1)), lack));
    assert_eq!((one.stopped_at, one.size), (Some(at(2)), 3));
    assert_eq!((one.done, one.to_look_at, one.to_put_back), (2, 1, 2));
    let none = journal.job(&JobId("none".into())).unwrap();
    assert!(none.size == 0 && none.is_over());
    let refused = journal.entry(&id("b")).unwrap();
    assert_eq!(refused.taken, [Field::Name]);
    let odd = ("price".to_owned(), "too odd".to_owned());
    assert_eq!(refused.refused, [odd]);
    assert_eq!(refused.said.words, "Nein");
    let made = journal.entry(&id("c")).unwrap();
    assert_eq!(made.made, Some(ProductId(4_711)));
    assert_eq!(journal.entry(&id("a")).unwrap().undone_by, Some(id("d")));
    assert!(journal.entry(&id("e")).unwrap().is_erased);
    let way = journal.steps(&id("a")).unwrap();
    let way: Vec<_> = way.iter().map(|step| (step.kind, step.at)).collect();
    let kinds = [StepKind::Written, StepKind::Sent, StepKind::StoreDone];
    let times = [at(0), at(1), at(10)];
    assert_eq!(way, kinds.into_iter().zip(times).collect::<Vec<_>>());

    // What comes now is numbered on.
    journal
        .write(&job(
            "three",
            vec![entry("g", 7, None), entry("h", 8, None)],
        ))
        .unwrap();
    let numbered = "SELECT number || ' ' || id || ' ' || job FROM entries ORDER BY number";
    let numbers = [
        "1 a one",
        "2 b one",
        "3 c one",
        "4 d two",
        "5 e two",
        "6 f two",
        "7 g three",
        "8 h three",
    ];
    assert_eq!(texts(&new, numbered), numbers);
    let places = "SELECT id || ' ' || first || ' ' || size FROM jobs ORDER BY at, id";
    let places_of = ["one 1 3", "three 7 2", "none 0 0", "two 4 3"];
    assert_eq!(texts(&new, places), places_of);
}
