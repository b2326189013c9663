-- Whether a shop has products that are counted by their variants. What it looks for is as serde writes it; in a
-- text of the shop's own, quotes stand behind a backslash.
CREATE INDEX products_by_variant ON products (id) WHERE instr(body, '"inventory_tracking":"variant"') > 0;
