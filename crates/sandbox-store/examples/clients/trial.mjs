// The Node.js client `node-bigcommerce` (npm), unmodified, against a sandbox store.
//
//     npm ci --ignore-scripts
//     sandbox-store serve --tls-self-signed --plan enterprise > hello.json &
//     node -e 'console.log(JSON.parse(require("fs").readFileSync("hello.json")).certificate)' > store.pem
//     NODE_EXTRA_CA_CERTS=store.pem node trial.mjs hello.json
//
// The client knows one host only, api.bigcommerce.com on port 443. The certificate is made out to that name too,
// so it is enough to lead the name to this machine: here with the agent that the client takes, elsewhere with a
// line in /etc/hosts and `--port 443`.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import tls from 'node:tls';

const BigCommerce = createRequire(`${process.cwd()}/`)('node-bigcommerce');
const hello = JSON.parse(readFileSync(process.argv[2], 'utf8').split('\n')[0]);
const port = Number(new URL(hello.origin).port);

const agent = new https.Agent({ keepAlive: true });
agent.createConnection = (options, ready) =>
  tls.connect({ ...options, host: '127.0.0.1', port, servername: 'api.bigcommerce.com' }, ready);

const open = (apiVersion) =>
  new BigCommerce({ clientId: 'ignored', accessToken: hello.token, storeHash: hello.storeHash, responseType: 'json', apiVersion, agent });
const [v2, v3] = [open('v2'), open('v3')];

let done = 0;
const step = (name, wanted, found) => {
  if (JSON.stringify(wanted) !== JSON.stringify(found)) {
    console.error(`${name}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
  done += 1;
  console.log(`works: ${name}`);
};
const refused = async (name, status, call) => {
  const answer = await call().then(() => 'nothing', (error) => error.code);
  step(name, status, answer);
};

step('the store', hello.storeHash, (await v2.get('/store')).id);
const orders = await v2.get('/orders?status_id=11&limit=2');
step('orders of a status', [11, 11], orders.map((order) => order.status_id));
step('a note', 'fragile', (await v2.put(`/orders/${orders[0].id}`, { staff_notes: 'fragile' })).staff_notes);
step('a page past the end has no body', '', await v2.get('/orders?page=9999'));
await refused('a field that only the store writes', 400, () => v2.put(`/orders/${orders[0].id}`, { id: 1 }));

const body = { name: 'Iron kettle', type: 'physical', weight: 1.25, price: 49.9 };
const made = (await v3.post('/catalog/products', body)).data;
step('a new product', 'Iron kettle', (await v3.get(`/catalog/products/${made.id}`)).data.name);
step('its price', 51.9, (await v3.put(`/catalog/products/${made.id}`, { price: 51.9 })).data.price);
await refused('a name that is taken', 409, () => v3.post('/catalog/products', body));
step('several at once', 52.5, (await v3.put('/catalog/products', [{ id: made.id, price: 52.5 }])).data[0].price);
const found = (await v3.get('/catalog/products?name:like=kettle&include=variants')).data;
step('found by a part of its name', true, found.some((product) => product.id === made.id && product.variants.length === 1));
await refused('a filter that is none', 422, () => v3.get('/catalog/products?planet=mars'));
await v3.delete(`/catalog/products/${made.id}`);
await refused('deleted', 404, () => v3.get(`/catalog/products/${made.id}`));

const customer = { first_name: 'Ada', last_name: 'Holt', email: 'ada.holt@example.com' };
const [person] = (await v3.post('/customers', [customer])).data;
step('a new customer', customer.email, (await v3.get(`/customers?id:in=${person.id}`)).data[0].email);
await refused('an e-mail that is taken', 422, () => v3.post('/customers', [customer]));
await v3.delete(`/customers?id:in=${person.id}`);
step('a customer deleted', 0, (await v3.get(`/customers?id:in=${person.id}`)).data.length);
console.log(`${done} steps, all as they should be`);
process.exit(0);
