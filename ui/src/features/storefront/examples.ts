import type { WordKey } from "../../i18n";

/** A question to begin with. */
export type Example = {
  /** Its name. */
  name: WordKey;
  /** The question. */
  question: string;
  /** Values for its variables. */
  variables: string;
};

/** Questions that every storefront can answer. Source: BigCommerce documentation, "GraphQL Storefront API". */
export const examples: readonly [Example, ...Example[]] = [
  {
    name: "ask.example.shop",
    question: `query Shop {
  site {
    settings {
      storeName
      status
      url {
        vanityUrl
      }
      contact {
        email
        phone
      }
    }
  }
}
`,
    variables: "",
  },
  {
    name: "ask.example.products",
    question: `query Products {
  site {
    products(first: 10) {
      edges {
        node {
          entityId
          name
          sku
          path
          prices {
            price {
              value
              currencyCode
            }
          }
        }
      }
    }
  }
}
`,
    variables: "",
  },
  {
    name: "ask.example.categories",
    question: `query Categories {
  site {
    categoryTree {
      entityId
      name
      path
      children {
        entityId
        name
        path
      }
    }
  }
}
`,
    variables: "",
  },
  {
    name: "ask.example.sku",
    question: `query BySku($sku: String!) {
  site {
    product(sku: $sku) {
      entityId
      name
      path
      inventory {
        isInStock
      }
    }
  }
}
`,
    variables: `{ "sku": "" }`,
  },
];
