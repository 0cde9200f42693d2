import { useFormats } from './formats.ts';
import { useCommonTexts } from './strings.ts';

interface LastUsedProps {
  /** RFC 3339; `undefined` where no use is known. */
  readonly time: string | undefined;
  /** Whether the time stands there too, not only how long ago that was. */
  readonly isExact?: boolean;
}

/** When something was last used. */
export function LastUsed({ time, isExact = false }: LastUsedProps) {
  const t = useCommonTexts();
  const { relative, exactTime } = useFormats();
  if (time === undefined) return t('neverUsed');
  return (
    <time dateTime={time} title={exactTime(time)}>
      {isExact ? `${exactTime(time)} (${relative(time)})` : relative(time)}
    </time>
  );
}
