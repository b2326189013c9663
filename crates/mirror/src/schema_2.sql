-- What Home counts and lists is read from an index alone, and so are the lists that are narrowed down by it.
DROP INDEX products_by_stock;
CREATE INDEX products_by_stock ON products (stock, visible, level, modified_at);
CREATE INDEX products_by_modified ON products (modified_at, visible, stock);
CREATE INDEX customers_by_registered ON customers (registered_at);
