import type { z } from 'zod';
import { Group, type Limits } from '../../../src-main/contract/document.ts';
import { Id } from '../../../src-main/contract/values.ts';
import { type ChannelAccess, withoutEmpty } from './user-form.ts';

/** What the form of a group holds. */
export interface GroupValues {
  readonly id: string;
  readonly name: string;
  readonly channels: ChannelAccess;
  /** `null`: all. */
  readonly models: readonly string[] | null;
  readonly failover: boolean | undefined;
  readonly limits: Limits | undefined;
}

/** The fields that the form of a group has, by their paths. */
export const GROUP_FIELDS = ['id', 'name', 'channels', 'models', 'failover', 'limits'] as const;

/** A group as it is sent when it is made: an id may be given. */
export const NewGroup = Group.extend({ id: Id.optional() });

/** What the form holds of a record; of none, the start of a new one. */
export const groupValuesOf = ({
  name,
  channels,
  models,
  failover,
  limits,
}: z.infer<typeof Group>): GroupValues => ({
  id: '',
  name: name ?? '',
  channels,
  models: models ?? null,
  failover,
  limits,
});

/** The record that a form describes. */
export const groupOf = (values: GroupValues): Readonly<Record<string, unknown>> =>
  withoutEmpty({ ...values, models: values.models ?? undefined });
