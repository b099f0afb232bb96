"""A Slurm of two nodes on this host, loopback only and under one folder, that ends with the test."""

import getpass
import os
import shutil
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

from tests.processes import GUARD, until

NEEDED = ("munged", "slurmctld", "slurmd", "slurmdbd", "mariadbd", "mariadb-install-db", "sbatch", "sacct")
PLACES = os.pathsep.join(["/usr/sbin", "/usr/bin", os.environ.get("PATH", "")])
HERE = "127.0.0.1"

CONTROLLER = """\
ClusterName=trial
SlurmctldHost={host}({here})
SlurmctldPort={ports[0]}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={root}/munge/socket,cred_expire=30
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation={root}/state
SlurmdSpoolDir={root}/spool.%n
SlurmctldPidFile={root}/slurmctld.pid
SlurmdPidFile={root}/slurmd.%n.pid
SlurmctldLogFile={root}/log/slurmctld
SlurmdLogFile={root}/log/slurmd.%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
ReturnToService=2
SlurmdTimeout=60
MessageTimeout=60
KillWait=3
UnkillableStepTimeout=300
JobRequeue=1
MaxArraySize=1001
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
SchedulerParameters=batch_sched_delay=0,sched_interval=3,bf_interval=3
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
JobAcctGatherType=jobacct_gather/linux
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost={here}
AccountingStoragePort={ports[1]}
AccountingStoragePass={root}/munge/socket
NodeName=n1 NodeHostname={host} NodeAddr={here} Port={ports[2]} CPUs=2 RealMemory=2000
NodeName=n2 NodeHostname={host} NodeAddr={here} Port={ports[3]} CPUs=2 RealMemory=2000
PartitionName=main Nodes=ALL Default=YES PriorityTier=1
PartitionName=urgent Nodes=ALL PriorityTier=10 PreemptMode=OFF
"""

ACCOUNTING = """\
AuthType=auth/munge
AuthInfo=socket={root}/munge/socket
DbdHost={host}
DbdAddr={here}
DbdPort={ports[1]}
SlurmUser={user}
LogFile={root}/log/slurmdbd
PidFile={root}/slurmdbd.pid
StorageType=accounting_storage/mysql
StorageHost={here}
StoragePort={ports[4]}
StorageUser=slurm
StoragePass=slurm
StorageLoc=slurm
"""


def missing() -> list[str]:
    """Programs that must be installed before a cluster can be started."""
    return [name for name in NEEDED if shutil.which(name, path=PLACES) is None]


class Cluster:
    """Two nodes with two processors each, partitions `main` and `urgent`, accounting on."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("munge", "log", "state", "spool.n1", "spool.n2", "db"):
            (root / name).mkdir(parents=True)
        host = socket.gethostname().split(".")[0]
        self.words = {"root": root, "here": HERE, "user": getpass.getuser(), "host": host, "ports": _ports(5)}
        self.environment = {**os.environ, "PATH": PLACES, "SLURM_CONF": str(root / "slurm.conf")}

    def up(self) -> None:
        """Start everything; what was started is ended again if one part does not come up."""
        try:
            self._munge()
            self._accounting()
            self._written("slurm.conf", CONTROLLER)
            self.start_controller()
            for node in ("n1", "n2"):
                self.start_node(node)
            until(lambda: self._answers("srun", "--nodes=2", "true"), "two nodes that run a job")
        except BaseException:
            self.down()
            raise

    def start_controller(self) -> None:
        """Start the scheduler, which goes on from the state that it saved."""
        self.run("slurmctld", "-i", "-f", self.root / "slurm.conf")
        until(lambda: self._answers("scontrol", "ping"), "slurmctld")

    def start_node(self, node: str) -> None:
        """Start a node, or start it again."""
        self.run("slurmd", "-f", self.root / "slurm.conf", "-N", node)

    def end(self, name: str) -> None:
        """End one daemon by its own number and wait until it is gone."""
        file = self.root / f"{name}.pid"
        number = int(file.read_text()) if file.exists() and file.read_text().strip() else 0
        if number and _is_alive(number):
            os.kill(number, 15)
            until(lambda: not _is_alive(number), f"the end of {name}")

    def down(self) -> None:
        """End every daemon that was started here."""
        for name in ("slurmd.n1", "slurmd.n2", "slurmctld", "slurmdbd", "mariadbd", "munged"):
            self.end(name)

    def run(self, command: str, *words: object) -> str:
        """Output of a command, which must succeed."""
        line = [command, *map(str, words)]
        ended = subprocess.run(line, env=self.environment, capture_output=True, text=True, check=False, timeout=GUARD)
        assert ended.returncode == 0, f"{command}: {ended.stderr}{self.logs()}"
        return ended.stdout

    def states(self) -> set[str]:
        """States in which jobs have ended, all attempts included, or are."""
        return set(self.run("sacct", "--duplicates", "--allocations", "--noheader", "--format=State").split())

    def logs(self) -> str:
        """Ends of the logs of all daemons."""
        return "".join(f"\n{file.name}: {file.read_text()[-600:]}" for file in sorted((self.root / "log").iterdir()))

    def kill_node(self, node: str) -> None:
        """End a node as if it had lost power: its daemon, its jobs and the processes that start them."""
        daemon = int((self.root / f"slurmd.{node}.pid").read_text())
        jobs = [number for number in _processes() if self._runs_on(number, node)]
        keepers = [_parent(number) for number in jobs if _name(_parent(number)) == "slurmstepd"]
        for number in {daemon, *keepers, *jobs}:
            with suppress(ProcessLookupError):
                os.kill(number, 9)

    def _runs_on(self, number: int, node: str) -> bool:
        """True for a process of a job of this cluster on a node."""
        try:
            words = Path(f"/proc/{number}/environ").read_bytes().split(b"\0")
        except OSError:
            return False
        return {f"SLURMD_NODENAME={node}".encode(), f"SLURM_CONF={self.root}/slurm.conf".encode()} <= set(words)

    def _munge(self) -> None:
        """Start the service of credentials, with a key of this cluster alone."""
        folder = self.root / "munge"
        key = folder / "key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        for path in (self.root, folder):
            path.chmod(0o755)
        files = {"key-file": key, "socket": folder / "socket", "pid-file": self.root / "munged.pid",
                 "log-file": self.root / "log" / "munged", "seed-file": folder / "seed"}  # fmt: skip
        self.run("munged", "--force", *(f"--{name}={file}" for name, file in files.items()))

    def _accounting(self) -> None:
        """Start a database and its daemon; without them Slurm forgets why a job ended."""
        data, socket_, log = self.root / "db", self.root / "db.socket", (self.root / "log" / "mariadbd").open("wb")
        plain = ("--no-defaults", f"--datadir={data}", f"--user={self.words['user']}")
        self.run("mariadb-install-db", *plain, "--auth-root-authentication-method=socket", "--skip-test-db")
        words = [f"--socket={socket_}", f"--pid-file={self.root}/mariadbd.pid", f"--bind-address={HERE}",
                 f"--port={self.words['ports'][4]}", "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=16M",
                 "--innodb-lock-wait-timeout=900", "--innodb-flush-log-at-trx-commit=0"]  # fmt: skip
        subprocess.Popen(["mariadbd", *plain, *words], env=self.environment, stdout=log, stderr=log,
                         stdin=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
        mariadb = ("mariadb", "--no-defaults", f"--socket={socket_}", "--execute")
        until(lambda: self._answers(*mariadb, "select 1"), "mariadbd")
        self.run(*mariadb, f"CREATE DATABASE slurm; CREATE USER 'slurm'@'{HERE}' IDENTIFIED BY 'slurm'; "
                            f"GRANT ALL ON slurm.* TO 'slurm'@'{HERE}';")  # fmt: skip
        self._written("slurmdbd.conf", ACCOUNTING).chmod(0o600)
        subprocess.run(
            ["slurmdbd"], env={**self.environment, "SLURM_CONF": str(self.root / "slurmdbd.conf")}, check=True
        )
        until(lambda: _listens(self.words["ports"][1]), "slurmdbd")

    def _written(self, name: str, text: str) -> Path:
        file = self.root / name
        file.write_text(text.format(**self.words))
        return file

    def _answers(self, *command: str) -> bool:
        return subprocess.run(command, env=self.environment, capture_output=True, check=False).returncode == 0


def _ports(count: int) -> list[int]:
    """Free ports of this host."""
    sockets = [socket.create_server((HERE, 0)) for _ in range(count)]
    ports = [server.getsockname()[1] for server in sockets]
    for server in sockets:
        server.close()
    return ports


def _listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex((HERE, port)) == 0


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _status(number: int, key: str) -> str:
    """Entry of the status of a process; empty if there is none."""
    try:
        lines = Path(f"/proc/{number}/status").read_text().splitlines()
    except OSError:
        return ""
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(f"{key}:")), "")


def _name(number: int) -> str:
    return _status(number, "Name")


def _parent(number: int) -> int:
    return int(_status(number, "PPid") or 0)


def _is_alive(number: int) -> bool:
    return _status(number, "State")[:1] not in ("", "Z")
