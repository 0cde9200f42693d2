import { Input, SegmentedControl, Select, Stack, Switch, Text, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type DesktopBridge,
  type DesktopSettings,
  LANGUAGES,
} from '../../../src-main/contract/desktop-bridge.ts';
import { desktop } from '../../api/desktop.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { chooseLanguage, type LanguageChoice, languageChoice } from '../../ui/language.ts';
import { Panel } from '../../ui/panel.tsx';
import { useProgramTexts } from './program-strings.ts';

const isLanguage = (value: string | null): value is LanguageChoice =>
  LANGUAGES.some((language) => language === value);

function Reading() {
  const t = useProgramTexts();
  const [language, setLanguage] = useState(languageChoice);
  // Stopping transitions would put a style element into the page, which the policy refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const choose = (value: string | null): void => {
    if (!isLanguage(value)) return;
    setLanguage(value);
    void chooseLanguage(value);
    // The menus of the desktop speak it too.
    void desktop?.changeSettings({ language: value });
  };
  return (
    <Panel title={t('reading')}>
      <Stack>
        <Select
          label={t('language')}
          data={[
            { value: 'system', label: t('system') },
            { value: 'en', label: 'English' },
            { value: 'zh', label: '简体中文' },
          ]}
          allowDeselect={false}
          value={language}
          onChange={choose}
          maw={320}
        />
        <Input.Wrapper label={t('appearance')} labelElement="div">
          <SegmentedControl
            display="flex"
            w="fit-content"
            aria-label={t('appearance')}
            data={[
              { value: 'auto', label: t('system') },
              { value: 'light', label: t('light') },
              { value: 'dark', label: t('dark') },
            ]}
            value={colorScheme}
            onChange={setColorScheme}
          />
        </Input.Wrapper>
        <Text size="sm" c="dimmed">
          {t('here')}
        </Text>
      </Stack>
    </Panel>
  );
}

function Desktop({ bridge }: { readonly bridge: DesktopBridge }) {
  const t = useProgramTexts();
  const client = useQueryClient();
  const settings = useQuery({ queryKey: ['desktop'], queryFn: () => bridge.getSettings() });
  const { mutate } = useMutation({
    mutationFn: (changed: Partial<DesktopSettings>) => bridge.changeSettings(changed),
    onSuccess: (changed) => client.setQueryData(['desktop'], changed),
  });
  return (
    <Panel title={t('desktop')}>
      <AnswerView query={settings} lines={2}>
        {({ openAtLogin, keepRunning }) => (
          <Stack>
            <Switch
              label={t('openAtLogin')}
              checked={openAtLogin}
              onChange={({ currentTarget }) => mutate({ openAtLogin: currentTarget.checked })}
            />
            <Switch
              label={t('keepRunning')}
              description={t('keepRunningHint')}
              checked={keepRunning}
              onChange={({ currentTarget }) => mutate({ keepRunning: currentTarget.checked })}
            />
          </Stack>
        )}
      </AnswerView>
    </Panel>
  );
}

/** What is kept for this computer, not for everybody. */
export function ComputerSection() {
  return (
    <>
      <Reading />
      {desktop !== null && <Desktop bridge={desktop} />}
    </>
  );
}
