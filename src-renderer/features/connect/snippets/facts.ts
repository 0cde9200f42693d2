/** What is filled into a snippet. */
export interface SnippetFacts {
  /** The proxy's address without a slash at its end. */
  readonly url: string;
  readonly key: string;
  readonly model: string;
  /** Of the channel that will answer; `''` where it is not known. */
  readonly platform: string;
}
