/** What `--help` prints. */
export const USAGE = `Usage: aiproxy [command] [options]

Commands
  (none)            the window; serves headless where there is none
  serve             serves without a window
  import FILE...    takes the old system's configuration files into the document
  check             validates the configuration; exit 1 and file:line:column on error
  doctor            looks at ports, configuration, channels, network, clock and disk; exit 1 on error
  users             import FILE takes people in from a spreadsheet (CSV); also while AIProxy runs
  export usage      prints what was used, as CSV or JSON; also while AIProxy runs
  backup FILE       puts configuration and statistics into one file, which holds keys
  restore FILE      replaces configuration and statistics by those of a backup
  admin-token       makes a new admin token in place of the stored one
  env               prints shell lines that point an SDK here

Options of serve
  --config PATH         a configuration folder or file in place of the data folder's own
  --data-dir DIR        the folder for configuration, usage and logs
  --host H              the proxy's address (default localhost, both loopback addresses)
  --port N              the proxy's port (default 8001; 0 picks a free one)
  --console-host H      the console's address (default localhost)
  --console-port N      the console's port (default 8002; 0 picks a free one)
  --demo                adds a built-in platform, a user and a key to try things with
  --json                one line of JSON on standard output when ready, and nothing else

Options of import       --config --data-dir
Options of check        --config --data-dir
Options of doctor       --config --data-dir --host --port --console-host --console-port --json
Options of users import
  --keys FILE           a Proxy-Key for each person who has none, written into this new file, this once
  --expires T           when these keys end: a date or an RFC 3339 time (default never)
  --group ID            the group of new people whose row names none
  --make-groups         makes groups that rows name and that are not there
  --channels A,B|*      of groups that are made, and of new people in no group
  --keep                leaves people as they are who are there already
  --skip-mistakes       leaves out rows that are wrong; else nothing is imported where one is
  --dry-run             says what would become of the rows, and changes nothing
  --config --data-dir --host --port --console-host --console-port
Options of export usage
  --by A,B,...          any of user, key, channel, endpoint, model, protocol, outcome, error; and one of hour, day, month
  --from T              a date or an RFC 3339 time (default this day)
  --to T                where the range ends, not in it any more (default now)
  --format csv|json     default csv
  --config --data-dir
Options of backup       --force (replaces FILE) --config --data-dir
Options of restore      --config --data-dir
Options of admin-token  --reset --config --data-dir
Options of env          --key K --sdk openai|anthropic|gemini|dashscope --shell posix|powershell|cmd
                        --config --data-dir --host --port

Environment (an option wins over it, both win over the document)
  AIPROXY_DATA_DIR AIPROXY_CONFIG AIPROXY_HOST AIPROXY_PORT AIPROXY_CONSOLE_HOST AIPROXY_CONSOLE_PORT
  AIPROXY_ADMIN_TOKEN   accepted besides the stored admin token; 16 characters or more
  AIPROXY_LOG_LEVEL     debug, info, warn or error

  -h, --help    -v, --version
`;
