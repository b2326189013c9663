//! The shop's words: money, ids, orders, scopes and field limits, without any I/O.
//!
//! Every other crate of Stockroom speaks in these types. They know nothing of JSON as a store
//! sends it, of SQL, or of windows.

mod address;
mod aside;
mod change;
mod clock;
mod customer;
mod customer_parts;
mod edits;
mod full_order;
mod ids;
mod inventory;
mod limits;
mod made;
mod merge;
mod money;
mod order;
mod order_parts;
mod payment;
mod preset;
mod price;
mod product;
mod product_parts;
mod profile;
mod scope;
mod settings;
mod store;
mod storefront;
mod token;
mod variant;

pub use address::Address;
pub use aside::{Aside, Parts, Unreadable};
pub use change::{Change, OrderFields, ProductFields, Subject, Values};
pub use clock::{Clock, Sleep, Tick};
pub use customer::Customer;
pub use customer_parts::{
    AttributeValue, CategoryAccess, CustomerAddress, CustomerAttribute, CustomerGroup,
    DiscountRule, FormField, FullCustomer,
};
pub use edits::{
    BrandEdit, BulkPricingRuleEdit, CategoryAccessEdit, CategoryEdit, CustomFieldEdit,
    CustomerAddressEdit, CustomerEdit, CustomerGroupEdit, ImageEdit, MetafieldEdit, ModifierEdit,
    ModifierValueEdit, OptionEdit, OptionValueEdit, OrderAddressEdit, OrderEdit, OrderFeeEdit,
    OrderLineEdit, ProductEdit, Setting, ShipmentEdit, VariantChoiceEdit, VariantEdit, VideoEdit,
};
pub use full_order::{
    Consignment, ConsignmentKind, FullOrder, FullOrderTax, OrderFee, OrderMessage,
};
pub use ids::{
    AttributeId, AttributeValueId, BrandId, BulkPricingRuleId, CategoryId, ChannelId,
    ConsignmentId, CountryId, CurrencyId, CustomFieldId, CustomerAddressId, CustomerGroupId,
    CustomerId, FeeId, ImageId, LocationId, MessageId, MetafieldId, ModifierId, ModifierValueId,
    OptionId, OptionValueId, OrderAddressId, OrderId, OrderLineId, OrderTaxId, ProductId, RefundId,
    ShipmentId, StateId, StatusId, StoreHash, StoreHashError, TaxClassId, TransactionId, TreeId,
    VariantId, VideoId,
};
pub use inventory::{
    Location, LocationAddress, StockAdjustment, StockIdentity, StockItem, StockLevel, StockTarget,
};
pub use limits::{
    AMOUNT_MAX, CUSTOMER_MESSAGE_MAX, INVENTORY_LEVEL_MAX, PRODUCT_NAME_MAX, SKU_MAX,
    STAFF_NOTES_MAX,
};
pub use made::{MadeAs, ProductRest};
pub use merge::{Field, FieldStanding};
pub use money::{CurrencyCode, Money, MoneyError};
pub use order::{DISPLAY_ORDER, Order, OrderStatus};
pub use order_parts::{
    LineDiscount, OrderCoupon, OrderLine, OrderParts, OrderRefund, OrderTax, Shipment,
    ShippingAddress,
};
pub use payment::{
    Refund, RefundDone, RefundExtent, RefundFor, RefundItem, RefundPayment, RefundQuote,
    RefundRequestItem, Transaction,
};
pub use preset::Preset;
pub use price::{PriceChange, PriceRounding};
pub use product::{Brand, Category, InventoryTracking, Picture, Product, ProductKind};
pub use product_parts::{
    BulkPricingRule, CategoryAssignment, CategoryNode, CategoryTree, ChannelAssignment,
    CustomField, FullBrand, FullCategory, FullProduct, Metafield, ProductImage, ProductVideo,
};
pub use profile::{SafetyMode, StoreColor};
pub use scope::{Access, Feature, Level, OauthNames, Scope};
pub use settings::{
    Channel, ChannelCurrencies, Country, Currency, PaymentInstrument, PaymentMethod, State,
    StoreLocale, StoreUnits, TaxClass,
};
pub use store::{StoreInfo, WeightUnit};
pub use storefront::StorefrontScope;
pub use token::AccessToken;
pub use variant::{Modifier, ModifierValue, OptionValue, ProductOption, Variant, VariantChoice};
