import { PERSON_MEMBERS, type PersonMember } from '../../contract/people.ts';

/** What a column of a list of people may hold; first and last names are joined to the name. */
type ColumnKind = PersonMember | 'first' | 'last';

/** How spreadsheets and directories head these columns; compared in small letters, without spaces and signs. */
const HEADINGS: Readonly<Record<ColumnKind, readonly string[]>> = {
  name: [
    'name',
    'fullname',
    'displayname',
    'user',
    'username',
    'person',
    'employee',
    'employeename',
    '姓名',
    '名字',
    '名称',
    '用户',
    '用户名',
    '员工',
    '员工姓名',
    '人员',
  ],
  first: ['firstname', 'givenname', 'forename', '名'],
  last: ['lastname', 'familyname', 'surname', '姓', '姓氏'],
  department: [
    'department',
    'dept',
    'departmentname',
    'team',
    'division',
    'unit',
    '部门',
    '部门名称',
    '所属部门',
    '团队',
    '科室',
  ],
  email: [
    'email',
    'mail',
    'emailaddress',
    'mailaddress',
    'workemail',
    'companyemail',
    '邮箱',
    '邮件',
    '邮箱地址',
    '电子邮件',
    '电子邮箱',
    '电子邮件地址',
    '工作邮箱',
    '企业邮箱',
  ],
  phone: [
    'phone',
    'phonenumber',
    'mobile',
    'mobilephone',
    'telephone',
    'tel',
    '电话',
    '电话号码',
    '手机',
    '手机号',
    '手机号码',
    '联系电话',
  ],
  group: ['group', 'groupname', 'usergroup', '组', '组别', '用户组', '用户分组', '分组', '小组'],
};

const KINDS: ReadonlyMap<string, ColumnKind> = new Map(
  Object.entries(HEADINGS).flatMap(([kind, words]) =>
    // The keys are those of the table above.
    words.map((word) => [word, kind as ColumnKind] as const),
  ),
);

/** `E-Mail Address [Required]` as `emailaddress`. */
const headingOf = (cell: string): string =>
  cell
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[[(].*?[\])]/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Which column holds what. */
export interface PeopleColumns {
  /** Whether the first row names the columns. */
  readonly hasHeader: boolean;
  /** The column of each member, counted from 0. */
  readonly at: Readonly<Partial<Record<ColumnKind, number>>>;
  /** Headings that mean nothing here. */
  readonly unused: readonly string[];
}

/** Why a table is no list of people. */
export type ColumnProblem = 'no_name_column' | 'column_twice';

/** A table without headings: the column with addresses is the e-mail, the others stand as in our own list. */
function withoutHeader(rows: readonly (readonly string[])[]): PeopleColumns {
  const width = Math.max(0, ...rows.slice(0, 100).map(({ length }) => length));
  const holdsAddresses = (column: number): boolean =>
    rows.some((row) => row[column]?.includes('@')) &&
    rows.every((row) => (row[column] ?? '').trim() === '' || row[column]?.includes('@') === true);
  const columns = Array.from({ length: width }, (_, column) => column);
  const email = columns.find(holdsAddresses);
  const others = columns.filter((column) => column !== email);
  const kinds = ['name', 'department', 'group'] as const;
  const at = Object.fromEntries(
    kinds.flatMap((kind, place) => (others[place] === undefined ? [] : [[kind, others[place]]])),
  );
  return { hasHeader: false, at: { ...at, ...(email === undefined ? {} : { email }) }, unused: [] };
}

/** Finds out which column holds what: by the headings of the first row, or without them by what stands there. */
export function peopleColumns(rows: readonly (readonly string[])[]): PeopleColumns | ColumnProblem {
  const [first = []] = rows;
  const kinds = first.map((cell) => KINDS.get(headingOf(cell)));
  if (!kinds.some((kind) => kind !== undefined) || first.some((cell) => cell.includes('@')))
    return withoutHeader(rows);
  const at: Partial<Record<ColumnKind, number>> = {};
  for (const [column, kind] of kinds.entries()) {
    if (kind === undefined) continue;
    if (at[kind] !== undefined) return 'column_twice';
    at[kind] = column;
  }
  if (at.name === undefined && at.first === undefined && at.last === undefined) return 'no_name_column';
  const unused = first.filter((cell, column) => kinds[column] === undefined && cell.trim() !== '');
  return { hasHeader: true, at, unused };
}

/** A row as its members' texts, white space put together; `''` where it says nothing. */
export type PersonTexts = Readonly<Record<PersonMember, string>>;

const tidy = (text: string | undefined): string => (text ?? '').normalize('NFC').replace(/\s+/g, ' ').trim();

const HAN = /^\p{Script=Han}+$/u;

/** First and last name in the order of their script: `张` and `三` are `张三`, `Ann` and `Li` are `Ann Li`. */
function joinedName(first: string, last: string): string {
  if (HAN.test(first) && HAN.test(last)) return last + first;
  return `${first} ${last}`.trim();
}

/** What a row says of a person. */
export function personTexts(row: readonly string[], { at }: PeopleColumns): PersonTexts {
  const textOf = (kind: ColumnKind): string => {
    const column = at[kind];
    return column === undefined ? '' : tidy(row[column]);
  };
  const texts = Object.fromEntries(PERSON_MEMBERS.map((member) => [member, textOf(member)]));
  // Every member was just filled in.
  return { ...texts, name: textOf('name') || joinedName(textOf('first'), textOf('last')) } as PersonTexts;
}
