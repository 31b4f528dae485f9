"""What the parts of the benchmark that are written in Python share: a server, medians, tables, data, counts that are checked."""
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TREE = HERE.parent.parent
FOLDER = TREE / "build" / "bench"
TRIPLES = int(os.environ.get("BENCH_TRIPLES") or 1000000)
ROWS = int(os.environ.get("BENCH_ROWS") or TRIPLES // 10)
ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 5)
MEMORY = ["max_document_size = '1GB'", "work_mem = '2GB'", "max_triples = 100000000", "max_results = 10000000", "max_report_size = '128MB'"]


def tell(message):
    """What goes on, for who waits."""
    print(message, file=sys.stderr, flush=True)


def median(values):
    return statistics.median(values)


def table(header, rows):
    """A Markdown table. Columns whose header begins with a blank hold words; others numbers, to the right."""
    print("| " + " | ".join(name.strip() for name in header) + " |")
    print("|" + "|".join("---" if name.startswith(" ") else "--:" for name in header) + "|")
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print(flush=True)


class Failures:
    """Differences between what was counted and what had to be."""

    def __init__(self):
        self.messages = []

    def check(self, name, counted, expected):
        """Says what is wrong in words, "right" where nothing is."""
        if counted == expected:
            return "right"
        if not isinstance(expected, dict):
            return "**%s for %s**" % (counted, expected)
        return "**%s**" % ", ".join("%s %d for %d" % (component, counted.get(component, 0), expected.get(component, 0))
                                   for component in sorted(set(counted) | set(expected))
                                   if counted.get(component, 0) != expected.get(component, 0))

    def demand(self, name, counted, expected):
        """The same of our own counts: there a difference fails the benchmark."""
        words = self.check(name, counted, expected)
        if words != "right":
            self.messages.append("%s: %s" % (name, words))
        return words

    def end(self):
        for message in self.messages:
            tell("WRONG: " + message)
        sys.exit(1 if self.messages else 0)


class Server:
    """A throw-away server with the extension, which durably writes, until the object is closed. Sessions are psql's."""

    def __init__(self, *settings):
        options = ["--durable"]
        for setting in ("autovacuum=off", "shared_buffers=1GB", "max_wal_size=8GB", "max_parallel_workers_per_gather=0") + settings:
            options += ["--set", setting]
        self.process = subprocess.Popen([TREE / "test" / "server", *options, "with", "sh", "-c",
                                         'echo "$(dirname "$PG_CONFIG"):$PGHOST:$RDFPOLICY_SCRATCH"; cat >/dev/null'],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline().strip()
        if not line:
            sys.exit("the server did not start")
        programs, host, scratch = line.split(":")
        self.psql = [programs + "/psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        self.scratch = Path(scratch)
        self.environment = dict(os.environ, PGHOST=host, PGPORT="5432", PGUSER="postgres", PGDATABASE="postgres",
                                PGOPTIONS="-c rdfpolicy.staging_notice=off -c client_min_messages=warning")
        self.sql("CREATE EXTENSION rdfpolicy")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.stdin.close()
        self.process.wait()

    def start(self, *statements):
        """A session of its own that runs the statements, one transaction each; finish gives the last line of what it prints."""
        commands = [part for statement in statements for part in ("-c", statement)]
        return subprocess.Popen(self.psql + commands, env=self.environment, stdout=subprocess.PIPE, text=True)

    def finish(self, session):
        output = session.communicate()[0].strip().splitlines()
        if session.returncode:
            sys.exit("a statement failed")
        return output[-1] if output else ""

    def sql(self, *statements):
        return self.finish(self.start(*statements))

    def file(self, path):
        """A file where the server can read it, as an SQL literal."""
        copy = self.scratch / Path(path).name
        copy.write_bytes(Path(path).read_bytes())
        copy.chmod(0o644)
        return "'%s'" % copy

    def policy(self, name, shapes):
        self.sql("SELECT rdf_policy_apply('%s', pg_read_file(%s))" % (name, self.file(shapes)))


# What a session sets, since the figures are not about limits.
LIMITS = "; ".join("SET rdfpolicy." + setting for setting in MEMORY)
# A session's own figures: the processor's time so far in seconds, and its highest memory in MB, with what it uses of what is shared.
CPU = "split_part(pg_read_file('/proc/self/schedstat'), ' ', 1)::float8 / 1e9"
PEAK = "substring(pg_read_file('/proc/self/status') FROM 'VmHWM:\\s+(\\d+)')::integer / 1024"


def shapes(name):
    return HERE / "shapes" / (name + ".ttl")


def catalogue():
    """The files of the data as a dictionary of form and path, and the counts that are expected. Made where they are not there yet."""
    stem = FOLDER / "data" / ("catalogue-%d" % TRIPLES)
    paths = {"N-Triples": Path("%s.nt" % stem), "Turtle": Path("%s.ttl" % stem)}
    generator = HERE / "generate"
    expected = Path("%s.json" % stem)
    if not expected.exists() or expected.stat().st_mtime < generator.stat().st_mtime:
        stem.parent.mkdir(parents=True, exist_ok=True)
        tell("making a catalogue of %d triples" % TRIPLES)
        subprocess.run([generator, "catalogue", "--triples", str(TRIPLES), "--ntriples", paths["N-Triples"],
                        "--turtle", paths["Turtle"], "--expected", expected], check=True)
    return paths, json.loads(expected.read_text())


def documents():
    """The file of the documents, and how many of them conform."""
    return make_documents("csv", ROWS), ROWS - ROWS // 100


def make_documents(form, count):
    """A file of so many documents: as csv, or as texts."""
    path = FOLDER / "data" / ("documents-%d.%s" % (count, form))
    path.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([HERE / "generate", "documents", "--count", str(count), "--" + form, path], check=True)
    return path


def machine():
    model = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    return "%d cores (%s)" % (os.cpu_count(), model[0] if model else "of an unknown model")
