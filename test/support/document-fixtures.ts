import {
  type Channel,
  type Document,
  emptyDocument,
  type ProxyKey,
  type User,
} from '../../src-main/contract/document.ts';

/** A user who may use every channel. */
export function aUser(members: Partial<User> = {}): User {
  return { status: 'active', channels: '*', ...members };
}

/** A key of a user for everything the user may use. */
export function aKey(user: string, key: string, members: Partial<ProxyKey> = {}): ProxyKey {
  return { key, user, status: 'active', ...members };
}

/** A channel to a platform that listens on this computer. */
export function aChannel(
  platform: string,
  base_url: string,
  api_key: string,
  members: Partial<Channel> = {},
): Channel {
  return { platform, base_url, api_key, status: 'active', allow_private: true, ...members };
}

/** A document with these sections and nothing else. */
export function aDocument(sections: Partial<Omit<Document, 'version'>>): Document {
  return { ...emptyDocument(), ...sections };
}
