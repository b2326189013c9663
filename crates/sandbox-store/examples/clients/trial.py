"""The Python client `bigcommerce` (PyPI), unmodified, against a sandbox store.

    pip install --require-hashes --only-binary :all: -r requirements.txt
    sandbox-store serve --tls-self-signed --plan enterprise > hello.json &
    python trial.py hello.json

The client insists on https. It takes its host from BC_API_ENDPOINT, and `requests` its trust from
REQUESTS_CA_BUNDLE: nothing of it is patched.
"""

import json
import os
import sys
import tempfile

hello = json.loads(open(sys.argv[1]).readline())
certificate = tempfile.NamedTemporaryFile("w", suffix=".pem", delete=False)
certificate.write(hello["certificate"])
certificate.close()
os.environ["REQUESTS_CA_BUNDLE"] = certificate.name
os.environ["BC_API_ENDPOINT"] = hello["origin"].removeprefix("https://")

from bigcommerce.api import BigcommerceApi  # noqa: E402  (it reads the variables when it is made)
from bigcommerce.exception import ClientRequestException  # noqa: E402

api = BigcommerceApi(client_id="ignored", store_hash=hello["storeHash"], access_token=hello["token"])
done = []


def step(name, wanted, found):
    if wanted != found:
        sys.exit(f"{name}: {found!r} instead of {wanted!r}")
    done.append(name)
    print(f"works: {name}")


def refused(name, status, call):
    try:
        call()
    except ClientRequestException as error:
        step(name, status, error.status_code)
    else:
        sys.exit(f"{name}: was not refused")


step("the time", True, api.Time.all()["time"] > 1_700_000_000)
step("the store", hello["storeHash"], api.Store.all()["id"])
step("statuses", 15, len(api.OrderStatuses.all()))

every = list(api.Orders.iterall())
step("all orders, page by page to the 204 at the end", True, len(every) > 300)
order = next(each for each in every if each["status_id"] == 11)
order = api.Orders.get(order["id"])
lines = order.products()
step("lines of an order", True, len(lines) >= 1)
address = order.shipping_addresses()[0]
step("an order's note", "fragile", order.update(staff_notes="fragile")["staff_notes"])
physical = next(line for line in lines if line["quantity"] > line["quantity_shipped"])

from bigcommerce.resources.orders import OrderShipments  # noqa: E402

shipment = OrderShipments.create(
    order["id"],
    connection=api.connection,
    order_address_id=address["id"],
    tracking_number="TRY-1",
    items=[{"order_product_id": physical["id"], "quantity": 1}],
)
step("a shipment", "TRY-1", shipment["tracking_number"])
step("its number corrected", "TRY-2", shipment.update(tracking_number="TRY-2")["tracking_number"])
step("it moved the order", True, api.Orders.get(order["id"])["status_id"] in (2, 3))

where = {
    "first_name": "Ada", "last_name": "Holt", "street_1": "1 Quay", "city": "Bend", "state": "Oregon",
    "zip": "97701", "country": "United States", "country_iso2": "US", "email": "ada@example.com",
}
made = api.Orders.create(
    billing_address=where,
    products=[{"name": "Engraving", "quantity": 2, "price_inc_tax": 10.5, "price_ex_tax": 10.5}],
)
step("a new order", "21.0000", made["total_inc_tax"])
made.delete()
step("an order put away", [], list(api.Orders.iterall(min_id=made["id"])))
refused("an order refused", 400, lambda: api.Orders.create(products=[]))

step("customers counted", len(list(api.Customers.iterall())), api.Customers.count())
customer = api.Customers.create(first_name="Ada", last_name="Holt", email="ada.holt@example.com")
step("a new customer", "ada.holt@example.com", api.Customers.get(customer["id"])["email"])
step("a customer changed", "555-0101", customer.update(phone="555-0101")["phone"])
refused(
    "an e-mail that is taken",
    409,
    lambda: api.Customers.create(first_name="A", last_name="B", email="ada.holt@example.com"),
)
known = api.Customers.get(api.Customers.all(limit=1)[0]["id"])
step("a customer's addresses", True, isinstance(known.addresses(), (list, dict)))
customer.delete()
refused("a customer deleted", 404, lambda: api.Customers.get(customer["id"]))

group = api.CustomerGroups.create(name="Guides")
step("a group", "Guests", group.update(name="Guests")["name"])
group.delete()
step("currencies and countries", True, len(api.Currencies.all()) > 0 and len(api.Countries.all()) > 0)
step("what is left of the quota is told nowhere on this plan", {}, api.connection.rate_limit)
print(f"{len(done)} steps, all as they should be")
