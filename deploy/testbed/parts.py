"""The real programs that a test bed is made of, each in a folder and on a port of its own, and what they need.

Everything runs in namespaces of its own: the machine's syslog is not touched, and nothing is left running however
a run ends.
"""

import contextlib
import glob
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
JAR = ROOT / "deploy/cli/target/logdex-cli.jar"
TOPIC = "logdex.logs"
HOST = "db1"
INSIDE = "LOGDEX_VERIFY_INSIDE"
NEEDED = """
needed commands and where Debian and Ubuntu have them:
  rsyslogd with omkafka     rsyslog rsyslog-kafka
  kcat                      kcat
  postgres, pgbench, psql   postgresql (15 or newer: its jsonlog is the truth compared with)
  unshare, setpriv          util-linux
  java                      openjdk-17-jdk-headless or newer, and maven, with which ./logdex builds itself
"""


def check_requirements(java=True):
    names = ["rsyslogd", "unshare", "setpriv", "hostname"] + (["kcat", "java"] if java else [])
    missing = [name for name in names if not shutil.which(name)]
    if java and not (glob.glob("/usr/lib*/rsyslog/omkafka.so") + glob.glob("/usr/lib/*/rsyslog/omkafka.so")):
        missing.append("omkafka.so (rsyslog-kafka)")
    if not postgres_commands():
        missing.append("postgres 15 or newer")
    if os.geteuid() != 0:
        missing.append("root")
    if missing:
        sys.exit(f"cannot run, missing: {', '.join(missing)}\n{NEEDED}")


def postgres_commands():
    """The folder of the newest installed server's commands, or None."""
    folders = [pathlib.Path(path).parent for path in glob.glob("/usr/lib/postgresql/*/bin/postgres")]
    versions = {int(folder.parent.name): folder for folder in folders if folder.parent.name.isdigit()}
    return versions[max(versions)] if versions and max(versions) >= 15 else None


def enter_namespaces(build=True):
    """Starts this script again where mounts, processes and the host's name are its own."""
    if os.environ.get(INSIDE) != "1":
        if build:
            subprocess.run([str(ROOT / "logdex"), "version"], check=True)  # builds what has changed
        os.environ[INSIDE] = "1"
        os.execvp(
            "unshare",
            ["unshare", "--mount", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable]
            + [str(pathlib.Path(sys.argv[0]).resolve())]
            + sys.argv[1:],
        )
    subprocess.run(["hostname", HOST], check=True)


@contextlib.contextmanager
def working_folder(name, keep):
    folder = pathlib.Path(tempfile.mkdtemp(prefix=name))
    os.chmod(folder, 0o755)
    try:
        yield folder
    finally:
        if keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


class Report:
    """Prints each comparison as it is made and remembers whether one failed."""

    def __init__(self):
        self.failed = 0

    def says(self, text):
        print(f"     {text}", flush=True)

    def check(self, holds, text):
        print(f"{'ok  ' if holds else 'FAIL'} {text}", flush=True)
        self.failed += not holds

    def equal(self, found, wanted, text):
        self.check(found == wanted, f"{text}: {found}" + ("" if found == wanted else f", should be {wanted}"))

    def finish(self):
        if self.failed:
            sys.exit(f"{self.failed} comparison(s) failed")
        print("all comparisons hold")


report = Report()


def private_dev(folder):
    """A /dev of this mount namespace only, so that /dev/log can be made without touching the machine's."""
    dev = folder / "dev"
    dev.mkdir()
    mount = lambda *words: subprocess.run(["mount", *words], check=True)
    mount("-t", "tmpfs", "none", str(dev))
    for name in ("null", "zero", "full", "random", "urandom", "tty"):
        (dev / name).touch()
        mount("--bind", f"/dev/{name}", str(dev / name))
    for name in ("shm", "pts"):
        if pathlib.Path("/dev", name).is_dir():
            (dev / name).mkdir()
            mount("--bind", f"/dev/{name}", str(dev / name))
    mount("--move", str(dev), "/dev")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, what, seconds=60, needed=True):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.2)
    if needed:
        sys.exit(f"gave up after {seconds} s waiting for {what}")


def wait_until_settled(measure, seconds=5):
    """What rsyslog kept on disk while it was stopped may come behind newer lines."""
    before = None
    while measure() != before:
        before = measure()
        time.sleep(seconds)


class Process:
    """Something started here; its end is seen to by whoever entered it, and by the namespace at the last."""

    def __init__(self, words, log, **more):
        with open(log, "ab") as out:
            self.child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=out, **more)

    def end(self, seconds=60):
        self.child.terminate()
        try:
            self.child.wait(seconds)
        except subprocess.TimeoutExpired:
            report.check(False, f"{self.child.args[0]} ends within {seconds} s of SIGTERM")
            self.kill()

    def kill(self):
        self.child.kill()
        self.child.wait()


class Broker:
    """Logdex's embedded broker in a process of its own, so that it can be killed; keeps its folder and port."""

    def __init__(self, folder):
        self.folder = folder / "kafka"
        self.port = free_port()
        self.address = f"127.0.0.1:{self.port}"
        self.log = folder / "kafka.out"

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *failure):
        self.process.end()

    def start(self):
        words = ["java", "-Xmx400m", "-cp", str(JAR), str(HERE / "Broker.java"), str(self.folder), str(self.port)]
        self.process = Process(words, self.log)
        wait_until(self.is_up, f"the broker, see {self.log}")

    def is_up(self):
        listing = subprocess.run(
            ["kcat", "-L", "-J", "-m", "2", "-b", self.address], capture_output=True, text=True, check=False
        )
        return listing.returncode == 0 and f'"{TOPIC}"' in listing.stdout

    def kill(self):
        self.process.kill()


class Rsyslog:
    """rsyslogd with only a private /dev/log to read, and a configuration that says what becomes of its lines."""

    def __init__(self, folder, configuration):
        self.folder = folder
        (folder / "spool").mkdir()
        self.config = folder / "rsyslog.conf"
        self.config.write_text(
            f'global(workDirectory="{folder}/spool")\n'
            'module(load="imuxsock" SysSock.Name="/dev/log" SysSock.RateLimit.Interval="0")\n' + configuration
        )

    def __enter__(self):
        checked = subprocess.run(["rsyslogd", "-N1", "-f", str(self.config)], capture_output=True, text=True, check=False)
        if checked.returncode != 0:
            sys.exit(f"rsyslogd does not accept its configuration: {checked.stderr}")
        self.start()
        return self

    def start(self):
        self.process = Process(
            ["rsyslogd", "-n", "-f", str(self.config), "-i", str(self.folder / "rsyslogd.pid")],
            self.folder / "rsyslogd.out",
        )
        wait_until(lambda: os.path.exists("/dev/log"), f"/dev/log, see {self.folder}/rsyslogd.out")

    def restart(self):
        self.process.end()
        wait_until(lambda: not os.path.exists("/dev/log"), "rsyslogd's end")
        self.start()

    def __exit__(self, *failure):
        self.process.end()


def rsyslog_version():
    return subprocess.run(["rsyslogd", "-v"], capture_output=True, text=True, check=True).stdout.split()[1]


class Postgres:
    """A server of its own, run by an ordinary user, with the settings given."""

    ALWAYS = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "shared_preload_libraries": "pg_stat_statements",
        "pg_stat_statements.track": "top",
        "logging_collector": "on",
        "log_rotation_size": "0",
        "log_min_duration_statement": "0",
        "log_line_prefix": "%m [%p] %q%u@%d ",
        "log_timezone": "UTC",
        "fsync": "off",
    }

    def __init__(self, folder, settings, superuser="app", environment=None):
        self.commands = postgres_commands()
        self.data = folder / "postgres"
        self.folder = folder
        self.port = free_port()
        self.user = "postgres" if user_exists("postgres") else "nobody"
        self.superuser = superuser
        self.settings = {**self.ALWAYS, "port": str(self.port), **settings}
        self.environment = {**os.environ, **(environment or {})}

    def __enter__(self):
        self.data.mkdir()
        shutil.chown(self.data, self.user)
        self.run("initdb", "-D", str(self.data), "-A", "trust", "-U", self.superuser, "-E", "UTF8", "--locale=C.UTF-8")
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as conf:
            for name, value in self.settings.items():
                conf.write(f"{name} = '" + value.replace("'", "''") + "'\n")
        self.process = Process(
            self.as_user([str(self.commands / "postgres"), "-D", str(self.data)]),
            self.folder / "postgres.out",
            env=self.environment,
        )
        wait_until(lambda: self.run("pg_isready", *self.where("postgres"), check=False) == 0, "Postgres")
        return self

    def __exit__(self, *failure):
        self.process.end()

    def where(self, database):
        return ["-h", "127.0.0.1", "-p", str(self.port), "-U", self.superuser, "-d", database]

    def as_user(self, words):
        return ["setpriv", f"--reuid={self.user}", f"--regid={group_of(self.user)}", "--clear-groups", *words]

    def run(self, command, *words, check=True, **more):
        done = subprocess.run(
            self.as_user([str(self.commands / command), *words]), capture_output=True, text=True, cwd="/", **more
        )
        if check and done.returncode != 0:
            sys.exit(f"{command} failed: {done.stderr}")
        return done.stdout if check else done.returncode

    def sql(self, *statements, database):
        """Each statement as one message of the simple protocol; gives what the last one answered."""
        given = [word for statement in statements for word in ("-c", statement)]
        return self.run("psql", *self.where(database), "-XqAt", *given)

    def version(self):
        return self.run("postgres", "--version").strip()

    def files(self, ending):
        """What the log collector has written with this ending, oldest first."""
        return sorted((self.data / "log").glob(f"*.{ending}"))

    def jsonlog(self):
        found = []
        for path in self.files("json"):
            found += [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        return found


def user_exists(name):
    return subprocess.run(["id", "-u", name], capture_output=True, check=False).returncode == 0


def group_of(user):
    return subprocess.run(["id", "-gn", user], capture_output=True, text=True, check=True).stdout.strip()


def kcat_consume(broker, topic, form, begin="beginning"):
    return subprocess.run(
        ["kcat", "-C", "-e", "-q", "-o", begin, "-b", broker, "-t", topic, "-f", form],
        capture_output=True,
        check=True,
    ).stdout
