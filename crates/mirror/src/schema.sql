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

-- Wide enough that sums by day and by customer are read from the index alone.
CREATE INDEX orders_by_placed ON orders (placed_at, id, archived, shown_status, currency, total_e4);
CREATE INDEX orders_by_status ON orders (shown_status, archived, placed_at, id);
CREATE INDEX orders_by_customer_id ON orders (customer_id, archived, shown_status, currency, total_e4);

-- What belongs to an order and is asked for by itself. `read_at` is when, by the computer's clock.
CREATE TABLE order_parts (
    order_id    INTEGER PRIMARY KEY,
    asked_stamp INTEGER NOT NULL,
    read_at     INTEGER NOT NULL,
    body        TEXT NOT NULL
) STRICT;

-- Products, with changes that are on their way in the columns; `body` is as the store has it. `price_e4` is in ten-thousandths of the default currency's unit. `stock` is 0 where it
-- isn't counted, 1 where there is enough, 2 where it is low, 3 where there is none.
-- `search` and `body` come last: what stands before them is read without them.
CREATE TABLE products (
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL,
    sku           TEXT NOT NULL,
    price_e4      INTEGER NOT NULL,
    visible       INTEGER NOT NULL,
    stock         INTEGER NOT NULL,
    level         INTEGER NOT NULL,
    modified_at   INTEGER NOT NULL,
    brand_id      INTEGER,
    written_stamp INTEGER NOT NULL DEFAULT 0,
    search        TEXT NOT NULL,
    body          TEXT NOT NULL
) STRICT;

-- All that lists without a search are made from.
CREATE INDEX products_by_name ON products
    (name COLLATE NOCASE, id, visible, stock, level, sku, price_e4, modified_at);
CREATE INDEX products_by_stock ON products (stock, visible);
CREATE INDEX products_by_sku ON products (sku COLLATE NOCASE);

CREATE TABLE brands (
    id            INTEGER PRIMARY KEY,
    search        TEXT NOT NULL,
    written_stamp INTEGER NOT NULL DEFAULT 0,
    body          TEXT NOT NULL
) STRICT;

CREATE TABLE categories (
    id            INTEGER PRIMARY KEY,
    written_stamp INTEGER NOT NULL DEFAULT 0,
    body          TEXT NOT NULL
) STRICT;

CREATE TABLE customers (
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL,
    email         TEXT NOT NULL,
    registered_at INTEGER NOT NULL,
    written_stamp INTEGER NOT NULL DEFAULT 0,
    search        TEXT NOT NULL,
    body          TEXT NOT NULL
) STRICT;

-- All that lists without a search are made from.
CREATE INDEX customers_by_name ON customers (name COLLATE NOCASE, id, email, registered_at);

-- The latest stamp is looked for at every start.
CREATE INDEX order_parts_by_stamp ON order_parts (asked_stamp);
CREATE INDEX orders_by_stamp ON orders (written_stamp) WHERE written_stamp > 0;
CREATE INDEX products_by_stamp ON products (written_stamp) WHERE written_stamp > 0;
CREATE INDEX brands_by_stamp ON brands (written_stamp) WHERE written_stamp > 0;
CREATE INDEX categories_by_stamp ON categories (written_stamp) WHERE written_stamp > 0;
CREATE INDEX customers_by_stamp ON customers (written_stamp) WHERE written_stamp > 0;

-- What was deleted in the store, and when that was known: a page asked for before must not bring
-- it back.
CREATE TABLE removed (
    area  TEXT NOT NULL,
    id    INTEGER NOT NULL,
    stamp INTEGER NOT NULL,
    PRIMARY KEY (area, id)
) STRICT, WITHOUT ROWID;

-- The store's own labels.
CREATE TABLE statuses (
    id           INTEGER PRIMARY KEY,
    label        TEXT NOT NULL,
    system_label TEXT NOT NULL,
    position     INTEGER NOT NULL
) STRICT;

-- Changes on their way, made anew from the journal at every start. `wanted` holds the wanted values
-- of a product.
CREATE TABLE pending (
    entry         TEXT PRIMARY KEY,
    order_id      INTEGER,
    wanted_status INTEGER,
    product_id    INTEGER,
    wanted        TEXT
) STRICT;

CREATE INDEX pending_by_order ON pending (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX pending_by_product ON pending (product_id) WHERE product_id IS NOT NULL;

-- What the store sent and could not be read.
CREATE TABLE unreadable (
    area   TEXT NOT NULL,
    id     TEXT NOT NULL,
    path   TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (area, id, path)
) STRICT;

-- How far pulling has come, area by area, as small named values.
CREATE TABLE marks (
    area  TEXT NOT NULL,
    name  TEXT NOT NULL,
    value ANY NOT NULL,
    PRIMARY KEY (area, name)
) STRICT;
