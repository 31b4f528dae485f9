"""Other engines: which there are, and how each is installed, into build/bench/peers, and run."""
import json
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent.parent.parent / "build" / "bench" / "peers"
MINUTES = 20 * 60


class Missing(Exception):
    """Why an engine cannot be had here."""


def succeed(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise Missing("%s: %s" % (Path(command[0]).name, (done.stdout.strip().splitlines() or ["failed"])[-1]))


class Python:
    """A package of PyPI in a virtual environment of its own."""

    def __init__(self, package, version, runner, python="python3"):
        self.package, self.version, self.runner, self.python = package, version, runner, python

    def install(self, folder):
        python = shutil.which(self.python)
        if not python:
            raise Missing("no %s" % self.python)
        succeed(python, "-m", "venv", str(folder))
        succeed(str(folder / "bin" / "pip"), "install", "-q", "%s==%s" % (self.package, self.version))

    def command(self, folder):
        return [folder / "bin" / "python", HERE / ("run_%s.py" % self.runner)]


class Java:
    """An artifact of Maven Central with what it needs, and a class of ours that calls it."""

    def __init__(self, group, artifact, version, runner, packaging="jar"):
        self.group, self.artifact, self.version, self.runner, self.packaging = group, artifact, version, runner, packaging

    def install(self, folder):
        for program in ("mvn", "javac"):
            if not shutil.which(program):
                raise Missing("no %s (apt-get install maven default-jdk-headless)" % program)
        folder.mkdir(parents=True)
        shutil.copy(HERE / "java" / "pom.xml", folder)
        succeed("mvn", "-q", "-B", "-f", str(folder / "pom.xml"), "-Dgroup=" + self.group, "-Dartifact=" + self.artifact,
                "-Drelease=" + self.version, "-Dpackaging=" + self.packaging, "dependency:copy-dependencies",
                "-DoutputDirectory=%s" % (folder / "lib"))

    def command(self, folder):
        sources = [HERE / "java" / ("%s.java" % name) for name in ("Peer", self.runner)]
        classes = folder / "classes"
        succeed("javac", "-cp", "%s/lib/*" % folder, "-d", str(classes), *map(str, sources))
        return ["java", "-Xmx%dm" % (memory() * 3 // 4), "-cp", "%s:%s/lib/*" % (classes, folder), self.runner]


def memory():
    """MB of the machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20


PEERS = {
    "shacl": Python("shacl", "0.3.4", "shacl"),
    "shacl-rust": Python("shacl-rust", "0.2.12", "shacl_rust"),
    "Jena": Java("org.apache.jena", "jena-shacl", "5.6.0", "Jena"),
    "pySHACL": Python("pyshacl", "0.40.1", "pyshacl"),
}
MORE_PEERS = {
    "RDF4J": Java("org.eclipse.rdf4j", "rdf4j-storage", "5.2.0", "Rdf4j", packaging="pom"),
    "TopBraid": Java("org.topbraid", "shacl", "1.4.4", "TopBraid"),
    "pyshacl-turbo": Python("pyshacl-turbo", "0.6.5", "pyshacl_turbo"),
    "pyshifty": Python("pyshifty", "0.5.1", "pyshifty"),
    "pyrudof": Python("pyrudof", "0.3.35", "pyrudof"),
    "purrdf": Python("purrdf", "3.0.1", "purrdf", python="python3.13"),
}


class Engine:
    """A peer that is installed."""

    def __init__(self, name, peer, folder):
        self.name = "%s %s" % (name, peer.version)
        self.command_line = peer.command(folder)

    def run(self, what, data, shapes):
        """A fresh process; what it prints, or a text that says how it failed."""
        environment = dict(os.environ, PYTHONPATH=str(HERE), PYTHONDONTWRITEBYTECODE="1")
        try:
            done = subprocess.run([*self.command_line, what, data, shapes], env=environment, timeout=MINUTES,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        except subprocess.TimeoutExpired:
            return "not done in %d minutes" % (MINUTES / 60)
        if done.returncode:
            return (done.stderr.strip().splitlines() or ["failed"])[-1][:120]
        return json.loads(done.stdout.strip().splitlines()[-1])


def installed(tell):
    """The peers that PEERS names (none, all, or names; without it the usual ones), installed where they are not yet. Says what is left out."""
    asked = os.environ.get("PEERS", "").replace(",", " ").split()
    everyone = {**PEERS, **MORE_PEERS}
    names = list(PEERS) if not asked else list(everyone) if asked == ["all"] else [name for name in asked if name != "none"]
    engines = []
    for name in names:
        try:
            if name not in everyone:
                raise Missing("there is no such peer, but %s" % ", ".join(everyone))
            peer = everyone[name]
            folder = FOLDER / ("%s-%s" % (name, peer.version))
            if not (folder / "complete").exists():
                tell("installing %s %s" % (name, peer.version))
                shutil.rmtree(folder, ignore_errors=True)
                peer.install(folder)
                (folder / "complete").touch()
            engines.append(Engine(name, peer, folder))
        except Missing as reason:
            tell("left out: %s: %s" % (name, reason))
    return engines
