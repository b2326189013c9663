-- What went back of an order's total, in ten-thousandths of its currency's unit: no list of orders tells it. NULL where
-- it isn't known. `refunds_of` is when the order was last modified as its refunds were asked for; NULL before that.
-- `has_refunds` is 1 where something went back, or may have: by the order's status or its payment's, or by what is known.
ALTER TABLE orders ADD COLUMN refunded_e4 INTEGER;
ALTER TABLE orders ADD COLUMN refunds_of INTEGER;
ALTER TABLE orders ADD COLUMN has_refunds INTEGER NOT NULL DEFAULT 0;
-- Orders that are here already. What is looked for is as serde writes it; in a text of the shop's own, quotes stand
-- behind a backslash.
UPDATE orders SET has_refunds = 1 WHERE status_id IN (4, 14) OR instr(body, '"payment_status":"refunded"') > 0
    OR instr(body, '"payment_status":"partially refunded"') > 0;

-- Few orders have; what Home adds up of them is read from here alone.
CREATE INDEX orders_by_refunds ON orders
    (placed_at, has_refunds, archived, status_id, shown_status, currency, total_e4, refunded_e4, refunds_of, modified_at,
     id)
    WHERE has_refunds = 1;
