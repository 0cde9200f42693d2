import styles from './figure-list.module.css';

/** One figure with its name. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  /** In small print beneath it. */
  readonly note?: string;
}

/** Figures side by side, as many as fit. */
export function FigureList({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl className={styles.figures}>
      {figures.map(({ name, value, note }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            {note !== undefined && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
