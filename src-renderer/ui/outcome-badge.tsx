import type { Outcome } from '../../src-main/contract/request-record.ts';
import styles from './outcome-badge.module.css';
import { useOutcomeTexts } from './outcome-strings.ts';

interface OutcomeBadgeProps {
  readonly outcome: Outcome;
  /** What the client saw. */
  readonly status?: number;
}

/** How a request ended: its colour besides the words, never instead of them. */
export function OutcomeBadge({ outcome, status }: OutcomeBadgeProps) {
  const t = useOutcomeTexts();
  return (
    <span className={styles.outcome}>
      <span className={styles.dot} data-outcome={outcome} aria-hidden="true" />
      {status !== undefined && <span className={styles.status}>{status}</span>}
      <span className={styles.words}>{t(outcome)}</span>
    </span>
  );
}
