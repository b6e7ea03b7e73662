// Who may import whom. Each rule's comment says where the code belongs instead.
// test/architecture plants one violation for each rule and sees it fire.
const STAGES = 'ingest|normalise|queue|trace|reconcile|report'; // in the order the data passes them
const PURE = '^src/(match/|normalise/|(reconcile|report)/(?!write-))';

/** npm package -> the only places in src that may import it. */
const HOMES = {
  'csv-parse': '^src/(ingest/read-csv|simulator/population-csv|synth/write-files)[.]ts$',
  'csv-stringify': '^src/((reconcile|report)/write-|synth/write-files[.]ts$)',
  bullmq: '^src/queue/',
  ioredis: '^src/queue/',
  hono: '^src/(queue/(queue|serve)-board|metrics/serve-metrics)[.]ts$',
  '@hono/node-server': '^src/(queue/(queue|serve)-board|metrics/serve-metrics)[.]ts$',
  '@bull-board/api': '^src/queue/queue-board[.]ts$',
  '@bull-board/hono': '^src/queue/queue-board[.]ts$',
  'p-limit': '^src/lib/in-flight[.]ts$',
  undici: '^src/trace/smsp/(soap-client|secure-connector|look-at-http)[.]ts$',
  saxes: '^src/lib/xml-(read|stream)[.]ts$',
  'prom-client': '^src/metrics/prometheus[.]ts$',
  pino: '^src/lib/logger[.]ts$',
  'cli-progress': '^src/lib/progress[.]ts$',
  yauzl: '^src/ingest/read-zip[.]ts$',
  commander: '^src/cli/program[.]ts$',
  'age-encryption': '^src/audit/audit-keys[.]ts$',
  fflate: '^src/reconcile/write-workbook[.]ts$',
  nunjucks: '^src/report/write-report[.]ts$',
  'node-forge': '^src/simulator/certificates[.]ts$',
  yaml: '^src/(config/load-(job|policy)|simulator/scripted-faults)[.]ts$',
  zod: '^src/(config/|queue/(payload|run-registry)[.]ts$|simulator/(scripted-faults|deeds)[.]ts$)',
};

const no = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    no(
      'domain-is-alone',
      'domain imports domain: no package, no Node module, no other folder.',
      { path: '^src/domain/' },
      { pathNot: '^src/domain/' },
    ),
    no(
      'pure-stays-pure',
      'Normalising, deciding and rendering take values and return values. Put I/O in a read- or write- file.',
      { path: PURE },
      { dependencyTypes: ['core', 'npm'] },
    ),
    no(
      'pure-uses-no-lib',
      'lib holds the clock, the logger and the disk. A pure helper belongs beside its user or in domain.',
      { path: PURE },
      { path: '^src/lib/' },
    ),
    no(
      'match-knows-domain-only',
      'How people are told apart is asked while tracing and again while deciding; it asks nobody.',
      { path: '^src/match/' },
      { path: '^src/', pathNot: '^src/(match|domain)/' },
    ),
    no(
      'stages-do-not-know-each-other',
      'A shared type belongs in domain; a shared step is handed over by pipeline/.',
      { path: `^src/(${STAGES})/` },
      { path: `^src/(${STAGES})/`, pathNot: '^src/$1/' },
    ),
    no(
      'stages-are-handed-what-they-need',
      'No stage reaches for configuration, the container, the run folder or the command line.',
      { path: `^src/(${STAGES})/` },
      { path: '^src/(cli|config|run-store|pipeline)/|^src/container[.]ts$' },
    ),
    no(
      'adapters-behind-the-port',
      'Everyone but the container sees the Tracer type; the doctor looks behind it.',
      { path: '^src/', pathNot: '^src/((container|doctor)[.]ts$|trace/smsp/)' },
      { path: '^src/trace/smsp/' },
    ),
    no(
      'simulator-shares-no-code',
      "A simulator built on the client's code would agree with the client's mistakes.",
      { path: '^src/simulator/' },
      { path: '^src/', pathNot: '^src/simulator/' },
    ),
    no(
      'synth-stands-alone',
      'Invented people are made without the rules that will judge them.',
      { path: '^src/synth/' },
      { path: '^src/', pathNot: '^src/synth/' },
    ),
    no(
      'nobody-leans-on-the-simulator',
      'The simulator and the generator of people are programs of their own: only commands start them.',
      { path: '^src/', pathNot: '^src/(cli/commands|simulator|synth)/' },
      { path: '^src/(simulator|synth)/' },
    ),
    no(
      'lib-knows-nothing-of-ours',
      'lib could move to another project as it is.',
      { path: '^src/lib/' },
      { path: '^src/', pathNot: '^src/lib/' },
    ),
    no(
      'run-store-knows-domain-only',
      'The run folder stores values; it does not make them.',
      { path: '^src/run-store/' },
      { path: '^src/', pathNot: '^src/(run-store|domain|lib)/|^src/errors[.]ts$' },
    ),
    no(
      'audit-knows-domain-only',
      'The trail keeps events; what happens is told to it.',
      { path: '^src/audit/' },
      { path: '^src/', pathNot: '^src/(audit|domain|lib)/|^src/errors[.]ts$' },
    ),
    no(
      'only-the-pipeline-joins-stages',
      'Commands and the container take whole stages from pipeline/.',
      { path: '^src/(cli|config)/' },
      { path: '^src/(ingest|normalise|queue|match|trace|reconcile)/' },
    ),
    no(
      'nobody-imports-the-cli',
      'The command line is an edge.',
      { path: '^src/', pathNot: '^src/cli/' },
      { path: '^src/cli/' },
    ),
    no(
      'files-have-few-doors',
      'node:fs is for readers, writers, the run store and the commands that make files.',
      {
        path: '^src/',
        pathNot:
          '^src/(ingest/read-|run-store/|audit/|config/(load|look-at)-|report/write-|lib/(atomic-write|compiled-code)|queue/embedded-store|cli/commands/(simulate|demo)|simulator/(journal|population-csv|scripted-faults)|synth/write-files)',
      },
      { dependencyTypes: ['core'], path: '^(node:)?fs' },
    ),
    no(
      'network-has-few-doors',
      'Only the SOAP client, the doctor beside it, the simulator, the queue board and the metrics open sockets.',
      {
        path: '^src/',
        pathNot:
          '^src/(simulator/|trace/smsp/(soap-client|secure-connector|trust|client-certificate|look-at-(trust|network|handshake))[.]ts$|queue/serve-board[.]ts$|metrics/serve-metrics[.]ts$)',
      },
      { dependencyTypes: ['core'], path: '^(node:)?(http|https|http2|net|tls|dgram|dns)$' },
    ),
    no(
      'src-ships-alone',
      'Jobs are loaded by name; samples and tests are not shipped.',
      { path: '^src/' },
      { path: '^(jobs|samples|test)/' },
    ),
    ...Object.entries(HOMES).map(([name, home]) =>
      no(
        `${name}-has-one-home`,
        `Wrap ${name} there and hand out our own types.`,
        { path: '^src/', pathNot: home },
        { path: `node_modules/${name}/` },
      ),
    ),
    no('no-circles', 'Move the shared type to domain.', {}, { circular: true }),
    no('no-orphans', 'Nobody uses this file.', { path: '^src/', orphan: true }, {}),
    no('no-dead-ends', 'This import leads nowhere.', {}, { couldNotResolve: true }),
    no(
      'no-dev-dependency',
      'A production install has none.',
      { path: '^src/' },
      { dependencyTypes: ['npm-dev'] },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
