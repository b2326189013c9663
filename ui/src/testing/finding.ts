import type { CustomerRow, FindQuestion, Found, FoundCustomers, FoundOrders, FoundProducts, OrderRow, ProductRow } from "../ipc/bindings";

const most = 5;

const few = <R, F>(rows: readonly R[], words: (row: R) => string, search: string, shown: (row: R) => F) => {
  const holding = rows.filter((row) => search !== "" && words(row).toLowerCase().includes(search.toLowerCase()));
  return { best: holding.slice(0, most).map(shown), count: holding.length };
};

const order = ({ id, customer, statusId, statusLabel, total }: OrderRow): FoundOrders["best"][number] => ({
  id,
  customer,
  statusId,
  statusLabel,
  total,
});

const product = ({ id, name, sku, price, salePrice }: ProductRow): FoundProducts["best"][number] => ({
  id,
  name,
  sku,
  price: salePrice ?? price,
});

const customer = ({ id, name, email, orders }: CustomerRow): FoundCustomers["best"][number] => ({
  id,
  name,
  email,
  orders,
});

/** A search across these, as the backend answers it: by what stands in a row. */
export function findAmong(orders: readonly OrderRow[], products: readonly ProductRow[], customers: readonly CustomerRow[]) {
  return ({ search }: FindQuestion): Found => ({
    orders: few(orders, (row) => `${row.id} ${row.customer} ${row.email}`, search, order),
    products: few(products, (row) => `${row.name} ${row.sku}`, search, product),
    customers: few(customers, (row) => `${row.name} ${row.email}`, search, customer),
    failed: [],
  });
}
