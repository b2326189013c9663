import { activity } from "./activity";
import { common } from "./common";
import { connect } from "./connect";
import { customers } from "./customers";
import { frame } from "./frame";
import { home } from "./home";
import { orders } from "./orders";
import { preview } from "./preview";
import { products } from "./products";
import { scopes } from "./scopes";
import { settings } from "./settings";
import { store } from "./store";
import { storefront } from "./storefront";
import { trouble } from "./trouble";

/** Every message, in American English: one file for each area, keys prefixed with its name. */
export const en = { ...common, ...frame, ...home, ...trouble, ...orders, ...products, ...customers, ...preview, ...activity, ...connect, ...scopes, ...settings, ...store, ...storefront };
