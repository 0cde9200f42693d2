import { ActionIcon, Button, CopyButton as Copying, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useCommonTexts } from './strings.ts';

interface CopyButtonProps {
  readonly value: string;
  /** What is copied, for readers that see no icon; with `withText` the button's own text. */
  readonly label: string;
  readonly withText?: boolean;
}

/** Copies a text, and says that it did. */
export function CopyButton({ value, label, withText = false }: CopyButtonProps) {
  const t = useCommonTexts();
  return (
    <Copying value={value} timeout={2000}>
      {({ copied, copy }) => {
        const icon = copied ? <IconCheck size={16} /> : <IconCopy size={16} />;
        const text = copied ? t('copied') : label;
        if (withText) {
          return (
            <Button variant="default" leftSection={icon} onClick={copy}>
              {text}
            </Button>
          );
        }
        return (
          <Tooltip label={text}>
            <ActionIcon variant="subtle" onClick={copy} aria-label={text}>
              {icon}
            </ActionIcon>
          </Tooltip>
        );
      }}
    </Copying>
  );
}
