import { Fragment, type ReactNode } from 'react';
import styles from './facts.module.css';

/** One thing that is known of a record. */
export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** What is known of a record: names at the left, values at the right. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, value }) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
