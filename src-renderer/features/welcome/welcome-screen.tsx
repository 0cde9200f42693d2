import { Alert, Button, Group } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { useStatus } from '../../api/program-queries.ts';
import { type Setup, useSetup } from '../../api/setup.ts';
import { rememberWelcome } from '../../api/welcomed.ts';
import { AnswerView } from '../../ui/answer-view.tsx';
import { HAS_EFFECT } from '../../ui/has-effect.ts';
import { Page } from '../../ui/page.tsx';
import { useUrlState } from '../../ui/url-state.ts';
import { BodiesQuestion } from './bodies-question.tsx';
import { ChannelStep } from './channel-step.tsx';
import { openStep } from './open-step.ts';
import { RequestStep } from './request-step.tsx';
import { Step } from './step.tsx';
import { useWelcomeTexts } from './strings.ts';
import { type MadeKey, UserStep } from './user-step.tsx';
import styles from './welcome.module.css';

function AllDone({ keyId }: { readonly keyId: string }) {
  const t = useWelcomeTexts();
  return (
    <Alert color="teal" variant="light" title={t('allDone')}>
      <Group justify="space-between">
        {t('allDoneHint')}
        <Button
          component={Link}
          href={keyId === '' ? '/connect' : `/connect?key=${encodeURIComponent(keyId)}`}
          size="xs"
        >
          {t('connect')}
        </Button>
      </Group>
    </Alert>
  );
}

interface StepsProps {
  readonly setup: Setup;
  readonly isDemo: boolean;
  readonly channels: number;
}

function Steps({ setup, isDemo, channels }: StepsProps) {
  const t = useWelcomeTexts();
  const { values, change } = useUrlState(['step', 'key']);
  const [made, setMade] = useState<MadeKey | null>(null);
  const open = openStep(values.step, setup);
  const goTo = (step: string) => (): void => change({ step });
  const stepProps = (number: number) => ({
    number,
    isOpen: open === number,
    onOpen: goTo(String(number)),
  });
  return (
    <>
      {setup.done === 3 && <AllDone keyId={values.key} />}
      <Step
        {...stepProps(1)}
        title={t('channelTitle')}
        hint={t('channelHint')}
        isDone={setup.hasChannel}
        result={t('channelDone', { count: channels })}
      >
        <ChannelStep isDemo={isDemo} onDone={goTo('2')} />
      </Step>
      <Step
        {...stepProps(2)}
        title={t('userTitle')}
        hint={t('userHint')}
        isDone={setup.hasUser}
        result={t('userDone')}
      >
        <UserStep
          made={made}
          onMade={(key) => {
            setMade(key);
            change({ key: key.id, step: '2' });
          }}
          onSkip={goTo('3')}
        />
      </Step>
      <Step
        {...stepProps(3)}
        title={t('requestTitle')}
        hint={t('requestHint')}
        isDone={setup.hasAnswer}
        result={t('requestDone')}
      >
        <RequestStep madeKey={values.key} isDemo={isDemo} />
      </Step>
    </>
  );
}

/** The first steps, each checked against what really is there. */
export default function WelcomeScreen() {
  const t = useWelcomeTexts();
  const status = useStatus();
  const setup = useSetup();
  useEffect(rememberWelcome, []);
  return (
    <Page
      title={t('title')}
      summary={t('summary')}
      actions={
        <Button component={Link} href="/" variant="default">
          {t('toOverview')}
        </Button>
      }
    >
      <div className={styles.column}>
        <AnswerView query={status} lines={8}>
          {({ demo, counts }) =>
            setup !== null && <Steps setup={setup} isDemo={demo} channels={counts.channels} />
          }
        </AnswerView>
        {HAS_EFFECT.bodies && <BodiesQuestion />}
      </div>
    </Page>
  );
}
