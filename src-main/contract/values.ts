import { z } from 'zod';

/** Marks a field whose value must never leave the server unmasked. */
export const SECRET = { secret: true } as const;

/** Marks an address whose password must never leave the server unmasked. */
export const SECRET_PASSWORD = { secret: 'password' } as const;

/** An id as admins write it: opaque, but printable, and no name that JavaScript objects own. */
export const Id = z
  .string()
  .min(1)
  .max(128)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  .regex(/^[^\u0000-\u001f\u007f/\\]+$/, 'must not contain control characters or slashes')
  .refine((id) => id !== '__proto__', 'must not be __proto__');

export const Status = z.enum(['active', 'disabled']);

/** A secret, or `env:NAME`, which stands for the value of that environment variable. */
export const Secret = z.string().min(1).max(4096).meta(SECRET);

/** An address, or `env:NAME`. */
export const Address = z.string().min(1).max(2048).meta(SECRET_PASSWORD);

/** RFC 3339. */
export const Time = z.iso.datetime({ offset: true });

/** An address range as `10.0.0.0/8`, `fd00::/8`, or a single address. */
export const Cidr = z
  .string()
  .regex(/^[0-9a-fA-F:.]+(\/\d{1,3})?$/, 'must be an address or a range such as 10.0.0.0/8');

export const Name = z.string().max(10_000);
/** Seconds; fractions are allowed. */
export const Seconds = z.number().positive().max(86_400);
export const Bytes = z.number().int().nonnegative();
export const Port = z.number().int().min(0).max(65_535);
/** 1 is tried first. */
export const Priority = z.number().int().min(0).max(1_000_000);
export const Weight = z.number().nonnegative().max(1_000_000);
export const Count = z.number().int().positive();

/** `gpt-4o`, `gpt-*`, `*`: `*` stands for any run of characters. */
export const ModelGlob = z.string().min(1).max(256);
