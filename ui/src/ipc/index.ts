export type { Backend } from "./backend";
export type * from "./bindings";
export { answerFrom, api } from "./call";
export { makeClient } from "./client";
export { useEnvironmentOffer } from "./environment";
export { asAppError, errorCodes } from "./errors";
export { type Keeping, useNotesDraft, useProductKeeping } from "./drafts";
export { EventsProvider, useBackendEvent } from "./events";
export { useCollection, useKeychain } from "./keychain";
export { keepFirst, takeFirst, tellDrawn } from "./first";
export { readOptions, useIsWriting, useRead, useWrite, useWrites, type WriteOptions, type Writes } from "./hooks";
export { useRemembered } from "./layout";
export { type Listing, type ListHandle, type Neighbour, useListing, useNeighbours } from "./listing";
export { type Landing, readRows, useRows, useSettledView } from "./pages";
export { type PictureSize, pictureAddress, pictureFor } from "./picture";
export { type Ticked, useTicked } from "./ticked";
export { useStore, useStoreState } from "./store";
export { useStorefrontTokens } from "./storefront";
export { useTogether } from "./together";
export {
  type Answer,
  type Input,
  type ReadName,
  type WriteName,
  afterWrite,
  isStale,
  makeStale,
  onEvent,
  readKey,
} from "./tags";
