-- Orders. The searchable and sortable parts stand in columns, the whole in `body`.
-- Times are seconds since 1970, UTC, as fine as the store gives them.
-- `total_e4` is the total in ten-thousandths of the currency's unit: the store gives four decimals,
-- so sums of it are exact.
-- `shown_status` is the wanted status while a change is on its way, else the store's.
-- `written_stamp` is the moment a write's own answer was kept (see `Mirror::stamp`), else 0.
CREATE TABLE orders (
    id            INTEGER PRIMARY KEY,
    status_id     INTEGER NOT NULL,
    shown_status  INTEGER NOT NULL,
    placed_at     INTEGER NOT NULL,
    modified_at   INTEGER NOT NULL,
    customer_id   INTEGER,
    customer      TEXT NOT NULL,
    search        TEXT NOT NULL,
    item_count    INTEGER NOT NULL,
    total_e4      INTEGER NOT NULL,
    currency      TEXT NOT NULL,
    archived      INTEGER NOT NULL,
    written_stamp INTEGER NOT NULL DEFAULT 0,
    body          TEXT NOT NULL
) STRICT;

CREATE INDEX orders_by_placed ON orders (placed_at, id);
CREATE INDEX orders_by_status ON orders (shown_status, placed_at, id);
CREATE INDEX orders_by_customer_id ON orders (customer_id);

-- The store's own labels.
CREATE TABLE statuses (
    id           INTEGER PRIMARY KEY,
    label        TEXT NOT NULL,
    system_label TEXT NOT NULL,
    position     INTEGER NOT NULL
) STRICT;

-- Changes on their way, made anew from the journal at every start.
CREATE TABLE pending (
    entry         TEXT PRIMARY KEY,
    order_id      INTEGER NOT NULL,
    wanted_status INTEGER,
    wanted_notes  TEXT
) STRICT;

CREATE INDEX pending_by_order ON pending (order_id);

-- Orders of the store that could not be read.
CREATE TABLE unreadable (
    id     TEXT NOT NULL,
    path   TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (id, path)
) STRICT;

-- How far pulling has come, as small named numbers.
CREATE TABLE marks (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
