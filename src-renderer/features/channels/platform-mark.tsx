import { ThemeIcon } from '@mantine/core';
import {
  type Icon,
  IconAdjustments,
  IconAsterisk,
  IconBrandAzure,
  IconBrandOpenai,
  IconBuilding,
  IconCloud,
  IconDeviceDesktop,
  IconPlugConnected,
  IconSparkles,
} from '@tabler/icons-react';

const MARKS: Readonly<Record<string, readonly [Icon, string]>> = {
  openai: [IconBrandOpenai, 'teal'],
  anthropic: [IconAsterisk, 'orange'],
  gemini: [IconSparkles, 'blue'],
  azure: [IconBrandAzure, 'cyan'],
  dashscope: [IconCloud, 'grape'],
  ollama: [IconDeviceDesktop, 'gray'],
  openai_compatible: [IconPlugConnected, 'lime'],
  aiproxy: [IconBuilding, 'indigo'],
};
const OTHER: readonly [Icon, string] = [IconAdjustments, 'gray'];

/** A sign by which the eye finds a platform; its name stands beside it. */
export function PlatformMark({ platform, size = 32 }: { readonly platform: string; readonly size?: number }) {
  const [Mark, color] = MARKS[platform] ?? OTHER;
  return (
    <ThemeIcon variant="light" color={color} size={size} radius="md" aria-hidden>
      <Mark size={size * 0.6} stroke={1.6} />
    </ThemeIcon>
  );
}
