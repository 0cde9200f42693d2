import { z } from 'zod';

/**
 * Where the secrets of a value are, worked out of its schema once: the value itself, an address with a password in
 * it, named members, or every member or item alike.
 */
export type SecretPlaces =
  | { readonly kind: 'secret' }
  | { readonly kind: 'address' }
  | { readonly kind: 'members'; readonly members: ReadonlyMap<string, SecretPlaces> }
  | { readonly kind: 'map'; readonly each: SecretPlaces }
  | { readonly kind: 'list'; readonly each: SecretPlaces };

function marked(schema: z.ZodType): SecretPlaces | null {
  const mark = z.globalRegistry.get(schema)?.secret;
  if (mark === true) return { kind: 'secret' };
  return mark === 'password' ? { kind: 'address' } : null;
}

function placesOfMembers(shape: Readonly<Record<string, unknown>>): SecretPlaces | null {
  const members = new Map<string, SecretPlaces>();
  for (const [name, member] of Object.entries(shape)) {
    const places = secretPlaces(member);
    if (places !== null) members.set(name, places);
  }
  return members.size === 0 ? null : { kind: 'members', members };
}

/** Where a schema's secrets are, by its marks; `null` where it has none. */
export function secretPlaces(schema: unknown): SecretPlaces | null {
  if (!(schema instanceof z.ZodType)) return null;
  const own = marked(schema);
  if (own !== null) return own;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return secretPlaces(schema.unwrap());
  }
  if (schema instanceof z.ZodObject) return placesOfMembers(schema.shape);
  if (schema instanceof z.ZodUnion) {
    return schema.options.map(secretPlaces).find((places) => places !== null) ?? null;
  }
  if (schema instanceof z.ZodRecord) return wrapped('map', schema.valueType);
  return schema instanceof z.ZodArray ? wrapped('list', schema.element) : null;
}

function wrapped(kind: 'map' | 'list', inner: unknown): SecretPlaces | null {
  const each = secretPlaces(inner);
  return each === null ? null : { kind, each };
}

/** The same places with another schema's in the member of this name. */
export function withPlacesOf(
  places: SecretPlaces | null,
  name: string,
  schema: unknown,
): SecretPlaces | null {
  const inner = secretPlaces(schema);
  if (inner === null) return places;
  const members = new Map(places?.kind === 'members' ? places.members : []);
  return { kind: 'members', members: members.set(name, inner) };
}

/** The places inside one member or item. */
export function placesIn(places: SecretPlaces, name: string): SecretPlaces | undefined {
  if (places.kind === 'members') return places.members.get(name);
  return places.kind === 'map' || places.kind === 'list' ? places.each : undefined;
}
