import { ActionIcon, Button, CopyButton as Copying, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useCommonTexts } from './strings.ts';

interface CopyButtonProps {
  readonly value: string;
  /** What is copied, for readers that see no icon; with `withText` the button's own text. */
  readonly label: string;
  readonly withText?: boolean;
  /** Another text is on its way: this one is not to be copied any more. */
  readonly disabled?: boolean;
}

/** Copies a text, and says that it did: of another text, it has not been said yet. */
export function CopyButton({ value, label, withText = false, disabled = false }: CopyButtonProps) {
  const t = useCommonTexts();
  return (
    <Copying key={value} value={value} timeout={2000}>
      {({ copied, copy }) => {
        const icon = copied ? <IconCheck size={16} /> : <IconCopy size={16} />;
        const text = copied ? t('copied') : label;
        if (withText) {
          return (
            <Button variant="default" leftSection={icon} onClick={copy} disabled={disabled}>
              {text}
            </Button>
          );
        }
        return (
          <Tooltip label={text}>
            <ActionIcon variant="subtle" onClick={copy} aria-label={text} disabled={disabled}>
              {icon}
            </ActionIcon>
          </Tooltip>
        );
      }}
    </Copying>
  );
}
