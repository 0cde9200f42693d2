/** What the reference says about a member of the configuration, beside what the schema knows. */
export interface Told {
  /** One sentence, in English and in Chinese. */
  readonly text: readonly [en: string, zh: string];
  readonly unit?: readonly [en: string, zh: string];
  /** What counts where it is left out: a value, or words for what depends on others. */
  readonly byDefault?: unknown;
  readonly example?: unknown;
}

/** By the path of the member; `*` stands for any id. */
export type ToldMembers = Readonly<Record<string, Told>>;

export const SECONDS = ['seconds', '秒'] as const;
export const BYTES = ['bytes', '字节'] as const;
export const DAYS = ['days', '天'] as const;
export const PER_MINUTE = ['per minute', '每分钟'] as const;

/** Words in place of a default value. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** The two times that AIProxy notes itself. */
export const noted = (of: string): ToldMembers => ({
  [`${of}.created_at`]: {
    text: ['When it was made. AIProxy writes it.', '创建时间，由 AIProxy 写入。'],
    example: '2026-03-01T09:00:00Z',
  },
  [`${of}.updated_at`]: {
    text: [
      'When it was last changed over the console or the API. AIProxy writes it.',
      '最近一次经控制台或 API 修改的时间，由 AIProxy 写入。',
    ],
    example: '2026-03-01T09:00:00Z',
  },
});

/** Limits and failover, which stand at several places. */
export const bounded = (of: string): ToldMembers => ({
  [`${of}.failover`]: {
    text: ['Read and kept; has no effect in this version.', '会读取并保留；本版本中不起作用。'],
    example: true,
  },
  [`${of}.limits`]: {
    text: [
      'Limits, see below. Read and kept; they have no effect in this version.',
      '限制，见下文。会读取并保留；本版本中不起作用。',
    ],
    example: { requests_per_minute: 60 },
  },
});
